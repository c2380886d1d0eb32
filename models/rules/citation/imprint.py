"""Place, publisher and year: the imprint of a book."""

from models.rules.citation.late import Late
from models.rules.citation.places import PLACE
from models.rules.citation.slip import Slip
from models.rules.citation.words import BOUNDARY, UPPER, YEAR

_STATE = r"(?:,\s(?:[A-Z]{2}|USA|UK|[A-Z][a-z]{2,5}\.)(?!\w))?"
_PLACES = rf"(?P<place>(?:{PLACE}){_STATE}(?:\s*(?:[;,/–—-]|and|и)\s*(?:{PLACE}){_STATE}){{0,3}})"
_PUBLISHER = r"(?P<publisher>[^:\x1f]{2,120}?)"
_ANY_PLACE = rf"(?P<place>{UPPER}[^\W\d_]+(?:[ -]{UPPER}[^\W\d_]+){{0,2}}{_STATE})"
_ENDS = r"(?=\s*(?:[.,;:)\]\x1f]|[-–—]\s|$))"

_PLACE_YEAR = Late(rf"{BOUNDARY}{_PLACES}(?:\s?[,.:;]?\s*|\s[-–—]\s)\(?{YEAR}\)?{_ENDS}")
_FULL = Late(rf"{BOUNDARY}{_PLACES}\s?[:,]\s?{_PUBLISHER}\s*[,;.]\s*\(?{YEAR}\)?{_ENDS}")
_UNKNOWN = Late(rf"{BOUNDARY}{_ANY_PLACE}\s?:\s?{_PUBLISHER}\s*[,;]\s*\(?{YEAR}\)?{_ENDS}")
_TWO = Late(
    rf"{BOUNDARY}{_PLACES}\s?:\s?(?P<publisher>[^:;\x1f]{{2,80}}?)\s?;\s?(?P<rest>(?:{PLACE})\s?:\s?[^:;\x1f]{{2,80}}?),\s*{YEAR}{_ENDS}"
)
_NO_YEAR = Late(
    rf"{BOUNDARY}{_PLACES}\s?:\s?(?P<publisher>[^:;,\x1f]{{2,100}}?)(?=\s*(?:[,;:\x1f]|\.(?:\s|$)|$))"
)
_UNKNOWN_NO_YEAR = Late(rf"{BOUNDARY}{_ANY_PLACE}\s?:\s?(?P<publisher>[^:;,\x1f]{{2,100}}?)\.?\s*$")
_PLACE_ALONE = Late(rf"{BOUNDARY}{_PLACES}(?=\s*[.,;]?\s*(?:\x1f|$))")
_PUBLISHER_YEAR = Late(
    rf"(?<=[.?!\"”»)\x1f])\s+(?:[-–—]\s)?(?P<publisher>[A-Z][^.,:\x1f\u0400-\u04ff]{{1,80}}(?:\.(?=,))?),\s*{YEAR}{_ENDS}"
)
_BARE_CYRILLIC_PLACE = Late(
    rf"(?<=[.»)])\s+(?:[-–—]\s)?(?P<place>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі-]+),\s*{YEAR}{_ENDS}"
)


def cut_imprint(slip: Slip, *, book: bool) -> None:
    """Cut place, publisher and year. `book` allows the readings that a journal's name would fool."""
    patterns = [_TWO, _FULL, _PLACE_YEAR, _NO_YEAR]
    if book and "year" in slip.found:
        patterns += [_UNKNOWN_NO_YEAR]
    elif book:
        patterns += [_UNKNOWN, _BARE_CYRILLIC_PLACE, _PUBLISHER_YEAR]
    for pattern in patterns:
        if "place" in slip.found or "publisher" in slip.found:
            return
        _cut_behind_title(slip, pattern)
    if not {"place", "publisher"} & slip.found.keys():
        _cut_behind_title(slip, _PLACE_ALONE)


def _cut_behind_title(slip: Slip, pattern: Late) -> None:
    """Cut the last match that leaves words in front of it: an imprint never comes first."""
    matches = [
        match for match in pattern.finditer(slip.text) if slip.text[: match.start()].strip(" .,—–-\x1f")
    ]
    if matches:
        slip.take(matches[-1])
