"""What coordinators are told of their agreements, each step once; their answers; the end.

A step, its record and its rows of the outbox are one transaction. An agreement tells when it has to be looked
at next; whatever changes its dates or a library's calendar sets that to now.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.engines import transaction
from models.operations import outbox
from models.operations.agreements import (
    LOOKS_ON,
    AgreementIntent,
    enter,
    note,
    slip_to,
)
from models.operations.clockwork import AFTER_TROUBLE
from models.queries import agreements
from models.queries.addressees import Addressee, Desk, desk_of
from models.queries.agreements import AgreementFacts
from models.rules import renewal, term
from models.rules.errors import WindowClosed
from models.rules.hours import OPENS, Place
from models.rules.renewal import Announced, Escalation, Watch
from models.rules.vocabulary import AgreementAct, NoticeKind, RenewalAnswer, RenewalStep, Told, Via
from models.tables import Agreement, AgreementEvent, AgreementReminder, RenewalStand

log = logging.getLogger(__name__)

AT_LEAST = timedelta(days=28)
AWAITING = timedelta(days=7)
"""While an answer is awaited: deputies come and go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A step for somebody: its `day` on their library's calendar, and when it is told."""

    agreement: int
    announced: Announced
    addressee: Addressee
    told_as: Told
    day: date
    at: datetime
    late_days: int


Looked = tuple[AgreementFacts, datetime | None, list[Planned]]
"""An agreement as it was read, when to look again, what is to be told."""


async def plan(now: datetime) -> int:
    """Take every step that is due as of `now`; returns how many were written.

    Each addressee gets one message, whatever has gathered. An agreement that fails is logged, left for an
    hour, and stops no other.
    """
    found: list[Looked] = []
    for known in await agreements.watched(now):
        try:
            sides = await _sides(known, now)
            planned = [one for side in sides for one in side.planned()]
            found.append((known, _next_look(known, sides, now), planned))
        except Exception:
            log.exception("the calendar of agreement %d failed", known.id)
            await Agreement.filter(id=known.id).update(look_at=now + AFTER_TROUBLE)
    return await _take(found, now) if found else 0


async def _take(found: Iterable[Looked], now: datetime) -> int:
    async with transaction():
        taken: list[Planned] = []
        for known, next_look, planned in found:
            seen = Agreement.filter(id=known.id, look_at=known.look_at)
            # Only who still sees the agreement as it was read goes on: another planner makes it anew.
            if await seen.update(look_at=next_look):
                await _end(known, now)
                taken += planned
        await write(taken, now)
    return len(taken)


async def take(planned: Iterable[Planned], now: datetime) -> None:
    """Take just these steps."""
    async with transaction():
        await write(planned, now)


async def write(planned: Iterable[Planned], now: datetime) -> None:
    """Record the steps, and write one message to each addressee, oldest first."""
    ids: dict[str, list[int]] = defaultdict(list)
    told: dict[str, Planned] = {}
    for one in sorted(planned, key=lambda one: one.day):
        row = await AgreementReminder.create(
            agreement_id=one.agreement,
            step=one.announced.step,
            anchor=one.announced.anchor,
            recipient=one.addressee.key,
            person_id=one.addressee.person.id if one.addressee.person else None,
            library_id=one.addressee.library.id,
            told_as=one.told_as,
            day=one.day,
            at=one.at,
        )
        ids[one.addressee.key].append(row.id)
        told[one.addressee.key] = one
    slips = [slip for key, one in told.items() for slip in _slips(one, ids[key])]
    await outbox.write(slips, now)


def _slips(one: Planned, reminders: list[int]) -> Iterator[outbox.Slip]:
    for channel, target in one.addressee.targets.items():
        yield slip_to(
            one.addressee,
            channel,
            target,
            kind=NoticeKind.RENEWAL,
            facts={"reminders": reminders},
            once=f"renewal:{reminders[0]}",
        )


async def _sides(known: AgreementFacts, now: datetime) -> list["_Planning"]:
    return [await _planning(known, library, now) for library in known.places]


async def _planning(known: AgreementFacts, library: int, now: datetime) -> "_Planning":
    place, watch = known.places[library], known.watch(library, now)
    return _Planning(
        known=known,
        watch=watch,
        place=place,
        now=now,
        desk=await desk_of(known.library(library)),
        rows=await AgreementReminder.filter(agreement_id=known.id, library_id=library),
        steps=renewal.schedule(watch, place.calendar, today=place.day(now)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planning:
    """The steps of one agreement for one library."""

    known: AgreementFacts
    watch: Watch
    place: Place
    now: datetime
    desk: Desk
    rows: Sequence[AgreementReminder]
    steps: Sequence[Announced]

    @property
    def today(self) -> date:
        """At the library."""
        return self.place.day(self.now)

    def planned(self, *, foresees: bool = False) -> list[Planned]:
        """What is due while the library works, so that all that has gathered comes together.

        `foresees`: what has not been told is taken as told on its own day.
        """
        if self._opens() > self.now:
            return []
        dues = self._dues()
        return [*self._fresh(dues), *self._passed_on(dues, foresees=foresees)]

    def _dues(self) -> list[Announced]:
        return [one for one in self.steps if one.day <= self.today]

    def _opens(self) -> datetime:
        """Now, or when the library opens next."""
        return self.place.working_moment(self.now)

    def coming(self) -> Iterator[datetime]:
        """The opening hours ahead at which something falls due, should nobody answer."""
        if self._opens() > self.now:
            yield self._opens()
        for one in self.steps:
            told = self.place.day(self._opens()) if one.day <= self.today else None
            days = [one.day, *(escalation.day for escalation in self._escalations(one, told))]
            yield from (self.place.at(day, OPENS) for day in days if day > self.today)

    def ahead(self) -> Iterator[tuple[RenewalStep, datetime]]:
        """Every step that somebody will be told of, and when, should nobody answer."""
        for one in self.steps:
            if any(self._fresh([one])):
                yield one.step, max(self.place.at(one.day, OPENS), self._opens())
            for escalation in self._escalations(one, one.day):
                if any(self._escalated(one, escalation)):
                    yield one.step, self.place.at(escalation.day, OPENS)

    def awaits(self) -> bool:
        """Whether an answer is awaited."""
        return any(self._awaited(one) for one in self._dues())

    def _fresh(self, dues: Iterable[Announced]) -> Iterator[Planned]:
        """Steps that nobody of the library has been told of."""
        for one in dues:
            if not self._told(one):
                for who in self.desk.first:
                    if self.place.day(who.since) <= one.day:
                        yield self._planned(one, who, Told.COORDINATOR, one.day)

    def _passed_on(self, dues: Iterable[Announced], *, foresees: bool) -> Iterator[Planned]:
        """Steps that were told and that nobody answered in time: a deputy's, then the library's."""
        for one in dues:
            for escalation in self._escalations(one, one.day if foresees else None):
                if escalation.day <= self.today:
                    yield from self._escalated(one, escalation)

    def _escalations(self, one: Announced, told: date | None) -> tuple[Escalation, ...]:
        """Who else will hear of a step, `told` unless it was before; nobody once it was answered or seen."""
        on = min((self.place.day(row.at) for row in self._told(one)), default=told)
        if on is None or not self._awaited(one):
            return ()
        has_deputy = bool(self.desk.deputies)
        return renewal.escalations(on, one.anchor, self.place.calendar, has_deputy=has_deputy)

    def _awaited(self, one: Announced) -> bool:
        if not one.row.asks or one.anchor in self.watch.stands:
            return False
        if any(row.seen_at for row in self._told(one)):
            return False
        return renewal.matters(self.watch, one.step, one.anchor, today=self.today)

    def _escalated(self, one: Announced, escalation: Escalation) -> Iterator[Planned]:
        record = (self.desk.record,) if self.desk.record else ()
        told = {row.recipient for row in self._told(one)} | {who.key for who in self.desk.first}
        for who in self.desk.deputies if escalation.told_as is Told.DEPUTY else record:
            if who.key not in told:
                yield self._planned(one, who, escalation.told_as, escalation.day)

    def _told(self, one: Announced) -> list[AgreementReminder]:
        return [row for row in self.rows if (row.step, row.anchor) == (one.step, one.anchor)]

    def _planned(self, one: Announced, who: Addressee, told_as: Told, day: date) -> Planned:
        return Planned(
            agreement=self.known.id,
            announced=one,
            addressee=who,
            told_as=told_as,
            day=day,
            at=self.now,
            late_days=(self.today - day).days,
        )


def _next_look(known: AgreementFacts, sides: Iterable[_Planning], now: datetime) -> datetime | None:
    """The first moment of the next day on which something is due; None once nothing will be said any more."""
    if known.ended_on is not None and known.today(now) > known.ended_on + LOOKS_ON:
        return None
    moments = [now + AT_LEAST]
    for side in sides:
        moments += side.coming()
        moments += [now + AWAITING] if side.awaits() else []
        if side.watch.end is not None and side.watch.end >= side.today:
            moments.append(side.place.at(side.watch.end + timedelta(days=1)))
    return min(moments)


async def _end(known: AgreementFacts, now: datetime) -> None:
    """Note the end, once the last day is over at both libraries."""
    day = min(place.day(now) for place in known.places.values())
    notices = [one.notice for one in known.notices]
    ended = term.ended_on(known.duration, notices, day=day)
    if ended is None or known.ended_on is not None:
        return
    await Agreement.filter(id=known.id).update(ended_on=ended)
    await AgreementEvent.get_or_create(
        via=Via.CLOCK,
        key=f"agreement:{known.id}:end:{ended}",
        defaults={
            "agreement_id": known.id,
            "act": AgreementAct.END,
            "details": {"ended_on": ended.isoformat()},
            "at": now,
        },
    )


async def foresee(day: date, now: datetime) -> list[Planned]:
    """What is told on a day, read at each library, if nothing happened until then. Writes nothing.

    Of a day that has come already, also what should have been told before it.
    """
    found: list[Planned] = []
    for known in await agreements.living(now):
        for library, place in known.places.items():
            morning = place.at(day, OPENS)
            ahead = day > place.day(now)
            planned = (await _planning(known, library, morning)).planned(foresees=ahead)
            found += [one for one in planned if one.day == day or not ahead]
    return found


async def coming(now: datetime) -> list[tuple[RenewalStep, datetime]]:
    """What is told of the agreements from now on, as far as is known, and when. Writes nothing."""
    sides = [side for known in await agreements.living(now) for side in await _sides(known, now)]
    return [one for side in sides for one in side.ahead()]


async def answer(intent: AgreementIntent, deadline: date, said: RenewalAnswer, now: datetime) -> int:
    """What the actor's library says to the renewal; its coordinators are told. Returns the event.

    Raises `WindowClosed` unless the deadline is the one ahead and no notice runs.
    """
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        standing = entry.facts.standing(now)
        if standing.deadline != deadline or not standing.window_open or entry.facts.end(now) is not None:
            raise WindowClosed
        await RenewalStand.update_or_create(
            agreement_id=entry.facts.id,
            library_id=entry.library,
            deadline=deadline,
            defaults={"answer": said, "person_id": intent.actor, "at": now},
        )
        await _mark_seen(intent.agreement, intent.actor, now)
        await Agreement.filter(id=entry.facts.id).update(look_at=now)
        details = {"deadline": deadline, "answer": said}
        return await note(entry, AgreementAct.ANSWER, details, now=now, tells=[entry.library])


async def see(agreement: int, person: int, now: datetime) -> bool:
    """Somebody has seen what they were told of an agreement: nobody else is asked instead of them."""
    return bool(await _mark_seen(agreement, person, now))


async def _mark_seen(agreement: int, person: int, now: datetime) -> int:
    rows = AgreementReminder.filter(agreement_id=agreement, person_id=person, seen_at=None)
    return await rows.update(seen_at=now)
