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
            return cls._months(_year(match[1]), 3 * int(match[2]) - 2, count=3)
        if match := _MONTH.fullmatch(words):
            year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
            return cls._months(_year(year), int(month), count=1)
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

    def has(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day <= self.last

    def pack(self) -> str:
        """The span in at most 17 characters, for a button; `read` takes it back."""
        return str(self.year) if self.year else f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"

    @property
    def around(self) -> tuple[date, date]:
        """The days between which every zone's share of the span lies."""
        return self.first - timedelta(days=1), self.last + timedelta(days=1)


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
