"""Volume, issue, pages, extent and year: the numbers of a citation, each told by the word beside it."""

import re

from models.rules.citation.dates import cut_date
from models.rules.citation.late import Late
from models.rules.citation.slip import Slip
from models.rules.citation.words import (
    BOUNDARY,
    DASH,
    EDITION,
    ISSUE_BEFORE,
    ORDINAL,
    PAGE_AFTER,
    PAGE_BEFORE,
    ROMAN,
    TOTAL_VOLUMES,
    VOLUME_AFTER,
    VOLUME_BEFORE,
    YEAR,
    YEAR_DIGITS,
)

_NUMBER = r"(?:[A-Za-z]{0,2}\d{1,7}|[ivxlc]{1,7}|[IVXLC]{1,7})"
_RANGE = rf"{_NUMBER}(?:\s*{DASH}\s*{_NUMBER})(?!\w)"
_MORE = rf"(?:\s*[,;]\s*(?!{YEAR_DIGITS}(?!\d))\d{{1,4}}(?:\s*{DASH}\s*\d{{1,4}})?(?![\w.]*\w))*"
PAGES = rf"(?:{_RANGE}{_MORE})"
_PAGES_OR_ONE = rf"(?:{_RANGE}|[A-Za-z]?\d{{1,7}}(?!\w)){_MORE}"

_SHORT_MONTH = r"(?:\s+[A-Za-z]{3,9}\.?(?:\s+\d{1,2})?)?"
_TIGHT_ISSUE = (
    rf"(?!{YEAR_DIGITS}\))(?=[^()]{{0,24}}(?:\d|[IVX]|[Ss]uppl|[Ss]pec))(?P<issue>[^()\x1f]{{1,24}})"
)

# Numbers told by their order alone: 2013;12(3):45-52 · 12(3), 45–52 · 12, no. 3 (1998): 45–52.
COMPACT: tuple[Late, ...] = tuple(
    Late(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)(?P<year>{YEAR_DIGITS}){_SHORT_MONTH}\s*;\s*(?P<volume>\d+\w?)?\s*(?:\((?P<issue>[^()\x1f]{{1,24}})\))?\s*"
        rf":\s*(?P<pages>{_PAGES_OR_ONE})",
        rf"(?<![\d.])(?P<volume>\d{{1,4}}),?\s*no\.?\s*(?P<issue>[\w/–-]+),?\s*\((?:[A-Za-z]+\.?\s+)?(?P<year>{YEAR_DIGITS})\)"
        rf"(?:\s*:\s*(?P<pages>{_PAGES_OR_ONE}))?",
        rf"(?<![\d.])(?P<volume>\d{{1,4}})\s*\((?P<year>{YEAR_DIGITS})\)\s*(?:,\s*)?(?:no\.?\s*|H\.\s*)?(?P<issue>\d{{1,3}})\s*[,:]"
        rf"\s*(?:(?:pp?|[sSсС])\.\s*)?(?P<pages>{_RANGE})",
        rf"(?<![\d.])(?P<volume>\d{{1,4}})\s*\((?P<year>{YEAR_DIGITS})\)\s*[:,]?\s*(?:pp?\.\s*)?(?P<pages>{_PAGES_OR_ONE})",
        rf"(?<![\d.])(?P<volume>\d{{1,4}})\s*,\s*(?P<pages>{PAGES})\s*\((?P<year>{YEAR_DIGITS})\)",
        rf"(?<![\d.])(?:vol\.\s*)?(?P<volume>\d{{1,4}})\s*\({_TIGHT_ISSUE}\)\s*[,:]\s*(?:pp?\.\s*)?(?P<pages>{_PAGES_OR_ONE})",
        rf"(?<=,)\s*(?P<volume>\d{{1,4}})\s*[,:]\s*(?P<pages>\d+\s*{DASH}\s*\d+)(?!\w)",
        rf"(?<![\w.])(?P<volume>\d{{1,4}})\s*\({_TIGHT_ISSUE}\)(?=\s*(?:[,.;]|$))",
        rf"(?<=\s)(?P<volume>\d{{1,4}}):(?P<pages>\d+\s*{DASH}\s*\d+)(?!\w)",
    )
)

_PAGE_PATTERNS: tuple[Late, ...] = tuple(
    Late(pattern, re.IGNORECASE)
    for pattern in (
        rf"[(\[]?(?<!\w){PAGE_BEFORE}:?\s*(?P<pages>{PAGES})[)\]]?",
        rf"(?<!\w)[cсsбp]:?\s*(?P<pages>\d+\s*{DASH}\s*\d+)(?!\w)",
        rf"(?<![\w.])(?P<pages>{PAGES})[\s-]?{PAGE_AFTER}(?!\w)",
        r"(?<![\w-])(?P<pages>\d{1,4})-бет(?:і|тер)?(?!\w)",
    )
)
_PAGE_ONE = Late(
    rf"[(\[]?(?<!\w)(?<!\d\s){PAGE_BEFORE}:?\s*(?P<pages>[A-Z]?\d{{1,5}}(?!\w)(?!\s?{PAGE_AFTER}(?!\w)){_MORE})[)\]]?",
    re.IGNORECASE,
)
_EXTENT = Late(
    rf"(?<![\w№])(?<!№\s)(?P<extent>(?:(?!il\b)[ivxlc]+\s?[,+]\s?)?(?:\[\d+\],\s?)?(?!{YEAR_DIGITS},)\d{{1,5}}(?:\s?[,+]\s?\[?\d+\]?)?[\s-]?{PAGE_AFTER})"
    rf"(?!\w)(?!\s*\d)(?:\s*[:;,]\s*(?:ил|илл|портр|рис|сурет|şək|карт|ill)\w*\.?)*",
    re.IGNORECASE,
)
_PAGE_AFTER_HOST = Late(rf"(?<![\w№])(?P<pages>\d{{1,4}})[\s-]?{PAGE_AFTER}(?!\w)(?!\s*\d)", re.IGNORECASE)
_LAST_RANGE = Late(rf"(?:[:,;]|\s[-–—])\s*(?P<pages>\d{{1,5}}\s*{DASH}\s*\d{{1,5}})\s*[.\x1f]*$")

_VOLUME_NUMBER = rf"(?:\d{{1,4}}(?:\s?[-–/]\s?\d{{1,4}})?(?!\d)|{ROMAN}(?!\w))"
_VOLUMES: tuple[Late, ...] = tuple(
    Late(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w){VOLUME_BEFORE}(?:(?<=\.)\s?|:?\s+)(?P<volume>{_VOLUME_NUMBER})(?!\s?{DASH}?\s?(?:бет"
        rf"|səh))",
        rf"(?<!\w)(?P<volume>{_VOLUME_NUMBER}){ORDINAL}[\s-]{{0,3}}{VOLUME_AFTER}",
    )
)
_ISSUES: tuple[Late, ...] = tuple(
    Late(pattern, re.IGNORECASE)
    for pattern in (
        rf"{ISSUE_BEFORE}\s*(?P<issue>(?:\d{{1,6}}(?:\s?[-–/]\s?\d{{1,4}}(?!\d)|,\s?\d{{1,2}}(?!\w))?"
        rf"|{ROMAN}(?!\w))(?:\s?\(\d+(?:[-–]\d+)?\))?)",
        rf"(?<!\w)(?P<issue>\d{{1,4}}){ORDINAL}[\s-]+(?:nömrə(?:si)?|выпуск|нөмір(?:і)?|шығарылым(?:ы)?"
        rf"|buraxılış)(?!\w)",
    )
)
# The continuous number in brackets would else be taken for a volume and its issue.
_NUMBERED = Late(r"№\s?(?P<issue>\d{1,5}(?:[-–/]\d{1,4})?\s?\(\d+(?:[-–]\d+)?\))")
_NUMBERED_BY_YEAR = Late(rf"№\s?(?P<issue>\d{{1,5}})\s?\((?P<year>{YEAR_DIGITS})\)")
_ANY_YEAR = Late(rf"(?<!\d){YEAR_DIGITS}(?!\d)")
# In Azerbaijani "c." is cild; in a Cyrillic line it is a Latin letter typed for the Russian "с." (pages).
_CILD = Late(rf"(?<!\w)c\.\s*(?P<volume>\d{{1,3}}|{ROMAN})(?!\w)(?!\s?{DASH}\s?\d)", re.IGNORECASE)

_YEAR_BOUND = Late(rf"{BOUNDARY}\(?{YEAR}\)?(?=\s*(?:[.,;:)\]\x1f]|[-–—]\s|$))", re.IGNORECASE)
_YEAR_END = Late(rf"(?<=\s)\(?{YEAR}\)?\s*\.?$", re.IGNORECASE)


def cut_compact(slip: Slip) -> None:
    """Cut numbers that are understood by their order, until volume and pages are known."""
    for pattern in COMPACT:
        if not {"volume", "pages"} <= slip.found.keys():
            slip.cut(pattern)


def cut_numbers(slip: Slip, *, hosted: bool) -> None:
    """Cut edition, pages, volume, issue, date and extent; `hosted` when the slip stands after // or In:."""
    slip.cut(EDITION)
    # The only year-like number of a line is its year: "№ 4 (1999)".
    slip.cut(_NUMBERED_BY_YEAR if len(_ANY_YEAR.findall(slip.text)) == 1 else _NUMBERED)
    if "issue" not in slip.found:
        slip.cut(_NUMBERED)
    cut_compact(slip)
    _cut_azerbaijani_volume(slip)
    _cut_pages(slip, hosted=hosted)
    slip.cut(TOTAL_VOLUMES)
    for pattern in _VOLUMES:
        if "volume" not in slip.found:
            slip.cut(pattern)
    for pattern in _ISSUES:
        if "issue" not in slip.found:
            slip.cut(pattern)
    cut_date(slip)


def _cut_azerbaijani_volume(slip: Slip) -> None:
    if re.search("[əıƏİ]|[ğşçöü]", slip.text):
        slip.cut(_CILD)


def _cut_pages(slip: Slip, *, hosted: bool) -> None:
    for pattern in _PAGE_PATTERNS:
        if "pages" not in slip.found:
            slip.cut(pattern)
    if hosted and "pages" not in slip.found:
        _ = slip.cut(_PAGE_AFTER_HOST) or slip.cut(_PAGE_ONE) or slip.cut(_LAST_RANGE)
    slip.cut(_EXTENT)
    if "pages" not in slip.found:
        slip.cut(_PAGE_ONE)


def cut_trailing_pages(slip: Slip) -> None:
    """Cut the range that ends a line and has no word with it, as Chicago writes the pages of a chapter."""
    if "pages" not in slip.found:
        slip.cut(_LAST_RANGE)


def cut_year(slip: Slip) -> None:
    """Cut the year of publication: the last one that stands on its own, never one end of a range."""
    if "year" in slip.found or slip.cut(_YEAR_BOUND, last=True):
        return
    match = _YEAR_END.search(slip.text)
    if match and slip.text[: match.start()].strip():
        slip.take(match)
