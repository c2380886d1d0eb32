"""When a week of shared information is told, and in which of its languages. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.rules.hours import OPENS, Place
from models.rules.vocabulary import Language, Pace


def week_begins(place: Place, now: datetime) -> datetime:
    """The last moment, not after `now`, at which the library opened on the first working day of a week."""
    today = place.day(now)
    monday = today - timedelta(days=today.weekday())
    opened = place.at(place.calendar.next_working(monday), OPENS)
    if opened <= now:
        return opened
    return place.at(place.calendar.next_working(monday - timedelta(days=7)), OPENS)


def read_in(languages: Sequence[Language], wanted: Language) -> int:
    """Which of its languages somebody reads a text in: the own one, else the first."""
    return languages.index(wanted) if wanted in languages else 0


NEXT_PACE: dict[Pace | None, Pace | None] = {None: Pace.AT_ONCE, Pace.AT_ONCE: Pace.WEEKLY, Pace.WEEKLY: None}
"""What a tap on a topic makes of the subscription."""
