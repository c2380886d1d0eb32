"""The one way in for every change of an exchange: the change, its event, its notices in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import drafts, outbox
from models.operations.gaps.following import moved_now, settle
from models.operations.gaps.keeping import keeper
from models.operations.gaps.telling import keeper_of, slips_to
from models.queries.parties import agreement_between
from models.rules.errors import NothingToUndo
from models.rules.gaps import life
from models.rules.gaps.life import Row, Standing
from models.rules.gaps.refusals import ExchangeMoved, ItemTaken, UnknownItem
from models.rules.lifecycle import Detail, Details
from models.rules.vocabulary import (
    ExchangeAct,
    ExchangeStage,
    Holding,
    ItemState,
    NoticeKind,
    Service,
    Side,
    Via,
    Way,
)
from models.tables import Exchange, ExchangeEvent, GapItem, Person

SERVICES = {Way.COPY: Service.COPY, Way.LOAN: Service.LOAN}
"""Ways that go on as a request, with its files, its clocks and its mails."""
WHOLE = "whole"
"""The field of a request for a copy that says: all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeIntent:
    """One act, as a door understood it: of an `exchange`, or on a line (`item`) that has none yet.

    `seen` is the version of the exchange, or of the line, that the actor had before them. (via, key) makes a
    redelivered tap or mail the same act.
    """

    act: ExchangeAct
    actor: int
    via: Via
    key: str
    exchange: int | None = None
    item: int | None = None
    seen: int | None = None
    way: Way | None = None
    details: Details = field(default_factory=Details)
    signed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """The event that the act became, the request that it goes on as; `repeated`: it had happened before."""

    exchange: int
    event: int
    request: int | None = None
    repeated: bool = False


async def act(intent: ExchangeIntent, now: datetime) -> Exchanged:
    """Do one act, or nothing. A known (via, key) changes nothing and returns the first outcome.

    Raises `UnknownItem` for what does not concern the person's library, `ItemTaken`, `ExchangeMoved` when it
    changed since `intent.seen`, and those of `life.move`.
    """
    try:
        async with transaction():
            return await _act(intent, now)
    except IntegrityError:
        known = await _known(intent)
        if known is None:
            raise
        return known


async def _known(intent: ExchangeIntent) -> Exchanged | None:
    event = await ExchangeEvent.get_or_none(via=intent.via, key=intent.key).select_related("exchange")
    if event is None:
        return None
    row = event.exchange
    return Exchanged(exchange=row.id, event=event.id, request=row.request_id, repeated=True)


async def _act(intent: ExchangeIntent, now: datetime) -> Exchanged:
    person = await keeper(intent.actor)
    row = await _locked(intent, person.library_id or 0, now)
    known = await _known(intent)
    if known is not None:
        return known
    side = _side(row, person)
    standing = Standing(stage=row.stage, way=row.way, spare=row.spare_id is not None)
    if intent.exchange is not None and intent.act is not ExchangeAct.COMMENT:
        await _refuse_if_moved(row, intent.seen)
    if intent.act is ExchangeAct.UNDO:
        return await _undo(intent, row, person=person, side=side, now=now)
    await _refuse_if_taken(row, intent.act)
    found = life.move(standing, intent.act, side=side, way=intent.way, details=intent.details)
    return await _write(intent, row, found, person=person, side=side, now=now)


async def _locked(intent: ExchangeIntent, library: int, now: datetime) -> Exchange:
    if intent.exchange is not None:
        row = await Exchange.filter(id=intent.exchange).select_for_update().get_or_none()
        if row is None or library not in {row.taker_id, row.giver_id}:
            raise UnknownItem
        return row
    item = await GapItem.filter(id=intent.item).select_for_update().get_or_none()
    if item is None or item.library_id == library:
        raise UnknownItem
    if await agreement_between(item.library_id, library) is None:
        raise UnknownItem
    row = await _of_line(item, library, now)
    if intent.seen not in {None, item.version}:
        await _refuse_changed(row, item, intent)
    return row


async def _of_line(item: GapItem, library: int, now: datetime) -> Exchange:
    """The exchange about a line and the library that answers it: the one there is, or a new one."""
    if item.holding is Holding.MISSING:
        about = {"gap_id": item.id, "giver_id": library}
        more = {"taker_id": item.library_id}
    else:
        about = {"spare_id": item.id, "taker_id": library}
        more = {"giver_id": item.library_id}
    row, _ = await Exchange.get_or_create(
        **about,
        defaults={**more, "stage": ExchangeStage.PROPOSED, "created_at": now, "updated_at": now},
    )
    return row


async def _refuse_changed(row: Exchange, item: GapItem, intent: ExchangeIntent) -> None:
    """Somebody answered the line since it was seen: unless it is the same tap, that is told."""
    if await _known(intent) is None:
        await _refuse_if_moved(row, -1)
        raise ItemTaken(number=item.id, state=item.state)


async def _refuse_if_moved(row: Exchange, seen: int | None) -> None:
    if seen in {None, row.version}:
        return
    last = (
        await ExchangeEvent.filter(exchange_id=row.id)
        .exclude(act=ExchangeAct.COMMENT)
        .order_by("-id")
        .first()
    )
    if last is not None:
        by = await Person.get_or_none(id=last.actor_id) if last.actor_id else None
        raise ExchangeMoved(act=last.act, by=by.name if by else "", at=last.at.isoformat())


async def _refuse_if_taken(row: Exchange, act: ExchangeAct) -> None:
    """A line that another exchange has promised, or that was withdrawn, can be offered no more."""
    if act not in {ExchangeAct.OFFER, ExchangeAct.WANT}:
        return
    for number in filter(None, (row.gap_id, row.spare_id)):
        item = await GapItem.get(id=number)
        if item.state is not ItemState.OPEN:
            raise ItemTaken(number=number, state=item.state)


def _side(row: Exchange, person: Person) -> Side:
    return Side.REQUESTING if row.taker_id == person.library_id else Side.SUPPLYING


async def _write(
    intent: ExchangeIntent, row: Exchange, found: Row, *, person: Person, side: Side, now: datetime
) -> Exchanged:
    way = _way(intent, row, found)
    request = await _go_on(intent, row, way, now) if intent.act is ExchangeAct.WANT else row.request_id
    more: dict[str, Any] = {"request_id": request}
    if intent.act is ExchangeAct.SEND:
        more["dispatch"] = {k: v for k, v in intent.details.as_json().items() if k != Detail.NOTE}
    step = _Step(stage=found.to or row.stage, way=way, quiet=found.quiet, more=more)
    return await _taken(intent, row, step, person=person, side=side, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """Where an act leads, and which other columns it writes; a quiet one leaves everything in its place."""

    stage: ExchangeStage
    way: Way | None
    quiet: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


async def _taken(
    intent: ExchangeIntent, row: Exchange, step: _Step, *, person: Person, side: Side, now: datetime
) -> Exchanged:
    """Write the act and what it changes, and tell the other side. Raises `ExchangeMoved`."""
    seen, version = row.version, row.version + int(not step.quiet)
    event = await ExchangeEvent.create(
        exchange_id=row.id,
        act=intent.act,
        side=side,
        actor_id=person.id,
        signed_by=intent.signed_by,
        via=intent.via,
        key=intent.key,
        stage_from=row.stage,
        stage_to=step.stage,
        way=step.way,
        version=version,
        details=intent.details.as_json(),
        at=now,
    )
    columns = {"stage": step.stage, "way": step.way, "version": version, "updated_at": now, **step.more}
    if not step.quiet:
        columns |= moved_now(now)
    if not await Exchange.filter(id=row.id, version=seen).update(**columns):
        raise ExchangeMoved(act=intent.act, by="", at=row.updated_at.isoformat())
    row.update_from_dict(columns)
    if not step.quiet:
        await settle(row, now)
    await _tell(row, event, side=side, now=now)
    return Exchanged(exchange=row.id, event=event.id, request=row.request_id)


async def _undo(
    intent: ExchangeIntent, row: Exchange, *, person: Person, side: Side, now: datetime
) -> Exchanged:
    """Take the last step of the own side back: the stage and what was offered are those before it.

    An offer that began the exchange ends it. Raises `NothingToUndo`, and `ItemTaken` where a line went to
    somebody else meanwhile.
    """
    last, *before = await _last_steps(row, side, now)
    began = last.act is ExchangeAct.OFFER and not before and None in {row.gap_id, row.spare_id}
    stage = ExchangeStage.CANCELLED if began else last.stage_from
    if row.stage in life.OVER and stage not in life.OVER:
        await _refuse_if_taken(row, ExchangeAct.WANT)
    more: dict[str, Any] = {"dispatch": {}} if last.act is ExchangeAct.SEND else {}
    step = _Step(stage=stage, way=before[0].way if before else None, more=more)
    return await _taken(intent, row, step, person=person, side=side, now=now)


async def _last_steps(row: Exchange, side: Side, now: datetime) -> list[ExchangeEvent]:
    """The step to take back, and the one before it if there is one. Raises `NothingToUndo`."""
    acts = ExchangeEvent.filter(exchange_id=row.id).exclude(act=ExchangeAct.COMMENT)
    found = await acts.order_by("-id").limit(2)
    goes_on = row.request_id is not None
    if not any(
        life.may_undo(one.act, one.at, now, own=one.side is side, goes_on=goes_on) for one in found[:1]
    ):
        raise NothingToUndo
    return found


def _way(intent: ExchangeIntent, row: Exchange, found: Row) -> Way | None:
    """What was offered; who wants a listed duplicate wants the original."""
    if found.needs_way:
        return intent.way
    if intent.act is ExchangeAct.WANT and found.only_spare:
        return Way.ORIGINAL
    return row.way


async def _go_on(intent: ExchangeIntent, row: Exchange, way: Way | None, now: datetime) -> int | None:
    """A copy or a loan is wanted: it becomes a request of the taking library, told like any other."""
    service = SERVICES.get(way) if way else None
    if service is None:
        return row.request_id
    item = await GapItem.get(id=row.gap_id or row.spare_id)
    whole = {WHOLE: True} if service is Service.COPY else {}
    draft = await drafts.start(
        intent.actor, service, now, values={**item.values, **whole}, supplying=row.giver_id
    )
    key = f"exchange:{row.id}:{row.version}"
    return (await drafts.submit(draft, author=intent.actor, via=intent.via, key=key, now=now)).request


async def _tell(row: Exchange, event: ExchangeEvent, *, side: Side, now: datetime) -> None:
    """The other library hears of it; a request that it goes on as tells of itself."""
    if event.act is ExchangeAct.WANT and row.request_id is not None:
        return
    library = row.taker_id if side is Side.SUPPLYING else row.giver_id
    slips = await slips_to(
        library,
        NoticeKind.EXCHANGE,
        {"exchange": row.id, "event": event.id},
        once=f"exchange:{event.id}",
        now=now,
        keeper=await keeper_of(row.id, side.other),
        actor=event.actor_id,
    )
    await outbox.write(slips, now)
