"""Requests as one side sees them: cards, histories, lines of lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from models.queries import clocks
from models.queries.parties import LibraryView, PersonView, colleagues_of, partners_of
from models.queries.standings import can_undo, side_of, standing_of
from models.rules import lifecycle
from models.rules.filelimits import KEPT
from models.rules.lifecycle import Details, Row, Standing
from models.rules.papers import permission_awaited
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import (
    Act,
    Flag,
    Group,
    Language,
    Reason,
    Service,
    Side,
    Stage,
    StandingTerm,
    Via,
)
from models.tables import Attachment, Card, Event, OwnNumber, Person, Reader, Request, ThreadMail

HISTORY = 3
SILENCE = timedelta(days=14)
"""After this long without an answer a side is offered to close the request locally (rule 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of a request. `event` tells with which act it came, `until` how long the program keeps it.

    `locked`: it opens with a password only; `expired`: the program's own copy is gone; `note`: words that
    came with it before it had a request.
    """

    id: int
    name: str
    size: int
    mime: str
    sha256: str
    telegram_file_id: str | None
    event: int | None
    until: datetime
    locked: bool = False
    expired: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """A line of the history. `by` is a name, `own` whether the viewer's library did it."""

    id: int
    act: Act
    side: Side | None
    by: str
    own: bool
    at: datetime
    details: Details
    stage_from: Stage
    stage_to: Stage
    via: Via
    for_partner: bool
    undone: bool
    files: tuple[FileView, ...] = ()
    undoes: Act | None = None
    language: Language | None = None
    colleague: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A request as the viewer's side may see it, and no more: `reader` is None for the supplying side.

    `deadline` is the day until which somebody has to act; `asked_to_wait`: the requesting library was asked
    whether it still waits.
    `own_number` is the viewer's library's own; `terms_of_all` and `costs` come from the agreement;
    `asked_due` is the day until which a renewal is asked; `elsewhere` the partner that can be asked next.
    `colleagues` are those of the viewer's library who could look after it instead of who does now.
    `needs_permission`: the original is so old that it may leave the country only with a permission.
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
    previous: int | None
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
    others = [one for one in found if one.id != keeper] if keeper or len(found) > 1 else []
    return replace(
        view,
        deadline=(await clocks.deadlines([row], now))[row.id],
        asked_to_wait=asked,
        colleagues=tuple((one.id, one.name) for one in others),
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
        previous=row.previous_id,
        possible=lifecycle.possible(standing, side) if acts else (),
        can_undo=acts and await can_undo(row, side, now),
        silent=now - row.turn_since > SILENCE,
        events=events,
        files=await files_of(row.id),
        **await _around(row, standing, side, now=now),
    )


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
        "elsewhere": await elsewhere(row) if standing.stage is Stage.UNFILLED else None,
        "needs_permission": permission_awaited(
            row.service,
            standing.stage,
            year=row.values.get("year"),
            older_than=row.supplying.export_years,
            now=now.year,
        ),
    }


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


_WITH = ("actor", "request", "attachments__file")


async def events_of(
    request_id: int, viewer: PersonView, *, limit: int | None = None
) -> tuple[EventView, ...]:
    """The newest events, oldest of them first."""
    query = Event.filter(request_id=request_id).order_by("-id").prefetch_related(*_WITH)
    rows = await (query.limit(limit) if limit else query)
    beside = await _beside(request_id, rows)
    return tuple(_event(row, viewer, beside) for row in reversed(rows))


async def event(event_id: int, viewer: PersonView) -> EventView | None:
    """One event of a request."""
    row = await Event.get_or_none(id=event_id).prefetch_related(*_WITH)
    return _event(row, viewer, await _beside(row.request_id, [row])) if row else None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What lines of a history refer to: acts taken back, by the undo's version; colleagues by number."""

    undone: dict[int, Act]
    colleagues: dict[int, str]


async def _beside(request_id: int, rows: Sequence[Event]) -> _Beside:
    numbers = {row.details["colleague"] for row in rows if row.details.get("colleague")}
    people = await Person.filter(id__in=list(numbers)) if numbers else []
    return _Beside(await _undone_acts(request_id, rows), {one.id: one.name for one in people})


def _event(row: Event, viewer: PersonView, beside: _Beside) -> EventView:
    actor: Person | None = row.actor
    files = [file_view(attachment) for attachment in row.attachments]
    return EventView(
        id=row.id,
        act=row.act,
        side=row.side,
        by=row.signed_by or (actor.name if actor else ""),
        own=_is_own(row, viewer),
        at=row.at,
        details=Details.from_json(row.details),
        stage_from=row.stage_from,
        stage_to=row.stage_to,
        via=row.via,
        for_partner=row.for_partner,
        undone=row.undone,
        files=tuple(files),
        undoes=beside.undone.get(row.version) if row.act is Act.UNDO else None,
        language=Language(row.language) if row.language else None,
        colleague=beside.colleagues.get(row.details.get("colleague", 0)),
    )


def _is_own(row: Event, viewer: PersonView) -> bool:
    """Whether the viewer's library did it: by the side of that day, wherever its people work now."""
    side: Side | None = row.side
    if side is None:
        return False
    return (side is side_of(row.request, viewer.library)) is not row.for_partner


async def _undone_acts(request_id: int, rows: Sequence[Event]) -> dict[int, Act]:
    """What each undo among the rows took back, by the undo's version."""
    undos = [row.version for row in rows if row.act is Act.UNDO]
    if not undos:
        return {}
    taken = await Event.filter(request_id=request_id, undone=True, version__in=[v - 1 for v in undos])
    return {row.version + 1: row.act for row in taken}


def file_view(row: Attachment) -> FileView:
    """A file as others see it; the row comes with its `file`."""
    return FileView(
        id=row.id,
        name=row.name,
        size=row.file.size,
        mime=row.file.mime,
        sha256=row.file.sha256,
        telegram_file_id=row.telegram_file_id,
        event=row.event_id,
        until=row.since + KEPT,
        locked=row.file.locked,
        expired=row.expired_at is not None,
        note=row.note,
    )


async def files_of(request_id: int) -> tuple[FileView, ...]:
    """Every file that was given to the request, oldest first."""
    rows = await Attachment.filter(event__request_id=request_id).order_by("id").prefetch_related("file")
    return tuple(file_view(row) for row in rows)


async def file(attachment_id: int) -> FileView | None:
    """A kept file, attached or not."""
    row = await Attachment.get_or_none(id=attachment_id).prefetch_related("file")
    return file_view(row) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A request as a line of a list."""

    id: int
    number: str
    service: Service
    stage: Stage
    flags: frozenset[Flag]
    side: Side
    title: str
    partner: LibraryView
    due: date | None
    until: date | None
    urgent: bool
    group: Group
    deadline: date | None = None


async def lines_of(ids: Sequence[int], library: int, today: date) -> tuple[LineView, ...]:
    """The requests as lines of the library's lists, in the order of the ids."""
    rows = await Request.filter(id__in=list(ids)).select_related("requesting", "supplying") if ids else []
    deadlines = await clocks.deadlines(rows, today)
    lines = {row.id: replace(_line(row, library), deadline=deadlines[row.id]) for row in rows}
    return tuple(lines[one] for one in ids if one in lines)


def _line(row: Request, library: int) -> LineView:
    side = side_of(row, library) or Side.REQUESTING
    standing = standing_of(row)
    return LineView(
        id=row.id,
        number=row.number,
        service=row.service,
        stage=row.stage,
        flags=standing.flags,
        side=side,
        title=row.title,
        partner=LibraryView.of(row.supplying if side is Side.REQUESTING else row.requesting),
        due=row.due,
        until=row.until,
        urgent=row.urgent,
        group=lifecycle.group(standing, side),
    )


async def shown_in(chat: int, message: int) -> int | None:
    """Which request a message of a chat shows."""
    row = await Card.get_or_none(chat_id=chat, message_id=message)
    return row.request_id if row else None


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


async def awaiting_copy(viewer: PersonView, *, limit: int = 8) -> list[LineView]:
    """Requests for a copy that the viewer's library can still deliver to, oldest first."""
    stages = {stage for row in lifecycle.ROWS if row.act is Act.DELIVER for stage in row.at}
    rows = (
        await Request.filter(
            supplying_id=viewer.library or 0,
            service=Service.COPY,
            stage__in=[stage.value for stage in stages - {Stage.DELIVERED}],
        )
        .order_by("turn_since", "id")
        .limit(limit)
        .select_related("requesting", "supplying")
    )
    return [_line(row, viewer.library or 0) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadView:
    """What a mail to a person about a request continues: the last message they have, and those before it.

    `index` and `tags` are the newest that the person's own programs put into a mail, for them to find again.
    """

    last: str | None
    references: tuple[str, ...]
    index: str | None = None
    tags: str | None = None


async def thread_of(request_id: int, person: int, *, limit: int = 10) -> ThreadView:
    """The thread as this person has it, oldest first; the root is kept when it grows long."""
    rows = await ThreadMail.filter(request_id=request_id, person_id=person).order_by("id")
    ids = list(dict.fromkeys(row.message_id for row in rows))
    kept = ids if len(ids) <= limit else [ids[0], *ids[-(limit - 1) :]]
    return ThreadView(
        last=ids[-1] if ids else None,
        references=tuple(kept),
        index=next((row.index for row in reversed(rows) if row.index), None),
        tags=next((row.tags for row in reversed(rows) if row.tags), None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a message of a thread told: which request, to whom, as of which version."""

    request: int
    person: int | None
    version: int | None


async def seen_in(message_id: str) -> Seen | None:
    """The thread that a Message-ID belongs to."""
    row = await ThreadMail.filter(message_id=message_id).order_by("-id").first()
    return Seen(request=row.request_id, person=row.person_id, version=row.version) if row else None
