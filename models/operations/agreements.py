"""What is common to everything that happens to an agreement: who may, its history, who is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tortoise.expressions import F

from models.operations import outbox
from models.operations.outbox import Slip
from models.queries.addressees import Addressee, desk_of
from models.queries.agreements import AgreementFacts, facts
from models.rules.errors import NoSuchAgreement, NotAllowed, TermRefused
from models.rules.period import TermRefusedError
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import AgreementAct, Channel, NoticeKind, Via
from models.tables import Agreement, AgreementEvent, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementIntent:
    """Something that a coordinator records. (`via`, `key`) makes a repeated tap the same act."""

    agreement: int
    actor: int
    via: Via
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The agreement, locked, and who acts. `known` is the event that this very act became before."""

    intent: AgreementIntent
    facts: AgreementFacts
    library: int
    known: int | None


async def enter(intent: AgreementIntent, now: datetime) -> Entry:
    """Lock the agreement for a coordinator of one of its parties.

    Raises `NoSuchAgreement` for somebody who is no party, `NotAllowed` for who is no coordinator.
    """
    locked = await Agreement.filter(id=intent.agreement).select_for_update().get_or_none()
    found = await facts(intent.agreement, now) if locked else None
    person = await Person.get_or_none(id=intent.actor, left_at=None)
    if found is None or person is None or person.library_id not in found.places:
        raise NoSuchAgreement
    if not may(Right.RECORD_NOTICE, Standpoint(person.role)):
        raise NotAllowed
    known = await AgreementEvent.get_or_none(via=intent.via, key=intent.key)
    return Entry(
        intent=intent, facts=found, library=person.library_id or 0, known=known.id if known else None
    )


def refused(error: TermRefusedError) -> TermRefused:
    """A refusal of the agreement's calendar as one that a person is told."""
    return TermRefused(kind=error.kind, day=error.day.isoformat() if error.day else None)


async def note(
    entry: Entry,
    act: AgreementAct,
    details: dict[str, Any],
    *,
    now: datetime,
    redates: bool = False,
    tells: Iterable[int] | None = None,
) -> int:
    """Add a line to the history and tell it; returns the event.

    `redates`: the dates are others now, so everything is planned anew. `tells` are libraries; None: both.
    """
    event = await AgreementEvent.create(
        agreement_id=entry.facts.id,
        act=act,
        actor_id=entry.intent.actor,
        library_id=entry.library,
        via=entry.intent.via,
        key=entry.intent.key,
        details={name: _plain(value) for name, value in details.items()},
        at=now,
    )
    if redates:
        await redate(entry.facts.id, now)
    await tell(entry.facts, event, now=now, libraries=tells)
    number: int = event.id
    return number


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


async def redate(agreement: int, now: datetime) -> None:
    """The dates of an agreement are others from now on."""
    rows = Agreement.filter(id=agreement)
    await rows.update(edition=F("edition") + 1, dated_at=now, look_at=now)


async def tell(
    known: AgreementFacts, event: AgreementEvent, *, now: datetime, libraries: Iterable[int] | None = None
) -> None:
    """Tell an event to those whom the agreement concerns; to who did it, by mail alone."""
    wanted = set(known.places) if libraries is None else set(libraries)
    slips: list[Slip] = []
    for side in known.sides:
        if side.id in wanted:
            desk = await desk_of(side)
            slips += [slip for one in desk.first for slip in _news(one, event)]
    await outbox.write(slips, now)


def _news(one: Addressee, event: AgreementEvent) -> Iterator[Slip]:
    did_it = one.person is not None and one.person.id == event.actor_id
    for channel, target in one.targets.items():
        if did_it and channel is Channel.CHAT:
            continue
        yield slip_to(
            one,
            channel,
            target,
            kind=NoticeKind.AGREEMENT_NEWS,
            facts={"event": event.id},
            once=f"agreement_news:{event.id}",
        )


def slip_to(
    one: Addressee,
    channel: Channel,
    target: str,
    *,
    kind: NoticeKind,
    facts: dict[str, Any],
    once: str,
) -> Slip:
    """A row of the outbox for somebody, worded for their library in their language.

    It is written `once` for each addressee and channel.
    """
    return Slip(
        channel=channel,
        target=target,
        kind=kind,
        facts={**facts, "library": one.library.id, "language": one.language},
        dedupe=f"{once}:{one.key}:{channel}",
        person=one.person.id if one.person else None,
    )


LOOKS_ON = timedelta(days=60)
"""How long after its end something may still have to be said of an agreement."""
