"""What the clock says of exchanges that stand still: each step once, after any silence only the newest."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.engines import transaction
from models.operations import outbox
from models.operations.clockwork import AT_LEAST, take_due
from models.operations.gaps.telling import keeper_of, slips_to
from models.operations.outbox import Slip
from models.operations.planteam import slips_to as slips_to_each
from models.queries import clocks, parties
from models.rules.gaps import clock
from models.rules.gaps.clock import Due
from models.rules.hours import Place
from models.rules.lifecycle import Details
from models.rules.limits import Limits
from models.rules.vocabulary import ExchangeStep, NoticeKind, Side
from models.tables import Agreement, Exchange


class _Seen(NamedTuple):
    """What the clock says at the stage at which an exchange stands, and the calendars that count."""

    found: tuple[Due, ...]
    turn: Place
    works: dict[int, Place]


async def plan(now: datetime) -> int:
    """Take every step that is due; returns how many reminders were written."""
    return await take_due(Exchange.all(), _take, now)


async def _take(row: Exchange, now: datetime) -> int:
    seen = await _seen(row, now)
    newest = clock.newest(seen.found, seen.turn.day(now), row.reminded) if seen else None
    columns = {"look_at": _next_look(seen, now), "reminded": newest.step if newest else row.reminded}
    async with transaction():
        # Only who still sees the exchange as it was read goes on: another planner, or an act, makes it anew.
        as_read = Exchange.filter(id=row.id, look_at=row.look_at, version=row.version)
        if not await as_read.update(**columns):
            return 0
        slips = await _slips(row, newest, seen.works, now) if seen and newest else []
        await outbox.write(slips, now)
    return len(slips)


def _next_look(seen: _Seen | None, now: datetime) -> datetime | None:
    """The next step's day, and tomorrow at the latest."""
    day = clock.following(seen.found, seen.turn.day(now)) if seen else None
    return min(now + AT_LEAST, seen.turn.at(day)) if seen and day else None


async def _seen(row: Exchange, now: datetime) -> _Seen | None:
    turn = clock.turn(row.stage, row.way)
    if turn is None or row.moved_at is None:
        return None
    works = await clocks.places([row.taker_id, row.giver_id], range(now.year - 1, now.year + 2))
    place, limits = works[_library(row, turn)], await _limits(row)
    if limits is None and turn is Side.SUPPLYING:
        return None
    found = clock.steps(
        row.stage,
        row.way,
        since=place.day(row.moved_at),
        place=place,
        limits=limits or Limits(),
        method=Details.from_json(row.dispatch).method,
    )
    return _Seen(found, place, dict(works))


async def coming(now: datetime) -> list[tuple[ExchangeStep, datetime]]:
    """What is said of exchanges from now on, and when. Writes nothing."""
    found: list[tuple[ExchangeStep, datetime]] = []
    for row in await Exchange.filter(look_at__not_isnull=True):
        seen = await _seen(row, now)
        if seen is not None:
            found += [(one.step, seen.turn.working_moment(seen.turn.at(one.day))) for one in seen.found]
    return found


async def _limits(row: Exchange) -> Limits | None:
    """As the agreement has them; None where none is in force any more: what is on its way still arrives."""
    number = await parties.agreement_between(row.taker_id, row.giver_id)
    agreement = await Agreement.get_or_none(id=number) if number else None
    return Limits.of(agreement.clocks) if agreement else None


def _library(row: Exchange, side: Side) -> int:
    return row.taker_id if side is Side.REQUESTING else row.giver_id


async def _slips(row: Exchange, due: Due, works: dict[int, Place], now: datetime) -> Sequence[Slip]:
    """For each library in its own working hours."""
    facts = {"exchange": row.id, "step": due.step, "version": row.version}
    once = f"exchange_clock:{row.id}:{row.version}:{due.step}"
    found: dict[str, Slip] = {}
    for side in (*due.keepers, *due.coordinators):
        library = _library(row, side)
        place = works[library]
        at = place.working_moment(now)
        bosses = await parties.coordinators_of(library) if side in due.coordinators else []
        if bosses:
            slips = slips_to_each(
                bosses,
                NoticeKind.EXCHANGE_CLOCK,
                facts=facts,
                dedupe=once,
                today=place.day(now),
                not_before=at,
            )
        else:
            keeper = await keeper_of(row.id, side)
            slips = await slips_to(
                library,
                NoticeKind.EXCHANGE_CLOCK,
                facts,
                once=once,
                now=now,
                keeper=keeper,
                not_before=at,
            )
        found |= {one.dedupe: one for one in slips}
    return list(found.values())
