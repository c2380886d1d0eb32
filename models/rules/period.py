"""Lengths of time in an agreement, and the one rule by which months are added."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class TermRefusalKind(StrEnum):
    """Why a date, a notice, a withdrawal or an amendment cannot be."""

    NOT_A_PERIOD = "not_a_period"
    OUT_OF_CALENDAR = "out_of_calendar"
    BEFORE_SIGNING = "before_signing"
    IN_THE_FUTURE = "in_the_future"
    AFTER_THE_END = "after_the_end"
    NO_CONSENT = "no_consent"
    ONE_SIDED = "one_sided"
    ALREADY_WITHDRAWN = "already_withdrawn"
    LAST_DAY_TOO_EARLY = "last_day_too_early"


class TermRefusedError(Exception):
    """A refusal with its reason and the day that decides it, where there is one: data, no sentence."""

    def __init__(self, kind: TermRefusalKind, day: date | None = None) -> None:
        super().__init__(kind, day)
        self.kind = kind
        self.day = day


def add_months(day: date, months: int) -> date:
    """The day with the same number so many months later; where that month has none, its last day.

    The only place where months are added. Going back the same number of months does not always return.
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if not date.min.year <= year <= date.max.year:
        raise TermRefusedError(TermRefusalKind.OUT_OF_CALENDAR, day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A length of months and then days; a year is twelve months."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "5y", "3m" or "30d"; a period is never empty."""
        match = re.fullmatch(r"0*([1-9][0-9]{0,4})([ymd])", text.strip().lower())
        if match is None:
            raise TermRefusedError(TermRefusalKind.NOT_A_PERIOD)
        count = int(match[1])
        match match[2]:
            case "d":
                return cls(days=count)
            case "m":
                return cls(months=count)
            case _:
                return cls(months=12 * count)

    def after(self, day: date) -> date:
        """The last day of the period that an event on `day` starts."""
        try:
            return add_months(day, self.months) + timedelta(days=self.days)
        except OverflowError:
            raise TermRefusedError(TermRefusalKind.OUT_OF_CALENDAR, day) from None

    def times(self, count: int) -> "Period":
        """The period repeated `count` times, to be counted from one day and never chained (29 February)."""
        return Period(self.months * count, self.days * count)

    def then(self, other: "Period") -> "Period":
        """This period and the other together, counted from one day."""
        return Period(self.months + other.months, self.days + other.days)
