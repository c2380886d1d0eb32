"""Gap lists, exchanges and their balance, as a member of a library sees them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.engines import sql
from models.queries.gapsearch import Among, Part
from models.queries.parties import LibraryView, PersonView, partners_of
from models.rules.gaps import life
from models.rules.gaps.taking import WrongRow, understand
from models.rules.lifecycle import Details
from models.rules.vocabulary import (
    ExchangeAct,
    ExchangeStage,
    GapList,
    Holding,
    ItemState,
    Side,
    Way,
)
from models.tables import Exchange, ExchangeEvent, GapImport, GapItem, Library

PAGE = 6
MOST_PAGES = 500
LISTS = {
    GapList.OURS: (True, Holding.MISSING),
    GapList.THEIRS: (False, Holding.MISSING),
    GapList.OUR_SPARES: (True, Holding.SPARE),
    GapList.THEIR_SPARES: (False, Holding.SPARE),
}
ALIVE = tuple(stage for stage in ExchangeStage if stage not in life.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeEventView:
    """One line of an exchange's history; `own`: the viewer's library did it."""

    id: int
    act: ExchangeAct
    own: bool
    by: str | None
    stage: ExchangeStage
    details: Details
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeView:
    """An exchange as one of its two libraries sees it; `request` is the number of what it goes on as."""

    id: int
    side: Side
    own: LibraryView
    partner: LibraryView
    values: dict[str, Any]
    gap: int | None
    spare: int | None
    way: Way | None
    stage: ExchangeStage
    version: int
    dispatch: Details
    request: int | None
    number: str | None
    events: tuple[ExchangeEventView, ...]

    @property
    def standing(self) -> life.Standing:
        """Where it stands, as the table sees it."""
        return life.Standing(stage=self.stage, way=self.way, spare=self.spare is not None)

    def may_undo(self, now: datetime) -> bool:
        """Whether the viewer's library can still take back what happened last."""
        last = next((one for one in reversed(self.events) if one.act is not ExchangeAct.COMMENT), None)
        goes_on = self.request is not None
        return last is not None and life.may_undo(last.act, last.at, now, own=last.own, goes_on=goes_on)

    def offers(self, act: ExchangeAct) -> bool:
        """Whether the viewer's library can do this now."""
        return any(row.act is act for row in life.possible(self.standing, self.side))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """A line of a list. `exchanges` are those that the viewer's library has a part in."""

    id: int
    own: bool
    library: LibraryView
    holding: Holding
    values: dict[str, Any]
    state: ItemState
    version: int
    number: str | None = None
    exchanges: tuple[ExchangeView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPage:
    """A page of a list, from 0: lines or exchanges. `counts` are the open ones of each list.

    `nearly`: no line has the words that were looked for; these have words spelled nearly so.
    """

    list: GapList
    state: ItemState | None
    lines: tuple[ItemView, ...]
    exchanges: tuple[ExchangeView, ...]
    page: int
    more: bool
    counts: dict[GapList, int]
    nearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a library gave a partner and took from it, by way: received or delivered, nothing on its way."""

    partner: LibraryView
    given: dict[Way, int]
    taken: dict[Way, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """A list on its way in, as its library sees it."""

    id: int
    name: str
    holding: Holding
    state: str
    format: str
    header: tuple[str, ...]
    columns: tuple[str | None, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int
    added: int
    known: int
    wrong: int
    matched: int


async def page_of(
    viewer: PersonView,
    chosen: GapList,
    *,
    page: int = 0,
    state: ItemState | None = ItemState.OPEN,
    words: str = "",
    size: int = PAGE,
) -> GapPage:
    """One page of a list, newest first; `state` None shows all, `words` narrow it down."""
    page = min(max(page, 0), MOST_PAGES)
    lines: Sequence[ItemView] = ()
    exchanges: Sequence[ExchangeView] = ()
    nearly = False
    if chosen is GapList.EXCHANGES:
        exchanges = await _exchanges(viewer, state, size + 1, page * size)
    else:
        found, nearly = await _ids(viewer, chosen, state, words, (size + 1, page * size))
        lines = await _lines(viewer, found)
    return GapPage(
        list=chosen,
        state=state,
        lines=tuple(lines[:size]),
        exchanges=tuple(exchanges[:size]),
        page=page,
        more=max(len(lines), len(exchanges)) > size,
        counts=await counts_of(viewer),
        nearly=nearly,
    )


async def owners(viewer: PersonView, chosen: GapList) -> list[int]:
    """Whose lines the list shows."""
    if LISTS[chosen][0]:
        return [viewer.library or 0]
    return [one.id for one in await partners_of(viewer.library or 0)]


async def _ids(
    viewer: PersonView, chosen: GapList, state: ItemState | None, words: str, part: Part
) -> tuple[list[int], bool]:
    libraries, holding = await owners(viewer, chosen), LISTS[chosen][1]
    return await Among(tuple(libraries), holding, state).found(words, part) if libraries else ([], False)


async def _lines(viewer: PersonView, ids: Sequence[int]) -> list[ItemView]:
    rows = {row.id: row for row in await GapItem.filter(id__in=list(ids)).prefetch_related("library")}
    return [_line(viewer, rows[one]) for one in ids if one in rows]


def _line(viewer: PersonView, row: GapItem, **more: Any) -> ItemView:
    return ItemView(
        id=row.id,
        own=row.library_id == viewer.library,
        library=LibraryView.of(row.library),
        holding=row.holding,
        values=row.values,
        state=row.state,
        version=row.version,
        **more,
    )


COUNTED_TO = 9_999
COUNT = (
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM gap_item"
    " WHERE library_id IN ({libraries}) AND holding = $1 AND state = 'open' LIMIT $2) AS counted"
)


async def counts_of(viewer: PersonView) -> dict[GapList, int]:
    """How many open lines each list has, and how many exchanges are under way.

    A number over `COUNTED_TO` only says that there are more.
    """
    own, others = viewer.library or 0, [one.id for one in await partners_of(viewer.library or 0)]
    counts = {}
    for chosen, (is_own, holding) in LISTS.items():
        whose = ", ".join(map(str, [own] if is_own else others)) or "NULL"
        [row] = await sql.rows(COUNT.format(libraries=whose), [holding.value, COUNTED_TO + 1])
        counts[chosen] = row["n"]
    under_way = [stage.value for stage in ALIVE]
    taken = await Exchange.filter(taker_id=own, stage__in=under_way).count()
    given = await Exchange.filter(giver_id=own, stage__in=under_way).count()
    return {**counts, GapList.EXCHANGES: taken + given}


EXCHANGES = (
    "SELECT id FROM exchange WHERE (taker_id = $1 OR giver_id = $1){part} "
    "ORDER BY updated_at DESC, id DESC LIMIT $2 OFFSET $3"
)
ENDED = ", ".join(f"'{one.value}'" for one in life.ENDED)
PARTS = {ItemState.OPEN: f" AND stage NOT IN ({ENDED})", ItemState.FILLED: " AND stage = 'received'"}


async def _exchanges(
    viewer: PersonView, state: ItemState | None, limit: int, offset: int
) -> list[ExchangeView]:
    statement = EXCHANGES.format(part=PARTS.get(state, "") if state else "")
    found = await sql.rows(statement, [viewer.library or 0, limit, offset])
    views = [await exchange(row["id"], viewer) for row in found]
    return [one for one in views if one is not None]


async def item(item_id: int, viewer: PersonView) -> ItemView | None:
    """One line, for its own library and its partners; None for anybody else."""
    row = await GapItem.get_or_none(id=item_id).prefetch_related("library", "request")
    if row is None or viewer.library is None:
        return None
    own = row.library_id == viewer.library
    if not own and row.library_id not in {one.id for one in await partners_of(viewer.library)}:
        return None
    about = [*await Exchange.filter(gap_id=row.id), *await Exchange.filter(spare_id=row.id)]
    mine = [one for one in about if viewer.library in {one.taker_id, one.giver_id}]
    views = [await exchange(one.id, viewer) for one in {one.id: one for one in mine}.values()]
    number = row.request.number if row.request and own else None
    return _line(viewer, row, number=number, exchanges=tuple(one for one in views if one is not None))


async def exchange(exchange_id: int, viewer: PersonView) -> ExchangeView | None:
    """One exchange, for its two libraries; None for anybody else."""
    row = await Exchange.get_or_none(id=exchange_id).prefetch_related(
        "taker", "giver", "gap", "spare", "request"
    )
    if row is None or viewer.library not in {row.taker_id, row.giver_id}:
        return None
    takes = row.taker_id == viewer.library
    about = row.gap or row.spare
    events = await ExchangeEvent.filter(exchange_id=row.id).order_by("id").prefetch_related("actor")
    return ExchangeView(
        id=row.id,
        side=Side.REQUESTING if takes else Side.SUPPLYING,
        own=LibraryView.of(row.taker if takes else row.giver),
        partner=LibraryView.of(row.giver if takes else row.taker),
        values=about.values if about else {},
        gap=row.gap_id,
        spare=row.spare_id,
        way=row.way,
        stage=row.stage,
        version=row.version,
        dispatch=Details.from_json(row.dispatch),
        request=row.request_id,
        number=row.request.number if row.request else None,
        events=tuple(_event(one, row, viewer) for one in events),
    )


def _event(row: ExchangeEvent, about: Exchange, viewer: PersonView) -> ExchangeEventView:
    side = Side.REQUESTING if about.taker_id == viewer.library else Side.SUPPLYING
    return ExchangeEventView(
        id=row.id,
        act=row.act,
        own=row.side is side,
        by=row.signed_by or (row.actor.name if row.actor else None),
        stage=row.stage_to,
        details=Details.from_json(row.details),
        at=row.at,
    )


COUNTED = """
SELECT taker_id, giver_id, way, count(*) AS n FROM exchange
WHERE stage IN ('received', 'delivered') AND (taker_id = $1 OR giver_id = $1)
GROUP BY taker_id, giver_id, way
"""


async def balances(viewer: PersonView) -> list[Balance]:
    """What each side gave, partner by partner, as far as anything changed hands."""
    own = viewer.library or 0
    found = await sql.rows(COUNTED, [own])
    others = {row["giver_id"] if row["taker_id"] == own else row["taker_id"] for row in found}
    libraries = {row.id: LibraryView.of(row) for row in await Library.filter(id__in=others)}
    return [
        Balance(
            partner=libraries[other],
            given={Way(r["way"]): r["n"] for r in found if r["giver_id"] == own and r["taker_id"] == other},
            taken={Way(r["way"]): r["n"] for r in found if r["taker_id"] == own and r["giver_id"] == other},
        )
        for other in sorted(others)
    ]


async def import_view(import_id: int, viewer: PersonView) -> ImportView | None:
    """A list on its way in; None for anybody of another library."""
    row = await GapImport.get_or_none(id=import_id, library_id=viewer.library)
    if row is None:
        return None
    return ImportView(
        id=row.id,
        name=row.name,
        holding=row.holding,
        state=row.state,
        format=row.sample.get("format", ""),
        header=tuple(row.sample["header"]),
        columns=tuple(row.columns),
        sample=tuple(map(tuple, row.sample["rows"])),
        rows=row.rows,
        added=row.added,
        known=row.known,
        wrong=row.wrong,
        matched=row.matched,
    )


async def wrong_rows(import_id: int) -> tuple[tuple[str, ...], Sequence[WrongRow]]:
    """The heading and the rows that could not be stored, read from the file once more (not on the loop)."""
    row = await GapImport.get_or_none(id=import_id)
    if row is None or row.body is None:
        return (), ()
    columns = tuple(row.columns)
    found = await asyncio.to_thread(understand, row.name, bytes(row.body), columns=columns, headed=row.headed)
    return found.header, found.wrong


EXPORTED = 2000


async def every_line(viewer: PersonView, chosen: GapList) -> list[ItemView]:
    """The whole list, withdrawn lines left out, oldest first."""
    libraries, holding = await owners(viewer, chosen), LISTS[chosen][1]
    views: list[ItemView] = []
    last = 0
    listed = GapItem.filter(library_id__in=libraries, holding=holding).exclude(state=ItemState.WITHDRAWN)
    while rows := await listed.filter(id__gt=last).order_by("id").limit(EXPORTED).prefetch_related("library"):
        views += [_line(viewer, row) for row in rows]
        last = rows[-1].id
    return views
