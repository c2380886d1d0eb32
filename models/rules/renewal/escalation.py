"""Nobody answered: after some days somebody else is asked, first a deputy, then the address of record."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.vocabulary import Told
from models.rules.workdays import Calendar

PATIENCE, PATIENCE_NEAR = 7, 2
NEAR = 30
"""Days before the last day for a notice within which an answer is awaited for two days only."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """As what somebody else is told of a step, and on which day."""

    told_as: Told
    day: date


def escalations(
    told: date, deadline: date, calendar: Calendar, *, has_deputy: bool
) -> tuple[Escalation, ...]:
    """Who else hears of a step told on a day that nobody answered, none of it after the deadline."""
    days = PATIENCE_NEAR if (deadline - told).days <= NEAR else PATIENCE
    ways = (Told.DEPUTY, Told.RECORD) if has_deputy else (Told.RECORD,)
    found = (
        Escalation(way, calendar.next_working(told + timedelta(days=days * nth)))
        for nth, way in enumerate(ways, start=1)
    )
    return tuple(one for one in found if one.day <= deadline)
