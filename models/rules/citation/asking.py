"""The polite words around a citation: "please send a scan of …", "… kitabı lazımdır"."""

import re

from models.rules.citation.late import Late
from models.rules.citation.numbers import PAGES
from models.rules.citation.slip import Slip
from models.rules.citation.words import PAGE_BEFORE

_GREETING = (
    r"(?:здравствуйте|добр(?:ый|ого) (?:день|дня|утро)|уважаем\w+ коллеги|коллеги|hello|hi|dear colleagues?"
    r"|good (?:morning|afternoon)|salam|hörmətli həmkarlar|sabahınız xeyir|сәлеметсіз бе|құрметті әріптестер)"
)
_VERB = (
    r"(?:(?:нам |мне |очень )?нуж(?:на|ен|но|ны)|прошу|просим|пришлите|вышлите|прислать|выслать"
    r"|заказываем|закажите|(?:нам )?(?:необходим\w*|требуется)"
    r"|please|kindly|could you|send us|send|(?:we|i) (?:need|would like|request)"
    r"|xahiş (?:edirəm|edirik|olunur)|zəhmət olmasa|(?:bizə )?(?:lazımdır|gərəkdir)|göndərin|göndərməyinizi"
    r"|сұраймыз|өтінеміз|өтінемін|(?:бізге )?керек|жіберіңіз\w*|жіберуіңізді)"
)
_COPY = (
    r"(?:(?:электронн\w+ )?(?:скан\w*|ксерокопи\w+|копи[яюию])"
    r"|(?:the |a )?(?:scan(?:ned copy)?|(?:photo)?copy)"
    r"|(?:elektron )?(?:surət\w*|skan\w*)|(?:электрондық )?көшірме\w*)"
)
_THING = (
    r"(?:(?:эт[уои]\w* )?(?:книг[ауи]|стать[яию]\w?|следующ\w+)|(?:the |an? )?(?:book|article|following)"
    r"|(?:bu )?(?:kitab|məqalə)\w*|(?:мына )?(?:кітап|мақала)\w*|of|from|us|the|на абонемент|из)"
)
_ONE = rf"(?:{_GREETING}|{_VERB}|{_COPY}|{_THING})(?!\w)"
_GAP = r"[\s,.!:;–—-]+"
_BEFORE = Late(rf"^{_ONE}(?:{_GAP}{_ONE}){{0,9}}(?:{_GAP}|$)", re.IGNORECASE)
_BEHIND = Late(rf"(?<![\s,.;(–—-])[\s,.;(–—-]+{_ONE}(?:{_GAP}{_ONE}){{0,5}}[\s.!)]*$", re.IGNORECASE)
_ASKS = Late(rf"(?<!\w){_VERB}(?!\w)", re.IGNORECASE)
_COPIES = Late(rf"(?<!\w){_COPY}(?!\w)", re.IGNORECASE)
_PAGES_OF = Late(rf"^{PAGE_BEFORE}\s*(?P<pages>{PAGES})\s+(?:of|from|из)\s+", re.IGNORECASE)


def cut_asking(slip: Slip) -> bool:
    """Cut the words that ask, where they do; true when they ask for a copy. The raw line keeps them."""
    before, behind = (_asked(pattern, slip) for pattern in (_BEFORE, _BEHIND))
    if pages := _PAGES_OF.match(slip.text) if before else None:
        slip.found["pages"] = pages["pages"].strip()
        slip.text = slip.text[pages.end() :]
    return _COPIES.search(f"{before} {behind}") is not None


def _asked(pattern: Late, slip: Slip) -> str:
    match = pattern.search(slip.text)
    if match is None or match[0].strip() == slip.text.strip():
        return ""
    if not _ASKS.search(match[0]) and not (_COPIES.search(match[0]) and ":" in match[0]):
        return ""
    slip.text = f"{slip.text[: match.start()]}{slip.text[match.end() :]}".strip()
    return match[0]
