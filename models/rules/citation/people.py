"""Authors at the head of a citation, in the orders that the styles use."""

import re

from models.rules.citation.late import Late
from models.rules.citation.words import LOWER, UPPER, YEAR_DIGITS

_LETTER = r"(?:[^\W\d_]|[’'ʼ`‘])"
_NAME = rf"{UPPER}{_LETTER}+"
_PARTICLE = r"(?:van|von|der|den|de|del|della|la|le|du|di|da|al|el|ibn|bin|фон|де|ван|дер|ибн|аль|əl)"
_PATRONYM = r"(?:oğlu|oglu|qızı|оглы|кызы|ұлы|қызы|улы|Jr\.?)"
_SURNAME = rf"(?:{_PARTICLE}[ -]){{0,3}}{_NAME}(?:[-‐]{_NAME}){{0,2}}(?:,? {_NAME}(?=,? {UPPER}{LOWER}?\.))?"
_INITIAL = rf"{UPPER}{LOWER}?\."
_INITIALS = rf"{_INITIAL}(?:\s?-?{_INITIAL}){{0,3}}(?: {_PATRONYM})?(?: {_PARTICLE}(?=[,.:]))?"
_INVERTED = rf"{_SURNAME},? {_INITIALS}"
_DIRECT = (
    rf"{_INITIALS}\s?(?:{_PARTICLE}[ -]){{0,3}}{_NAME}(?:[-‐]{_NAME}){{0,2}}(?: {_NAME})?(?: {_PATRONYM})?"
    r"(?=\s*(?:[.,;:(/\x1f]|$| and | & | и | və | және ))"
)
_GIVEN = rf"{_NAME}(?:[ -](?:{_NAME}|{_INITIAL}|{_PATRONYM})){{0,3}}"
_NAME_ENDS = r"(?=\s*(?:[.,;:(/\x1f]|$| and | & | и | və | және ))"
_FULL = rf"(?:{_PARTICLE} ){{0,2}}{_NAME}(?:[- ]{_NAME}){{0,2}},\s{_GIVEN}{_NAME_ENDS}"
_NATURAL = rf"{_NAME}(?: (?:{_NAME}|{_INITIAL}|{_PARTICLE})){{1,3}}(?=\s*(?:[.,;:(]|$))"
_LATIN = r"[A-Z\u00c0-\u00de\u0100-\u024f][A-Za-z’'\u00c0-\u024f-]+"
_TIGHT = rf"(?:{_PARTICLE} ){{0,2}}{_LATIN}(?: {_LATIN})? [A-Z]{{1,3}}(?=[,.;:]|$)"

_AND = r"(?:&|and|и|və|және|мен)"
_BETWEEN = rf"(?:\s*[,;]\s*{_AND}\s+|\s*[,;]\s*|\s+{_AND}\s+)"
_OTHERS = (
    r"(?i:,?\s*(?:and\s+)?\[?(?:et al|и др|и другие|və b|və s|və digərləri|və başqaları|və bş|және т\. ?б"
    r"|т\. ?б|және басқалар(?:ы)?"
    r"|and others)(?!\w)\.?\]?)"
)
_ROLE = (
    r"(?i:,?\s*[(\[]?(?:eds?|editors?|ред|сост|red|tərt|tərtibçi|құраст|ред\. ?алқасы|hrsg)(?!\w)\.?[)\]]?)"
)


def _authors(first: str, following: str) -> Late:
    return Late(rf"(?P<author>(?:{first})(?:{_BETWEEN}(?:{following})){{0,30}}{_OTHERS}?)(?P<role>{_ROLE})?")


_WITH_INITIALS = _authors(rf"{_INVERTED}|{_DIRECT}", rf"{_INVERTED}|{_DIRECT}")
_IN_FULL = _authors(_FULL, rf"{_FULL}|{_NATURAL}|{_INVERTED}|{_DIRECT}")
_VANCOUVER = _authors(_TIGHT, _TIGHT)
_VANCOUVER_SIGN = Late(rf"{YEAR_DIGITS}[^;:]{{0,12}};|;\s*{YEAR_DIGITS}")
# Poets who are cited by one name. Any other single word before a full stop may as well be a title.
_ONE_NAME = (
    "Абай|Abay|Anar|Nizami|Низами|Füzuli|Физули|Nəsimi|Насими|Xətayi|Vaqif|Вагиф|Xaqani|Xəqani|Sabir|Vidadi|Zakir"
    "|Natəvan|Firdovsi|Фирдоуси|Фердоуси|Hafiz|Хафиз|Sədi|Саади|Rumi|Руми|Навои|Nəvai|Науаи|Шәкәрім|Шакарим|Гомер"
    "|Homer|Homeros|Платон|Platon|Plato|Аристотель|Aristotel|Aristotle|Вольтер|Volter|Voltaire|Мольер|Molyer|Molière"
)
_PLAIN = Late(
    rf"(?P<author>{_NAME}(?: {_NAME}){{1,2}}(?: {_PATRONYM})?|{_ONE_NAME})"
    rf"(?=\.\s+[\"“«]?\w|,?\s*[“\"«]|,\s+{UPPER})"
)
_BY = Late(rf"^(?P<title>.{{3,}}?) by (?P<author>{_NATURAL}|{_DIRECT})$")
_RESPONSIBLE = Late(
    rf"^(?P<author>(?:{_INVERTED}|{_DIRECT}|{_NATURAL})(?:{_BETWEEN}(?:{_INVERTED}|{_DIRECT}"
    rf"|{_NATURAL})){{0,10}}{_OTHERS}?)"
)
_BEFORE_YEAR = Late(
    rf"(?P<author>[^()\d\x1f]{{2,160}}?)(?P<role>{_ROLE})?\.?,?\s*(?=\({YEAR_DIGITS}[a-z]?[,)])"
)
_HOST_EDITOR = Late(
    rf"(?P<author>(?:{_INVERTED}|{_DIRECT}|{_FULL}|{_NATURAL}|{_TIGHT})"
    rf"(?:{_BETWEEN}(?:{_INVERTED}|{_DIRECT}|{_FULL}|{_NATURAL}"
    rf"|{_TIGHT})){{0,10}}{_OTHERS}?)(?P<role>{_ROLE})"
)


def split_authors(text: str, *, apa: bool = False) -> tuple[str | None, str]:
    """The authors as they are written, and what follows them; (None, text) when the head is no name.

    With `apa`, everything before "(1998)" is the author, a body without a personal name too.
    """
    patterns = [_WITH_INITIALS, _IN_FULL]
    if _VANCOUVER_SIGN.search(text):
        patterns.insert(0, _VANCOUVER)
    for pattern in patterns:
        match = pattern.match(text)
        if match and _after(text, match):
            return _split(text, match)
    match = _BEFORE_YEAR.match(text) if apa else None
    return _split(text, match) if match else (None, text)


def split_editors(text: str) -> tuple[str | None, str]:
    """The editors or authors of a host: names with initials, or any names followed by "(Eds.)"."""
    match = _HOST_EDITOR.match(text) or _WITH_INITIALS.match(text)
    return _split(text, match) if match and _after(text, match) else (None, text)


def split_plain(text: str) -> tuple[str | None, str]:
    """A name in natural order before a full stop or a quotation: for citations that have a title after it."""
    match = _PLAIN.match(text)
    return _split(text, match) if match else (None, text)


def split_by(text: str) -> tuple[str | None, str]:
    """Author and title of "The Path of Abai by Mukhtar Auezov"; (None, text) when it is not so written."""
    match = _BY.match(text)
    return (match["author"], match["title"]) if match else (None, text)


def responsible(statement: str) -> str | None:
    """The persons of a statement of responsibility, unless it names editors, translators or a body."""
    match = _RESPONSIBLE.match(statement)
    return match["author"].strip() if match else None


def _after(text: str, match: re.Match[str]) -> str:
    return text[match.end() :].strip(" .,:;")


def _split(text: str, match: re.Match[str]) -> tuple[str, str]:
    author = match["author"].strip(" ,;:")
    return author, text[match.end() :].lstrip(" .,:;—–-")
