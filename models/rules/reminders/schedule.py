"""From the facts of a request to what its clocks do, when, and until when somebody has to act."""

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter

from models.rules.reminders.shape import Case, Due, Row
from models.rules.reminders.table import ROWS
from models.rules.vocabulary import Clock


def schedule(case: Case) -> tuple[Due, ...]:
    """Every step of the clocks that run, by day; in the table's order within a day."""
    found = (due for row in ROWS if row.runs(case) for due in _steps(row, case))
    return tuple(sorted(found, key=attrgetter("day")))


def _steps(row: Row, case: Case) -> Iterable[Due]:
    side = row.side(case.stage)
    place = case.places[side]
    anchor = row.starts(case, place)
    ends = row.ends(case, place, anchor) if anchor else None
    if anchor is None or ends is None:
        return
    began = place.day(max(case.turn_since, case.stage_since))
    for step in row.steps:
        silent = step.unless & case.flags or not step.fits(case)
        day = None if silent else step.day(case, place, anchor)
        if day is not None and not (step.before_end and day < began):
            yield Due(clock=row.clock, step=step, anchor=anchor, day=day, ends=ends, side=side)


def due(case: Case, now: datetime) -> tuple[Due, ...]:
    """The steps whose day has come, as of the civil day of the library whose turn it is, and still true."""
    return tuple(one for one in schedule(case) if _holds(one, case.places[one.side].day(now)))


def _holds(one: Due, today: date) -> bool:
    return one.day <= today and not (one.step.before_end and today > one.ends)


def still(dues: Iterable[Due], clock: Clock, step: str, *, anchor: date) -> Due | None:
    """A step among the due ones, unless a later one of its clock speaks to the same people."""
    own = [one for one in dues if one.clock is clock and one.anchor == anchor]
    found = next((one for one in own if one.step.name == step), None)
    if found is None:
        return None
    later = own[own.index(found) + 1 :]
    return None if any(set(one.step.whom) & set(found.step.whom) for one in later) else found


def next_look(case: Case, now: datetime) -> datetime | None:
    """When the next step comes due: the first moment of its day; None when none is left."""
    moments = (case.places[one.side].at(one.day) for one in schedule(case))
    return min((moment for moment in moments if moment > now), default=None)


def deadline(case: Case) -> date | None:
    """Until when somebody has to act, the earliest of what runs; None for a request that has ended."""
    ends = (_end(row, case) for row in ROWS if row.sets_deadline and row.runs(case))
    return min((day for day in ends if day), default=None)


def _end(row: Row, case: Case) -> date | None:
    place = case.places[row.side(case.stage)]
    anchor = row.starts(case, place)
    return row.ends(case, place, anchor) if anchor else None
