"""What the clocks do by themselves: each step once, after any silence of the program what is still true.

A step, its record and its rows of the outbox are one transaction. A request tells when the clocks have to
look at it next, once a day at least, so that a minute without anything due reads an index and no more.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from models.engines import transaction
from models.operations import outbox, requests
from models.operations.clockwork import AT_LEAST, take_due
from models.operations.intents import Intent
from models.queries import clocks, parties
from models.queries.parties import PersonView
from models.rules import reminders
from models.rules.errors import Refusal
from models.rules.hours import OPENS, Place
from models.rules.lifecycle import OPEN, Tell
from models.rules.preferences import Preferences
from models.rules.reminders import Case, Due, Whom
from models.rules.routing import Concern, Member, channels, recipients
from models.rules.vocabulary import Act, Channel, NoticeKind, Role, Side, Via
from models.tables import Reminder, Request

log = logging.getLogger(__name__)

SENT, SKIPPED = "sent", "skipped"


class Key(NamedTuple):
    """A step of a clock in one round: it is taken once."""

    clock: str
    step: str
    anchor: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A step for one person. `at` is when it may leave, by their library's working hours."""

    due: Due
    person: PersonView
    channels: tuple[Channel, ...]
    at: datetime
    state: str

    @property
    def key(self) -> Key:
        """What makes it happen once."""
        return key_of(self.due)


def key_of(due: Due) -> Key:
    """What makes a step happen once."""
    return Key(due.clock, due.step.name, due.anchor)


async def plan(now: datetime) -> int:
    """Take every step that is due as of `now`; returns how many reminders were written.

    Steps that move a request that somebody hears of wait for working hours, like reminders. A request whose
    clocks fail is logged, left for an hour, and stops no other.
    """
    stages = [stage.value for stage in OPEN]
    return await take_due(Request.filter(stage__in=stages), _take, now)


async def _take(row: Request, now: datetime) -> int:
    case = (await clocks.cases([row], now))[row.id]
    dues = reminders.due(case, now)
    if await _moved(row, case, dues, now=now):
        return 0
    async with transaction():
        seen = Request.filter(id=row.id, look_at=row.look_at)
        # Only who still sees the request as it was read goes on: another planner, or an act, makes it anew.
        if not await seen.update(look_at=_next_look(case, dues, now)):
            return 0
        planned = await plan_of(row, dues, now)
        await _write(row, planned, now)
    return sum(one.state == SENT for one in planned)


def _next_look(case: Case, dues: Iterable[Due], now: datetime) -> datetime:
    """The next step's day, or the opening hour for which a move waits; tomorrow at the latest."""
    waiting = [_may_move(one, case, now) for one in dues if one.step.moves]
    moments = [now + AT_LEAST, reminders.next_look(case, now), *waiting]
    return min(moment for moment in moments if moment and moment > now)


def _may_move(one: Due, case: Case, now: datetime) -> datetime:
    return now if one.step.moves is Act.MARK_OVERDUE else case.places[one.side].working_moment(now)


async def _moved(row: Request, case: Case, dues: Iterable[Due], *, now: datetime) -> bool:
    """Let the clock move the request; True when something changed and its clocks begin anew."""
    changed = False
    for one in dues:
        if one.step.moves and _may_move(one, case, now) <= now:
            changed = await _move(row, one, one.step.moves, now=now) or changed
    return changed


async def _move(row: Request, one: Due, act: Act, *, now: datetime) -> bool:
    key = f"{row.id}:{':'.join(map(str, key_of(one)))}"
    intent = Intent(request=row.id, act=act, actor=None, via=Via.CLOCK, key=key, seen=row.version)
    try:
        return not (await requests.act(intent, now)).repeated
    except Refusal as refusal:
        log.info("request %d was not moved by the clock: %s", row.id, type(refusal).__name__)
        return False


async def plan_of(row: Request, dues: Sequence[Due], now: datetime) -> list[Planned]:
    """What of the due steps is still to be told, and to whom; the last of a clock to each person is sent.

    Everything before it is skipped, and so is what the person switched off.
    """
    taken = {Key(one.clock, one.step, one.anchor) for one in await Reminder.filter(request_id=row.id)}
    fresh = [one for one in dues if one.step.whom and key_of(one) not in taken]
    if not fresh:
        return []
    people = await parties.members_of(row.requesting_id, row.supplying_id)
    works = await clocks.places([row.requesting_id, row.supplying_id], range(now.year, now.year + 2))
    planned: dict[tuple[str, int], list[Planned]] = {}
    members = [one.as_member(row.requesting_id, works[one.library or 0].day(now)) for one in people]
    for one in fresh:
        for person, ways in _told(row, one.step.whom, people, members).values():
            told = _planned(one, person, ways, place=works[person.library or 0], now=now)
            planned.setdefault((one.clock, person.id), []).append(told)
    return [told for own in planned.values() for told in _last_sent(own)]


def _planned(
    due: Due, person: PersonView, ways: tuple[Channel, ...], *, place: Place, now: datetime
) -> Planned:
    off = due.clock in Preferences.read(person.settings).off
    at = place.working_moment(now)
    return Planned(due=due, person=person, channels=ways, at=at, state=SKIPPED if off else SENT)


def _last_sent(own: list[Planned]) -> list[Planned]:
    """The most urgent step of a clock is its latest."""
    earlier = [
        Planned(due=one.due, person=one.person, channels=one.channels, at=one.at, state=SKIPPED)
        for one in own[:-1]
    ]
    return [*earlier, own[-1]]


Told = dict[int, tuple[PersonView, tuple[Channel, ...]]]


def _told(
    row: Request, whom: Iterable[Whom], people: Sequence[PersonView], members: Sequence[Member]
) -> Told:
    """Each person once, with the ways to them."""
    found: Told = {}
    for one in whom:
        coordinators = _coordinators(one.side, people, members) if one.is_coordinator else {}
        found |= coordinators or _keepers(row, one.side, people, members)
    return found


def _coordinators(side: Side, people: Sequence[PersonView], members: Sequence[Member]) -> Told:
    """The coordinators of a side; a library without any is told through those who look after the request."""
    own = [
        (one, channels(member))
        for one, member in zip(people, members, strict=True)
        if member.side is side and one.role is Role.COORDINATOR
    ]
    return {one.id: (one, found) for one, found in own if found}


def _keepers(row: Request, side: Side, people: Sequence[PersonView], members: Sequence[Member]) -> Told:
    """Who looks after the request on a side, found as for a request that has just come; the mailbox too."""
    concern = Concern(
        act=Act.SUBMIT,
        tells=Tell.PARTNER,
        side=side.other,
        actor=None,
        keepers={Side.REQUESTING: row.asker_id, Side.SUPPLYING: row.taker_id},
    )
    known = {one.id: one for one in people}
    found: dict[int, list[Channel]] = {}
    for delivery in recipients(concern, members):
        found.setdefault(delivery.person, []).append(delivery.channel)
    return {number: (known[number], tuple(ways)) for number, ways in found.items()}


async def _write(row: Request, planned: Iterable[Planned], now: datetime) -> None:
    slips: list[outbox.Slip] = []
    for one in planned:
        kept = await Reminder.create(
            request_id=row.id,
            clock=one.key.clock,
            step=one.key.step,
            anchor=one.key.anchor,
            person_id=one.person.id,
            state=one.state,
            at=one.at,
        )
        if one.state == SENT:
            slips += [_slip(row, one, channel, reminder=kept.id) for channel in one.channels]
    await outbox.write(slips, now)


def _slip(row: Request, one: Planned, channel: Channel, *, reminder: int) -> outbox.Slip:
    return outbox.Slip(
        channel=channel,
        target=one.person.address(channel),
        kind=NoticeKind.REMINDER,
        facts={"request": row.id, **one.key._asdict(), "anchor": one.key.anchor.isoformat()},
        dedupe=f"reminder:{reminder}:{channel}",
        person=one.person.id,
        not_before=one.at,
    )


async def plan_on(day: date) -> int:
    """Take what is due at nine in the morning of a day, each library's own; returns how many were written."""
    works = await clocks.places(await _libraries(), [day.year])
    return sum([await plan(moment) for moment in sorted({place.at(day, OPENS) for place in works.values()})])


async def _libraries() -> list[int]:
    return [one.id for one in await parties.libraries()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """A reminder that would leave on a day."""

    number: str
    planned: Planned


async def foresee(day: date) -> list[Foreseen]:
    """What would leave on a day, read in each recipient's zone, if nothing happened until then.

    Writes nothing. Where the recipient's library does not work that day, nothing leaves.
    """
    works = await clocks.places(await _libraries(), range(day.year, day.year + 2))
    found: list[Foreseen] = []
    for row in await Request.filter(stage__in=[stage.value for stage in OPEN]).order_by("id"):
        for library in (row.requesting_id, row.supplying_id):
            place = works[library]
            morning = place.at(day, OPENS)
            case = (await clocks.cases([row], morning))[row.id]
            planned = await plan_of(row, reminders.due(case, morning), morning)
            found += [
                Foreseen(number=row.number, planned=one)
                for one in planned
                if one.person.library == library and one.state == SENT and place.day(one.at) == day
            ]
    return found
