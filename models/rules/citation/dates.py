"""Dates of issue as they are written in Azerbaijani, Kazakh, Russian and English."""

import re
from datetime import date

from models.rules.citation.late import Late
from models.rules.citation.slip import Slip
from models.rules.citation.words import BOUNDARY, DASH, YEAR_DIGITS

# A month is told by the first letters of its name; the longer beginning is tried first (май before ма…).
_MONTHS: tuple[tuple[int, str], ...] = (
    (1, "январ|янв|қаңтар|қаң|yanvar|yan|january|jan"),
    (2, "феврал|фев|ақпан|ақп|fevral|fev|february|feb"),
    (3, "март|мар|наурыз|нау|mart|march|mar"),
    (4, "апрел|апр|сәуір|сәу|aprel|april|apr"),
    (5, "май|мая|мамыр|мам|may"),
    (6, "июн|маусым|мау|iyun|june|jun"),
    (7, "июл|шілде|шіл|iyul|july|jul"),
    (8, "август|авг|тамыз|там|avqust|avq|august|aug"),
    (9, "сентябр|сент|сен|қыркүйек|қыр|sentyabr|sent|sen|september|sept|sep"),
    (10, "октябр|окт|қазан|қаз|oktyabr|okt|october|oct"),
    (11, "ноябр|нояб|ноя|қараша|қар|noyabr|noy|november|nov"),
    (12, "декабр|дек|желтоқсан|жел|dekabr|dek|december|dec"),
)
_NUMBER = {name: number for number, names in _MONTHS for name in names.split("|")}
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
MONTH = rf"(?P<month>{_NAMES})(?:[ья]|а|ы|ында|ındа|ı|i|dan|da)?(?!\w)\.?"
_YEAR = rf"(?P<year>{YEAR_DIGITS})(?!\d)"
_YEAR_TAIL = r"(?:\s?-?\s?(?:ci|cı|cu|cü)?\s?il(?:də)?\b|\s?-?\s?(?:жылғы|жылы|жыл|года|год|г|ж|il)\b\.?)?"
# Of an issue for several days ("3-5 mart") the first one.
_DAY = r"(?<!\d)(?P<day>[12]\d|3[01]|0?[1-9])(?:[-–](?:[12]\d|3[01]|0?[1-9])(?=\s+[^\W\d]))?"

_WRITTEN: tuple[Late, ...] = tuple(
    Late(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}{_YEAR_TAIL}[,.]?\s*(?:{DASH}\s*)?{_DAY}(?:-?(?:ші|шы))?\s+{MONTH}",
        rf"{_YEAR}{_YEAR_TAIL}[,.]?\s*(?:{DASH}\s*)?{MONTH}\s+{_DAY}(?!\d)",
        rf"{_DAY}(?:-?(?:ші|шы|st|nd|rd|th))?\s+{MONTH}[,.]?\s*{_YEAR}{_YEAR_TAIL}",
        rf"(?<!\w){MONTH}\s+{_DAY}(?:st|nd|rd|th)?,\s*{_YEAR}",
        rf"{_DAY}[./](?P<month>0?[1-9]|1[0-2])[./]{_YEAR}{_YEAR_TAIL}",
        rf"(?<!\d){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"{_DAY}(?:-?(?:ші|шы|st|nd|rd|th))?\s+{MONTH}",
        rf"{_YEAR}{_YEAR_TAIL}[,.]?\s*(?:{DASH}\s*)?{MONTH}",
        rf"(?<!\w){MONTH},?\s+{_YEAR}{_YEAR_TAIL}",
    )
)
# A whole date in figures is no part of a title, wherever it stands.
_IN_FIGURES = Late(rf"(?<=\s){_DAY}[./](?P<month>0?[1-9]|1[0-2])[./]{_YEAR}{_YEAR_TAIL}", re.IGNORECASE)
_IN_CITATION = (
    *(Late(rf"{BOUNDARY}{pattern.pattern}", re.IGNORECASE) for pattern in _WRITTEN),
    _IN_FIGURES,
)


def cut_date(slip: Slip) -> None:
    """Cut the date of issue out: `issue_date` in ISO 8601, and its year where the date carries one.

    A day without a year takes the year found elsewhere; `settle_date` joins them when all is cut.
    """
    for pattern in _IN_CITATION:
        match = next((match for match in pattern.finditer(slip.text) if _possible(match)), None)
        if match:
            slip.found["issue_date"] = _written(match)
            if match.groupdict().get("year"):
                slip.found.setdefault("year", match["year"])
            slip.text = f"{slip.text[: match.start()]}\x1f{slip.text[match.end() :]}"
            return


def settle_date(slip: Slip) -> None:
    """Give a date that was cut without its year the year of the citation; without one it goes to `rest`."""
    written = slip.found.get("issue_date", "")
    if not written.startswith("--"):
        return
    full = f"{slip.found.get('year', '')}-{written[2:]}"
    if _is_date(full):
        slip.found["issue_date"] = full
    else:
        slip.found["rest"] = " ".join((slip.found.get("rest", ""), slip.found.pop("issue_date"))).strip()


def read_date(text: str, *, today: date | None = None) -> date | None:
    """The one full date in the text, or None. A date without a year is the next such day after `today`."""
    for pattern in _WRITTEN:
        match = pattern.fullmatch(text.strip(" .,"))
        if match and "day" in match.groupdict():
            return _next_such(match, today)
    match = re.fullmatch(rf"{_DAY}[./](?P<month>0?[1-9]|1[0-2])", text.strip(" .,"))
    return _next_such(match, today) if match else None


def _next_such(match: re.Match[str], today: date | None) -> date | None:
    month, day = _month(match["month"]), int(match["day"])
    if year := match.groupdict().get("year"):
        return _date(int(year), month, day)
    if today is None:
        return None
    # Eight years reach the next 29 February from any day, also across 1900 and 2100.
    days = (_date(today.year + ahead, month, day) for ahead in range(9))
    return next((day for day in days if day and day > today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _NUMBER[name.lower()]


def _possible(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else 2000  # a leap year: 29 February may be
    return _date(year, _month(groups["month"]), int(groups.get("day") or 1)) is not None


def _written(match: re.Match[str]) -> str:
    groups = match.groupdict()
    month = f"{_month(groups['month']):02}"
    if groups.get("day"):
        month = f"{month}-{int(groups['day']):02}"
    return f"{groups['year']}-{month}" if groups.get("year") else f"--{month}"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
