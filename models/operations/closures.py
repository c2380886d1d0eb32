"""A library's days off and extra days: announced, changed, taken back; the clocks of its requests follow."""

from collections.abc import Iterable
from datetime import date, datetime

from tortoise.expressions import Q

from models.engines import transaction
from models.rules.closures import LONGEST, MonthlyRule
from models.rules.errors import BadField
from models.rules.lifecycle import OPEN
from models.rules.vocabulary import DayKind
from models.tables import Agreement, Closure, Library, MonthlyClosure, Request

NOTE_LENGTH = 200


async def close_days(
    library: int,
    first: date,
    last: date,
    *,
    now: datetime,
    kind: DayKind = DayKind.CLOSED,
    note: str | None = None,
) -> int:
    """Announce days, both ends included, and return the closure's number.

    `kind` OPEN: the library works on them although it is a weekend or holiday. Raises `BadField` where the
    last day lies before the first, or more than a year after it.
    """
    if not 0 <= (last - first).days < LONGEST:
        raise BadField(field="closure", kind="not_a_date")
    async with transaction():
        row = await Closure.create(
            library_id=library,
            first_day=first,
            last_day=last,
            kind=kind,
            note=_short(note),
            created_at=now,
        )
        await look_again(library, now)
    return row.id


async def remove_closure(closure: int, library: int, now: datetime) -> bool:
    """Take announced days back; False where the library has no such closure."""
    async with transaction():
        removed = await Closure.filter(id=closure, library_id=library).delete()
        await look_again(library, now)
    return bool(removed)


async def add_monthly_rule(library: int, rule: MonthlyRule, *, now: datetime, note: str | None = None) -> int:
    """Close a day of every month, such as a sanitary day; returns the rule's number."""
    async with transaction():
        row = await MonthlyClosure.create(
            library_id=library,
            weekday=rule.weekday,
            nth=rule.nth,
            day=rule.day,
            note=_short(note),
            created_at=now,
        )
        await look_again(library, now)
    return row.id


async def remove_monthly_rule(rule: int, library: int, now: datetime) -> bool:
    """Drop a monthly rule; False where the library has no such rule."""
    async with transaction():
        removed = await MonthlyClosure.filter(id=rule, library_id=library).delete()
        await look_again(library, now)
    return bool(removed)


async def note_closure(closure: int, library: int, note: str) -> bool:
    """Say why announced days are what they are; an empty note removes it. False where there are none such."""
    return bool(await Closure.filter(id=closure, library_id=library).update(note=_short(note)))


async def note_monthly_rule(rule: int, library: int, note: str) -> bool:
    """The same of a day of every month."""
    return bool(await MonthlyClosure.filter(id=rule, library_id=library).update(note=_short(note)))


async def set_weekend(library: int, weekdays: Iterable[int], now: datetime) -> None:
    """Choose the library's weekly days off, as numbers of `date.weekday`.

    Raises `BadField` for a number that is no weekday, and for a week without a working day.
    """
    chosen = sorted(set(weekdays))
    if not set(chosen) < set(range(7)):
        raise BadField(field="weekend", kind="not_a_date")
    async with transaction():
        await Library.filter(id=library).update(weekend=chosen)
        await look_again(library, now)


async def look_again(library: int, now: datetime) -> None:
    """Let the clocks look at all that is open at the library: its calendar has changed."""
    side = Q(party_a_id=library) | Q(party_b_id=library)
    await Agreement.filter(side, look_at__not_isnull=True).update(look_at=now)
    party = Q(requesting_id=library) | Q(supplying_id=library)
    await Request.filter(party, stage__in=[stage.value for stage in OPEN]).update(look_at=now)


def _short(note: str | None) -> str | None:
    return note.strip()[:NOTE_LENGTH] or None if note else None
