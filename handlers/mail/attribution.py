"""What clients write above a quote: `On … N wrote:`, blocks of header lines, dividers.

By shape first (a date, an address or a verb, a final colon), since half of the clients write no verb; then by
words. Compared folded, each test looks at a bounded stretch of text.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache

from handlers.text.words import fold

LONGEST = 400
MOST_LINES = 4
_BLOCK_REACH = 14

_VERB = re.compile(
    r"\b(?:wrote|writes|written|schrieb|escribio|ecrit|пишет|писал[аи]?|написала?|написали|написано|пользователь"
    r"|жазды|жазган|жазады|жазып|yazdi|yazib|yazir|yazmis|yazmisdir|yazilib)\b|(?:на)?писал\(а\)"
)
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_ADDRESS = re.compile(r"\S@\S")
_ADDRESS_LAST = re.compile(r"\S@[^\s@]+?[>)\]]*\s*$")
_OPENER = re.compile(
    r"(?:on|am|le|el|в|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b"
)
_FORWARD = re.compile(r"forwarded|переадресован|пересыла|пересла|yonlendiril|кайта жиберил|багыттал")
_DIVIDER_WORD = re.compile(
    r"message|сообщени|хабарлама|письм|mektub|mesaj|ileti|nachricht|\bхат|original|исходн|оригинал|tupnuska|тупнуска"
)
_KEY = re.compile(r"[\s*_|]*([^\W\d_][^:\n]{0,28}?)[\s*_]*:(?!//)")


class Key(Enum):
    """The kinds of line in a block of headers."""

    SENDER = auto()
    RECIPIENT = auto()
    DATE = auto()
    SUBJECT = auto()
    OTHER = auto()


_KEYS: dict[str, Key] = {
    fold(word): key
    for key, words in {
        Key.SENDER: "From|От|От кого|Отправитель|Кімнен|Жіберуші|Kimdən|Göndərən|Kimden|Gönderen|Von|De",
        Key.RECIPIENT: "To|Кому|Получатель|Кімге|Алушы|Kimə|Alıcı|Kime|Alan|An|À",
        Key.DATE: "Date|Sent|Дата|Отправлено|Послано|Күні|Жіберілді|Жіберілген күні|Жіберілген уақыты|Уақыты"
        "|Tarix|Göndərildi|Göndərilib|Göndərilmə tarixi|Tarih|Gönderildi|Gönderme Tarihi|Datum"
        "|Gesendet|Envoyé",
        Key.SUBJECT: "Subject|Тема|Тақырыбы|Тақырып|Mövzu|Konu|Betreff|Objet",
        Key.OTHER: "Cc|Bcc|Копия|Скрытая копия|Көшірме|Nüsxə|Surət|Bilgi|Reply-To|Importance|Важность"
        "|Ответить|Attachments|Вложения|Priority",
    }.items()
    for word in words.split("|")
}


def is_attribution(text: str) -> bool:
    """Whether this alone shows that a quote follows: a date, and a verb or the address before the colon."""
    folded = _ended(text)
    if folded is None or not _DATE.search(folded):
        return False
    return bool(_VERB.search(folded) or _ADDRESS_LAST.search(folded))


def may_be_attribution(text: str) -> bool:
    """Whether it introduces a quote, provided that a quote follows."""
    folded = _ended(text)
    return folded is not None and bool(
        _VERB.search(folded) or _ADDRESS.search(folded) or _FORWARD.search(folded)
    )


def opens_attribution(line: str) -> bool:
    """Whether a line may be the torn-off beginning of an attribution."""
    folded = fold(line)
    return (
        len(folded) < 60
        and bool(_OPENER.match(folded))
        and not folded.rstrip().endswith((".", "!", "?", ":", ";"))
    )


def is_divider(line: str) -> bool:
    """`-----Original Message-----` and its like, in any language: words between dashes."""
    text = line.strip().strip("*>").strip()
    if len(text) > LONGEST or not (text[:2] in _RULES and text[-2:] in _RULES):
        return False
    inner = fold(text.strip("-–—_= \t"))
    return bool(_DIVIDER_WORD.search(inner) or _FORWARD.search(inner)) or is_attribution(f"{inner}:")


_RULES = {"--", "––", "——", "__", "=="}


def is_rule(line: str) -> bool:
    """A line of dashes or underscores."""
    text = line.strip()
    return len(text) >= 5 and not text.strip("-–—_=")


def announces_forward(line: str) -> bool:
    """`Begin forwarded message:` and its like."""
    return len(line) <= LONGEST and line.rstrip().endswith(":") and bool(_FORWARD.search(fold(line)))


def header_block(lines: Sequence[str], start: int) -> int:
    """The number of lines of the header block that begins here, 0 where none does.

    Two different keys of which one names a person and one the date or the subject: people do begin a reply
    with `From:`.
    """
    if header_key(lines[start]) is None:
        return 0
    keys: set[Key] = set()
    last = start
    for index in range(start, min(len(lines), start + _BLOCK_REACH)):
        key = header_key(lines[index])
        if key is not None:
            keys.add(key)
            last = index
        elif not lines[index].strip() or index - last > 2:
            break
    people = keys & {Key.SENDER, Key.RECIPIENT}
    return last - start + 1 if people and keys & {Key.DATE, Key.SUBJECT} else 0


def header_key(line: str) -> Key | None:
    """Which header a line such as `От: …` or `*Sent:* …` shows."""
    return _key(line[:60])


@lru_cache(maxsize=1024)
def _key(beginning: str) -> Key | None:
    match = _KEY.match(beginning)
    return _KEYS.get(fold(match[1])) if match else None


def _ended(text: str) -> str | None:
    stripped = text.rstrip(" *_")
    if len(stripped) > LONGEST or not stripped.endswith((":", "：")):
        return None
    return fold(stripped[:-1])
