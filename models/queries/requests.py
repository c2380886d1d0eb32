"""Requests as one side sees them: the card, and which request a number or a message means."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from models.engines import sql
from models.queries import clocks
from models.queries.agreements import ending
from models.queries.files import FileView, files_of
from models.queries.history import EventView, events_of
from models.queries.parties import LibraryView, PersonView, colleagues_of, partners_of
from models.queries.standings import can_undo, side_of, standing_of
from models.rules import lifecycle
from models.rules.ending import RETURNS
from models.rules.lifecycle import Details, Row, Standing
from models.rules.papers import permission_awaited
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import (
    Act,
    Flag,
    Group,
    Reason,
    Role,
    Service,
    Side,
    Stage,
    StandingTerm,
)
from models.tables import Event, OwnNumber, Reader, Request

HISTORY = 3
SILENCE = timedelta(days=14)
"""After this long without an answer a side is offered to close the request locally (rule 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A request as the viewer's side may see it, and no more: `reader` is None for the supplying side.

    `deadline` is the day until which somebody has to act; `asked_to_wait`: the requesting library was asked
    whether it still waits.
    `own_number` is the viewer's library's own; `terms_of_all` and `costs` come from the agreement;
    `asked_due` is the day until which a renewal is asked; `elsewhere` the partner that can be asked next.
    `colleagues` are those of the viewer's library who could look after it instead of who does now.
    `needs_permission`: the original is so old that it may leave the country only with a permission.
    `successor` is the request that took this one's place, by id and number, where the viewer may see it.
    `ends` is the last day of the agreement while a notice runs; with `may_outlive` a due date may be later.
    """

    id: int
    number: str
    side: Side
    service: Service
    standing: Standing
    group: Group
    version: int
    title: str
    values: dict[str, Any]
    own: LibraryView
    partner: LibraryView
    turn: Side | None
    reason: Reason | None
    terms: dict[str, Any]
    dispatch: dict[str, Any]
    due: date | None
    named_due: bool
    until: date | None
    needed_by: date | None
    urgent: bool
    created_at: datetime
    turn_since: datetime
    taker: str | None
    asker: str | None
    reader: str | None
    previous: str | None
    possible: tuple[Row, ...]
    can_undo: bool
    silent: bool
    events: tuple[EventView, ...]
    files: tuple[FileView, ...]
    deadline: date | None = None
    asked_to_wait: bool = False
    own_number: str | None = None
    asked_due: date | None = None
    terms_of_all: tuple[StandingTerm, ...] = ()
    costs: bool = False
    elsewhere: LibraryView | None = None
    colleagues: tuple[tuple[int, str], ...] = ()
    needs_permission: bool = False
    ends: date | None = None
    may_outlive: bool = False
    successor: tuple[int, str] | None = None

    @property
    def stage(self) -> Stage:
        """The stage that staff see."""
        return self.standing.stage

    @property
    def flags(self) -> frozenset[Flag]:
        """What is true beside the stage."""
        return self.standing.flags

    def offers(self, act: Act) -> bool:
        """Whether the viewer may do this now."""
        return any(row.act is act for row in self.possible)


async def card(
    request_id: int, viewer: PersonView, now: datetime, *, history: int = HISTORY
) -> CardView | None:
    """The request for this person; None when it does not exist or is not their library's."""
    row = await Request.get_or_none(id=request_id).prefetch_related(
        "requesting", "supplying", "asker", "taker", "agreement"
    )
    side = side_of(row, viewer.library) if row else None
    if row is None or side is None:
        return None
    events = await events_of(row.id, viewer, limit=history)
    view = await _card(row, viewer, side, events=events, now=now)
    asked = view.offers(Act.WAIT) and await clocks.asks_whether_to_wait(row, row.requesting.timezone)
    keeper = row.asker_id if side is Side.REQUESTING else row.taker_id
    found = await colleagues_of(viewer.library)
    shared = keeper or len(found) > 1 or viewer.is_mailbox
    others = [one for one in found if one.id != keeper] if shared else []
    return replace(
        view,
        deadline=(await clocks.deadlines([row], now))[row.id],
        asked_to_wait=asked,
        colleagues=tuple((one.id, one.name) for one in others),
        may_outlive=viewer.role is Role.COORDINATOR,
    )


async def _card(
    row: Request, viewer: PersonView, side: Side, *, events: tuple[EventView, ...], now: datetime
) -> CardView:
    standing = standing_of(row)
    acts = may(Right.ACT, Standpoint(viewer.role, side))
    own, partner = _libraries(row, side)
    return CardView(
        id=row.id,
        number=row.number,
        side=side,
        service=row.service,
        standing=standing,
        group=lifecycle.group(standing, side),
        version=row.version,
        title=row.title,
        values=row.values,
        own=own,
        partner=partner,
        turn=lifecycle.turn(standing),
        reason=row.reason,
        terms=row.terms,
        dispatch=row.dispatch,
        due=row.due,
        named_due=row.named_due,
        until=row.until,
        needed_by=row.needed_by,
        urgent=row.urgent,
        created_at=row.created_at,
        turn_since=row.turn_since,
        taker=row.taker.name if row.taker else None,
        asker=row.asker.name if row.asker else None,
        reader=await _reader(row, viewer, side),
        possible=_possible(row, standing, side, now=now) if acts else (),
        can_undo=acts and await can_undo(row, side, now),
        silent=await _is_silent(row, side.other, now),
        events=events,
        files=await files_of(row.id),
        **await _around(row, standing, side, now=now),
    )


async def _is_silent(row: Request, other: Side, now: datetime) -> bool:
    """Whether the other side has neither acted nor written a word for long: looking is not answering."""
    if now - row.turn_since <= SILENCE:
        return False
    heard = Event.filter(request_id=row.id, side=other, for_partner=False, at__gte=now - SILENCE)
    return not await heard.exclude(act=Act.OPEN).exists()


def _libraries(row: Request, side: Side) -> tuple[LibraryView, LibraryView]:
    """The viewer's library, and the other one."""
    requesting, supplying = LibraryView.of(row.requesting), LibraryView.of(row.supplying)
    return (requesting, supplying) if side is Side.REQUESTING else (supplying, requesting)


async def _around(row: Request, standing: Standing, side: Side, *, now: datetime) -> dict[str, Any]:
    """What stands beside the request itself: the own number, the agreement's terms, who else can be asked."""
    return {
        "own_number": await own_number(row.id, side),
        "asked_due": await _asked_due(standing, row.id),
        "terms_of_all": tuple(StandingTerm(one) for one in row.agreement.standing),
        "costs": row.agreement.costs,
        "ends": await ending(row.agreement_id, now),
        "elsewhere": await elsewhere(row) if standing.stage is Stage.UNFILLED else None,
        "needs_permission": permission_awaited(
            row.service,
            standing.stage,
            year=row.values.get("year"),
            older_than=row.supplying.export_years,
            now=now.year,
        ),
        "previous": await _previous(row, side),
        "successor": await _successor(row, side),
    }


def _possible(row: Request, standing: Standing, side: Side, *, now: datetime) -> tuple[lifecycle.Row, ...]:
    """What the side may do; what ended long ago is not opened again.

    Under an agreement that has ended, only what brings things home.
    """
    over = row.ended_at is not None and now - row.ended_at > timedelta(days=lifecycle.REOPEN_DAYS)
    rows = tuple(one for one in lifecycle.possible(standing, side) if not over or one.act is not Act.REOPEN)
    return tuple(one for one in rows if one.act in RETURNS) if row.agreement.ended_on else rows


async def _previous(row: Request, side: Side) -> str | None:
    """The number of the request that this one continues; another supplier's is not this one's to know."""
    before = await Request.get_or_none(id=row.previous_id) if row.previous_id else None
    own = before is not None and (side is Side.REQUESTING or before.supplying_id == row.supplying_id)
    return before.number if before and own else None


async def _successor(row: Request, side: Side) -> tuple[int, str] | None:
    """The newest request that continues this one; one that another library was asked is not this one's."""
    after = Request.filter(previous_id=row.id, requesting_id=row.requesting_id)
    if side is Side.SUPPLYING:
        after = after.filter(supplying_id=row.supplying_id)
    newest = await after.order_by("-id").first()
    return (newest.id, newest.number) if newest else None


async def own_number(request_id: int, side: Side) -> str | None:
    """The register number that the library of this side gave the request."""
    row = await OwnNumber.get_or_none(request_id=request_id, side=side)
    return row.number if row else None


async def _asked_due(standing: Standing, request_id: int) -> date | None:
    if Flag.RENEWAL_ASKED not in standing.flags:
        return None
    asked = await Event.filter(request_id=request_id, act=Act.ASK_RENEWAL).order_by("-id").first()
    return Details.from_json(asked.details).due if asked else None


async def elsewhere(row: Request) -> LibraryView | None:
    """The next partner of the requesting library that nobody in this chain of requests has asked yet."""
    asked = {row.supplying_id}
    earlier: Request | None = row
    while earlier is not None and earlier.previous_id is not None:
        earlier = await Request.get_or_none(id=earlier.previous_id)
        asked |= {earlier.supplying_id} if earlier else set()
    return next((one for one in await partners_of(row.requesting_id) if one.id not in asked), None)


async def _reader(row: Request, viewer: PersonView, side: Side) -> str | None:
    if not may(Right.SEE_READER, Standpoint(viewer.role, side)):
        return None
    reader = await Reader.get_or_none(request_id=row.id)
    return reader.reference if reader else None


async def shown_in(chat: int, message: int) -> int | None:
    """Which request a message of a chat shows."""
    found = await sql.rows(
        "SELECT request_id FROM card WHERE chat_id = $1 AND message_id = $2", [chat, message]
    )
    return found[0]["request_id"] if found else None


async def by_number(number: str, viewer: PersonView) -> int | None:
    """The request with this number, if it is one of the viewer's library."""
    row = await Request.get_or_none(number=number.upper())
    return row.id if row and side_of(row, viewer.library) else None


async def numbered(number: str) -> int | None:
    """The request with this number, whosever it is: says nothing about who may see it."""
    row = await Request.get_or_none(number=number.upper())
    return row.id if row else None


async def is_party(request_id: int, viewer: PersonView) -> bool:
    """Whether the request is one of the viewer's library."""
    row = await Request.get_or_none(id=request_id)
    return row is not None and side_of(row, viewer.library) is not None


async def number_of(request_id: int) -> str | None:
    """The number of a request."""
    row = await Request.get_or_none(id=request_id)
    return row.number if row else None


async def title_of(request_id: int) -> str | None:
    """The title that the request asks for; None where there is no such request."""
    row = await Request.filter(id=request_id).values_list("title", flat=True)
    return str(row[0]) if row else None
