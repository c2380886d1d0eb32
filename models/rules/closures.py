"""Days on which a library is closed, or open beside its week: announced spans and monthly rules. Pure."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.vocabulary import DayKind
from models.rules.workdays import Calendar

LAST = -1
"""As `nth`: the last such weekday of the month."""
LONGEST = 366
"""Days of the longest span that can be announced at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Announced days, the first and the last included."""

    first: date
    last: date
    kind: DayKind = DayKind.CLOSED

    def days(self) -> Iterator[date]:
        """Every day of the span."""
        return (self.first + timedelta(days=ahead) for ahead in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyRule:
    """A day closed every month, such as a sanitary day: the `nth` `weekday`, or day number `day`.

    `weekday` is that of `date.weekday`, Monday 0; `nth` 1 to 4, or `LAST`. A day that a month has not is its
    last one. Exactly one of (`weekday`, `nth`) and `day` is given; anything else raises `ValueError`.
    """

    weekday: int | None = None
    nth: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        by_weekday = self.weekday in range(7) and self.nth in {1, 2, 3, 4, LAST} and self.day is None
        by_number = self.weekday is None and self.nth is None and self.day in range(1, 32)
        if not (by_weekday or by_number):
            raise ValueError("a monthly rule is a weekday with its number, or a day of the month")

    def within(self, year: int, month: int) -> date:
        """The closed day of that month."""
        if self.day is not None:
            return date(year, month, min(self.day, calendar.monthrange(year, month)[1]))
        days = [week[self.weekday or 0] for week in calendar.monthcalendar(year, month)]
        present = [day for day in days if day]
        nth = self.nth or 1
        return date(year, month, present[nth if nth == LAST else nth - 1])


def calendar_with(
    country: str,
    weekend: Iterable[int],
    *,
    spans: Iterable[Span],
    rules: Iterable[MonthlyRule],
    years: Iterable[int],
) -> Calendar:
    """The calendar of a library; monthly rules are spelled out for `years`."""
    announced = list(spans)
    monthly = {rule.within(year, month) for rule in rules for year in years for month in range(1, 13)}
    closed = {day for span in announced if span.kind is DayKind.CLOSED for day in span.days()}
    opened = {day for span in announced if span.kind is DayKind.OPEN for day in span.days()}
    return Calendar(
        country,
        weekend=frozenset(weekend),
        closed=frozenset(closed | (monthly - opened)),
        open_extra=frozenset(opened),
    )
