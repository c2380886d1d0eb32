"""What happened to a request, line by line, as one side reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.queries.files import FileView, file_view
from models.queries.parties import PersonView
from models.queries.standings import side_of
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Language, Side, Stage, Via
from models.tables import Event, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """A line of the history. `by` is a name, `own` whether the viewer's library did it.

    `whole`: it came by a mail that held more than its words, and the rest is kept.
    """

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
    whole: bool = False


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
        whole=bool(row.removed),
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
