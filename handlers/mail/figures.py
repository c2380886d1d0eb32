"""Dates, parcel numbers, sums and pages in the words of a person, each found with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handlers.text.words import fold

_MONTHS: dict[str, int] = {
    stem: number
    for number, stems in enumerate(
        (
            "january jan январ янв yanvar yan кантар кан",
            "february feb феврал фев fevral fev акпан акп",
            "march mar март мар mart наурыз нау",
            "april apr апрел апр aprel сауир сау",
            "may маи мая мамыр мам mayin mayda mayadek",
            "june jun июн iyun маусым мау",
            "july jul июл iyul шилде шил",
            "august aug август авг avqust avq тамыз там",
            "september sep sept сентябр сен сент sentyabr sen кыркуиек кыр",
            "october oct октябр окт oktyabr okt казан каз",
            "november nov ноябр ноя noyabr noy караша кар",
            "december dec декабр дек dekabr dek желтоксан жел",
        ),
        start=1,
    )
    for stem in stems.split()
}
_SHORTEST_STEM = 5
_NAME = r"[^\W\d_]{3,16}"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ORDINAL = r"(?:-?(?:st|nd|rd|th|го|е|ое|ші|шы|c[iıuü])\b)?"
_DATES = (
    re.compile(r"(?<![\d.-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])"),
    re.compile(r"(?<![\d./-])(?P<day>\d{1,2})([./-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d{2})(?![\d/-])"),
    re.compile(
        rf"\b{_YEAR}\s*(?:-?c[iıuü]\s+il\w*|жыл\w*|ж\.|,)?\s*(?P<day>\d{{1,2}})[-\s]\s*(?P<name>{_NAME})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}}){_ORDINAL}\.?[-\s]\s*(?:of\s+)?(?P<name>{_NAME})\.?(?:,?[-\s]\s*{_YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>{_NAME})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}(?!\s*[.:/]?\d)(?:,?\s+{_YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d./:-])(?P<day>\d{1,2})[./](?P<month>\d{2})(?![\d/:]|\.\d)"),
)
_CURRENCIES: dict[str, str] = {
    "EUR": r"eur|euro|euros|€|евро|avro",
    "USD": r"usd|us\$|\$|dollars?|доллар\w*|dollar",
    "AZN": r"azn|manat\w*|манат\w*|₼",
    "KZT": r"kzt|tenge|теңге|тенге|₸|tg\b|тг\b",
    "RUB": r"rub|руб(?:л\w*|\.)?|₽",
}
_AMOUNT = r"(?P<amount>\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?)"
_COSTS = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, names in _CURRENCIES.items()
    for pattern in (rf"(?<![\w.,]){_AMOUNT}\s?(?:{names})(?!\w)", rf"(?<!\w)(?:{names})\s?{_AMOUNT}(?![\w])")
)
_S10 = re.compile(
    r"(?<![A-Z0-9])([A-Z]{2}) ?(\d{3}) ?(\d{3}) ?(\d{3}) ?([A-Z]{2})(?![A-Z0-9])", re.IGNORECASE | re.ASCII
)
_LOOKALIKE = str.maketrans("АВЕКМНОРСТХУ", "ABEKMHORCTXY")
_CARRIER = re.compile(r"(?<![\w+@./-])(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{6,33}[A-Z0-9](?![\w@])", re.IGNORECASE)
_REQUEST = re.compile(r"[A-Z][A-Z0-9]{1,9}-\d{4}-\d{2,6}", re.IGNORECASE)
_RANGE = r"(?P<pages>\d{1,5}(?:\s?[-–—]\s?\d{1,5})?(?:,\s?\d{1,5}(?:\s?[-–—]\s?\d{1,5})?)*)"
_PAGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w)(?:pages?|pp?\.|стр(?:аниц\w*|\.)?|с\.|səh(?:ifə\w*|\.)?|бет(?:тер)?\w*|б\.)[:\s]*{_RANGE}(?!\w)",
        rf"(?<![\w.]){_RANGE}(?:-?\w{{1,3}})?\s?(?:pages?|pp?\.|стр(?:аниц\w*|\.)?|səhifə\w*|səh\.|бет\w*)(?!\w)",
    )
)
_BARE_PAGES = re.compile(rf"(?<![\w.]){_RANGE}(?![\w.])")
_LEAST_DIGITS = 6
_UNITS = (
    r"(?:pieces?|volumes?|vols?\.?|books?|items?|parcels?|шт\w*\.?|том\w*|экз\w*\.?|книг\w*|мест\w*"
    r"|cild\w*|ədəd|nüsxə\w*|kitab\w*|дана\w*|кітап\w*)"
)
_PIECES = re.compile(rf"(?<![\w.,/-])(?P<count>\d{{1,2}})\s?{_UNITS}(?!\w)", re.IGNORECASE)
_PART = re.compile(r"\d\s?(?:of|из|/)\s?\d", re.IGNORECASE)
_BARE_COUNT = re.compile(r"\s*(?P<count>\d{1,2})\s*[.!]?\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """Something read in a text, and where it stands there."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date read in a text, and where it stands there."""

    day: date
    start: int
    end: int


def dates(text: str, *, sent: date | None) -> list[FoundDate]:
    """The dates in order. Without a year, the next such day after `sent`; without either it is no date."""
    found: list[FoundDate] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _day(match, sent)
            if day and not any(other.start < match.end() and match.start() < other.end for other in found):
                found.append(FoundDate(day, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def cost(text: str) -> Found | None:
    """The first sum of money, as amount and ISO 4217 code."""
    return min(sums(text), key=lambda one: (one.start, -one.end), default=None)


def sums(text: str) -> list[Found]:
    """Every sum of money, in no order; one may be found twice."""
    return [
        Found(f"{_amount(match['amount'])} {code}", match.start(), match.end())
        for code, pattern in _COSTS
        for match in pattern.finditer(text)
    ]


def pages(text: str) -> Found | None:
    """The first page or range of pages that is named as such."""
    for pattern in _PAGES:
        if match := pattern.search(text):
            return _page_range(match)
    return None


def postal_number(text: str) -> Found | None:
    """The first number of UPU S10 form. A wrong check digit is taken too: the post finds the parcel."""
    match = _S10.search(text.translate(_LOOKALIKE))
    return Found("".join(match.groups()).upper(), match.start(), match.end()) if match else None


def carrier_number(text: str) -> Found | None:
    """The first word that may be another carrier's number: eight characters or more, six of them digits."""
    for match in _CARRIER.finditer(text):
        word = match[0]
        if sum(map(str.isdigit, word)) >= _LEAST_DIGITS and not _REQUEST.fullmatch(word):
            return Found(word.upper(), match.start(), match.end())
    return None


def pieces(text: str, *, bare: bool) -> Found | None:
    """How many pieces are named with their unit, or as a number alone; `2 of 3` is for a person to read."""
    if _PART.search(text):
        return None
    match = _PIECES.search(text) or (_BARE_COUNT.fullmatch(text) if bare else None)
    return Found(match["count"], match.start(), match.end()) if match and int(match["count"]) else None


def bare_pages(text: str) -> Found | None:
    """A number or range that stands alone, where pages are what is spoken of."""
    match = _BARE_PAGES.search(text)
    return _page_range(match) if match else None


def _page_range(match: re.Match[str]) -> Found:
    return Found(re.sub(r"\s?[-–—]\s?", "-", match["pages"]), match.start(), match.end())


def _day(match: re.Match[str], sent: date | None) -> date | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _month(parts.get("name") or "")
    day = int(parts["day"])
    if parts.get("year"):
        return _date(_year(parts["year"]), month, day=day)
    return next(_next_days(month, day, sent), None) if sent else None


def _next_days(month: int, day: int, sent: date) -> Iterator[date]:
    for year in range(sent.year, sent.year + 9):
        found = _date(year, month, day=day)
        if found and found > sent:
            yield found


def _date(year: int, month: int, *, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(name: str) -> int:
    """The month of a name in any of the languages, in any case; 0 for another word."""
    folded = fold(name)
    if folded in _MONTHS:
        return _MONTHS[folded]
    return next(
        (
            _MONTHS[folded[:end]]
            for end in range(len(folded), _SHORTEST_STEM - 2, -1)
            if folded[:end] in _MONTHS
        ),
        0,
    )


def _amount(digits: str) -> str:
    return re.sub(r"[ \u00a0]", "", digits).replace(",", ".")
