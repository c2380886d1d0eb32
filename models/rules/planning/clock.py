"""The clock of plans: before an item, after it, and twice a year. Pure dates, each library's own calendar.

What lies before a day falls on a working day not later than planned; what follows an event waits for one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.planning.contents import PlanTerm, When
from models.rules.vocabulary import PlanStepName
from models.rules.workdays import Calendar

BEFORE: tuple[tuple[PlanStepName, int], ...] = (
    (PlanStepName.MONTH_BEFORE, 30),
    (PlanStepName.WEEK_BEFORE, 7),
    (PlanStepName.DAY_BEFORE, 1),
)
"""Days before an item's day."""
RESULT_AFTER = timedelta(days=14)
RESULT_ASKED_FOR = timedelta(days=60)
"""A result that nobody marks is asked for once, within these days, and then left to the yearly report."""


@dataclass(frozen=True, slots=True)
class ItemStep:
    """Something to be said about an item on `day`, and worth saying until `until`; `anchor` is its day."""

    name: PlanStepName
    day: date
    until: date
    anchor: date


def item_steps(when: When | None, term: PlanTerm, calendar: Calendar) -> tuple[ItemStep, ...]:
    """The steps of an item by day. Of a quarter only its first month is announced; open is the plan's end."""
    span = when or When(term.last_day, term.last_day)
    before = BEFORE if span.is_day else BEFORE[:1]
    steps = [_before(name, days, span.first, calendar) for name, days in before] if when else []
    asked = calendar.next_working(span.last + RESULT_AFTER)
    return (*steps, ItemStep(PlanStepName.RESULT, asked, asked + RESULT_ASKED_FOR, span.last))


def _before(name: PlanStepName, days: int, anchor: date, calendar: Calendar) -> ItemStep:
    day = calendar.previous_working(anchor - timedelta(days=days))
    return ItemStep(name, day, anchor, anchor)


@dataclass(frozen=True, slots=True)
class YearStep:
    """Something to be said about a whole year's plan, from `day` until `until`."""

    name: PlanStepName
    year: int
    day: date
    until: date


DUE_DATES = ((PlanStepName.NEXT_PLAN, (11, 1), (12, 31)), (PlanStepName.REPORT_DUE, (1, 15), (3, 31)))
"""Each 1 November the plan of the next year, each 15 January the report of the last one."""


def year_steps(today: date) -> tuple[YearStep, ...]:
    """What has to be said about a year as of today: after a silence still once, while it is worth saying."""
    found = (_year_step(name, today.year, begins, ends) for name, begins, ends in DUE_DATES)
    return tuple(one for one in found if one.day <= today <= one.until)


def years_ahead(today: date) -> tuple[YearStep, ...]:
    """The next of each kind after today."""
    return tuple(_next_step(today, *one) for one in DUE_DATES)


def _next_step(today: date, name: PlanStepName, begins: tuple[int, int], ends: tuple[int, int]) -> YearStep:
    this_year = _year_step(name, today.year, begins, ends)
    return this_year if this_year.day > today else _year_step(name, today.year + 1, begins, ends)


def _year_step(name: PlanStepName, year: int, begins: tuple[int, int], ends: tuple[int, int]) -> YearStep:
    about = year + 1 if name is PlanStepName.NEXT_PLAN else year - 1
    return YearStep(name, about, date(year, *begins), date(year, *ends))


def latest(steps: Iterable[ItemStep], today: date) -> tuple[Sequence[ItemStep], ItemStep | None]:
    """Every step whose day has come, and the newest of them if it is still worth saying."""
    come = sorted((one for one in steps if one.day <= today), key=lambda one: one.day)
    return come, come[-1] if come and today <= come[-1].until else None
