"""Requests as lines of lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.queries import clocks
from models.queries.parties import LibraryView, PersonView
from models.queries.standings import side_of, standing_of
from models.rules import lifecycle
from models.rules.vocabulary import Act, Flag, Group, Service, Side, Stage
from models.tables import Request


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
