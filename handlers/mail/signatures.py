"""Signatures that a client appends: delimiters and the footers of telephones. What a person types stays."""

import re

from handlers.text.words import fold

LONGEST_FOOTER = 80

_LONGEST_LINE = 300
_LINK = re.compile(r"<?https?://\S*")
_DELIMITERS = {"--", "-- ", "—", "- --"}
_DEVICE = (
    r"(?:iphone|ipad|ipod|android|андроид|samsung|galaxy|xiaomi|redmi|huawei|honor|oppo|realme|outlook|gmail|yahoo"
    r"|mail\.ru|yandex|яндекс|mailspring|proton|blackberry|windows|телефон\w*|смартфон\w*|планшет\w*|мобильн\w*"
    r"|устроиств\w*|почт\w* mail|mobil\w*|phone|smartphone|tablet|device)"
)
_FOOTERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"sent (?:from|via|with|using) (?:.{{0,30}})?{_DEVICE}",
        rf"(?:отправлено|послано|написано) (?:с|со|из|через|при помощи) (?:.{{0,30}})?{_DEVICE}",
        rf"(?:get|download|скачать|получить|загрузить|установить) (?:.{{0,12}})?{_DEVICE}"
        r".{0,30}\b(?:for|для)\b",
        rf".{{0,20}}{_DEVICE}.{{0,30}}\b(?:жиберилди|жиберилген|gonderildi|gonderilib|gonderilmisdir|gonderilmistir)",
        rf".{{0,40}}{_DEVICE}.{{0,20}}\b(?:edinin|yukleyin|elde edin|жуктеп алыныз|алу)\W*$",
        r"(?:virus-free|без вирусов|вирусов нет|это (?:сообщение|письмо) проверено на вирусы)",
        rf"gesendet von (?:.{{0,20}})?{_DEVICE}",
    )
)


def is_delimiter(line: str) -> bool:
    """Whether a signature begins below this line (RFC 3676 §4.3, and clients that lose the blank)."""
    return line in _DELIMITERS


def is_footer(line: str) -> bool:
    """Whether a client wrote this line about itself."""
    if len(line) > _LONGEST_LINE:
        return False
    text = fold(_LINK.sub("", line).strip(" *_()[]<>|"))
    return 0 < len(text) <= LONGEST_FOOTER and any(pattern.match(text) for pattern in _FOOTERS)
