"""The days that a report is about: a month, a quarter, a year, any range."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})[-\s./]?q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})|(\d{1,2})[./](\d{4})")
_RANGE = re.compile(r"(\S+?)\s*(?:\.\.|–|—|\s-\s|\s)\s*(\S+)")
_DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)-(\d{4})(\d\d)(\d\d)")
_WORDS = re.compile(r"-?[^\W\d_]{2,}\.?")
EARLIEST, LATEST = 1900, 2999


class SpanError(ValueError):
    """The words name no span of days."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole civil days, both ends included; each request counts on its own library's calendar."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise SpanError

    @classmethod
    def of_year(cls, year: int) -> Self:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Self:
        """A quarter of a calendar year, from 1."""
        return cls._months(year, 3 * quarter - 2, count=3)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """A calendar month, from 1."""
        return cls._months(year, month, count=1)

    @classmethod
    def read(cls, text: str) -> Self:
        """`2026`, `2026-03`, `03.2026`, `2026-Q1`, `2026-01-15..2026-03-31`, `15.01.2026 - 31.03.2026`.

        Words around them do not matter ("за 2026 год"). Raises SpanError for anything else.
        """
        words = _WORDS.sub(" ", text).strip()
        try:
            return cls._compact(words) or cls._calendar(words) or cls._range(words)
        except ValueError:
            raise SpanError from None

    @classmethod
    def _compact(cls, words: str) -> Self | None:
        match = _COMPACT.fullmatch(words)
        if match is None:
            return None
        numbers = [int(one) for one in match.groups()]
        return cls(date(*numbers[:3]), date(*numbers[3:]))

    @classmethod
    def _calendar(cls, words: str) -> Self | None:
        if match := _YEAR.fullmatch(words):
            return cls.of_year(_year(match[1]))
        if match := _QUARTER.fullmatch(words):
            return cls.of_quarter(_year(match[1]), int(match[2]))
        if match := _MONTH.fullmatch(words):
            year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
            return cls.of_month(_year(year), int(month))
        return None

    @classmethod
    def _months(cls, year: int, first: int, *, count: int) -> Self:
        last = first + count - 1
        return cls(date(year, first, 1), date(year, last, monthrange(year, last)[1]))

    @classmethod
    def _range(cls, words: str) -> Self:
        match = _RANGE.fullmatch(words)
        if match is None:
            raise SpanError
        return cls(_day(match[1]), _day(match[2]))

    @property
    def year(self) -> int | None:
        """The calendar year that the span is, if it is one."""
        return self.first.year if self == Span.of_year(self.first.year) else None

    @property
    def quarter(self) -> int | None:
        """The quarter of its year that the span is, if it is one."""
        number = (self.first.month + 2) // 3
        return number if self == Span.of_quarter(self.first.year, number) else None

    @property
    def month(self) -> int | None:
        """The month of its year that the span is, if it is one."""
        month = self.first.month
        return month if self == Span.of_month(self.first.year, month) else None

    @property
    def beside(self) -> tuple["Span", ...]:
        """The year, quarter or month before it and the one after; none of other days."""
        days = self.first - timedelta(days=1), self.last + timedelta(days=1)
        known = [day for day in days if EARLIEST <= day.year <= LATEST]
        if self.year:
            return tuple(Span.of_year(day.year) for day in known)
        if self.quarter:
            return tuple(_quarter_of(day) for day in known)
        return tuple(Span.of_month(day.year, day.month) for day in known) if self.month else ()

    @property
    def within(self) -> tuple["Span", ...]:
        """The quarters of a year, the months of a quarter; none of other days."""
        year = self.first.year
        if self.year:
            return tuple(Span.of_quarter(year, one) for one in range(1, 5))
        if self.quarter:
            return tuple(Span.of_month(year, self.first.month + one) for one in range(3))
        return ()

    @property
    def around(self) -> tuple["Span", ...]:
        """What a month or a quarter is part of, the smaller first; of other days the year they begin in."""
        year = (Span.of_year(self.first.year),)
        if self.year:
            return ()
        return (_quarter_of(self.first), *year) if self.month else year

    def has(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day <= self.last

    def pack(self) -> str:
        """The span in at most 17 characters, for a button and a file's name; `read` takes it back."""
        if self.year:
            return str(self.year)
        if self.quarter:
            return f"{self.first.year}-Q{self.quarter}"
        return f"{self.first:%Y-%m}" if self.month else f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"

    @property
    def reach(self) -> tuple[date, date]:
        """The days between which every zone's share of the span lies."""
        return self.first - timedelta(days=1), self.last + timedelta(days=1)


def _quarter_of(day: date) -> Span:
    return Span.of_quarter(day.year, (day.month + 2) // 3)


def _year(digits: str) -> int:
    if not EARLIEST <= int(digits) <= LATEST:
        raise SpanError
    return int(digits)


def _day(text: str) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise SpanError
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    return date(_year(year), int(month), int(day))
