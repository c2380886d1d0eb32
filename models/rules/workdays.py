"""Working days of a library: its weekend, public holidays, closures and extra open days.

The dates of public holidays come from the `holidays` package; its names are never used (it has no Russian and
falls back silently). Islamic holidays of coming years are estimates, and days moved by decree are known only
when the package learns them: a library corrects both through `closed` and `open_extra`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY, SUNDAY = 5, 6
# No closure is longer than this; a calendar that has no working day in so many days has none at all.
_SEARCH_DAYS = 1100
_ONE_DAY = timedelta(days=1)


class UnknownCountryError(ValueError):
    """No public holidays are known for this code (ISO 3166-1 alpha-2); the calendar needs "" instead."""


class NoWorkingDayError(ValueError):
    """The search went through three years of closed days, or past the last date there is."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a library works. A closed day outweighs an extra open day, which outweighs weekend and holiday.

    `country` is an ISO 3166-1 alpha-2 code, or "" where no public holidays count. `weekend` holds numbers of
    `date.weekday`, Monday 0. A closure is its days in `closed`: they are not counted, so every clock stands
    still while it lasts.
    """

    country: str
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    closed: frozenset[date] = frozenset()
    open_extra: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the library works on that day."""
        if day in self.closed:
            return False
        if day in self.open_extra:
            return True
        if day in public_holidays(self.country, day.year):
            return False
        return day.weekday() not in self.weekend or day in moved_working_days(self.country, day.year)

    def next_working(self, day: date) -> date:
        """The first working day at or after `day`."""
        return next(self._working(day, _ONE_DAY))

    def previous_working(self, day: date) -> date:
        """The last working day at or before `day`."""
        return next(self._working(day, -_ONE_DAY))

    def add_working_days(self, day: date, count: int) -> date:
        """Working day number `count` after `day`, or before it when negative; `day` itself is not counted.

        With 0, the first working day at or after `day`.
        """
        if count == 0:
            return self.next_working(day)
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        working = self._working(_shift(day, step), step)
        for _ in range(abs(count) - 1):
            next(working)
        return next(working)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` and not after `end`; 0 when `end` is not later."""
        days = (start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))

    def _working(self, day: date, step: timedelta) -> Iterator[date]:
        """Working days from `day` on, in steps of a day forward or backward."""
        idle = 0
        while idle < _SEARCH_DAYS:
            if self.is_working(day):
                idle = 0
                yield day
            idle += 1
            day = _shift(day, step)
        raise NoWorkingDayError(day)


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Public holidays of a country in a year, with the days off in lieu; empty for "".

    Raises UnknownCountryError.
    """
    return frozenset(_holidays(country, year)) if country else frozenset()


@lru_cache(maxsize=512)
def moved_working_days(country: str, year: int) -> frozenset[date]:
    """Weekend days worked by decree, as far as the package knows them (none from 2026 on); empty for ""."""
    if not country:
        return frozenset()
    return frozenset(day for day in _holidays(country, year).weekend_workdays if day.year == year)


def _holidays(country: str, year: int) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        raise UnknownCountryError(country) from None


def _shift(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise NoWorkingDayError(day) from None
