"""The lists that staff open: a page of rows and capped counts, whatever lies beside them in the table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.engines import sql
from models.queries.between import TO_RETURN
from models.queries.lines import LineView, lines_of
from models.queries.parties import PersonView
from models.rules.narrowing import Narrowing
from models.rules.vocabulary import Filter, Group, Side
from models.tables import LastList

PAGE = 6
COUNTED_TO = 99
DEEPEST = 1000
"""Lines that can be paged through; who wants something older searches for it."""

ALL = Narrowing()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChoice:
    """Which list, which part of it, which page (from 0)."""

    filter: Filter = Filter.TO_DO
    narrowing: Narrowing = ALL
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of a list; `pages` counts from 1, `page` from 0.

    A total or a count over `COUNTED_TO` only says that there are more; then `pages` is None.
    """

    filter: Filter
    lines: tuple[LineView, ...]
    page: int
    pages: int | None
    more: bool
    total: int
    counts: dict[Filter, int]
    narrowing: Narrowing = ALL


@dataclass(frozen=True, slots=True)
class Shape:
    """A list in SQL, in the words of the partial indexes; `columns` are those it is ordered by."""

    sides: Sequence[Side]
    where: str
    order: str
    columns: str


BOTH = tuple(Side)
OVER = "ended_at IS NOT NULL"
TRUE, FALSE = "1 = 1", "1 = 0"
COMES_HOME = ", ".join(f"'{one}'" for one in sorted(TO_RETURN))
WAITS = (
    "waits_for IN ('{side}', 'both') AND (stage IN (COMES_HOME)"
    " OR agreement_id NOT IN (SELECT id FROM agreement WHERE ended_on IS NOT NULL))"
).replace("COMES_HOME", COMES_HOME)
"""After the end of an agreement only what comes home waits for anybody."""
MOVED = ("updated_at DESC, id DESC", "updated_at")
SHAPES: dict[Filter, Shape] = {
    Filter.TO_DO: Shape(BOTH, WAITS, "urgent DESC, turn_since, id", "urgent, turn_since"),
    Filter.MINE: Shape((Side.REQUESTING,), "ended_at IS NULL", *MOVED),
    Filter.INCOMING: Shape((Side.SUPPLYING,), "ended_at IS NULL", *MOVED),
    Filter.OVERDUE: Shape(BOTH, "stage = 'on_loan' AND due < :today", "due, id", "due"),
    Filter.DONE: Shape(BOTH, OVER, "ended_at DESC, id DESC", "ended_at"),
}
# Each side is read from its own index and stops at the limit; only then are the two put together.
HALF = (
    "SELECT * FROM (SELECT id, {columns} FROM request WHERE {where} ORDER BY {order} LIMIT {limit}) AS {side}"
)
ONE_PAGE = "SELECT id FROM ({rows}) AS listed ORDER BY {order} LIMIT {size} OFFSET {offset}"
COUNT = "(SELECT count(*) FROM (SELECT 1 AS one FROM ({rows}) AS listed LIMIT {most}) AS counted)"
NARROWED = {
    "partner": "{other}_id = :partner",
    "service": "service = :service",
    "group": "group_{side} = :group",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Whose lists, as of which day, and which part of them."""

    library: int
    today: date
    narrowing: Narrowing

    @property
    def values(self) -> dict[str, Any]:
        """What the statements may name."""
        given = {name: getattr(self.narrowing, name) for name in NARROWED}
        return {"library": self.library, "today": self.today, **given}


async def listing(
    viewer: PersonView,
    chosen: Filter,
    today: date,
    *,
    narrowing: Narrowing = ALL,
    page: int = 0,
    size: int = PAGE,
) -> ListView:
    """One page of the viewer's list, most urgent first; a page beyond the end is the last one."""
    asked = _Asked(library=viewer.library or 0, today=today, narrowing=narrowing)
    counts = await _counts(asked)
    page = min(max(page, 0), DEEPEST // size - 1)
    found = await _page(asked, chosen, page=page, size=size)
    if not found and page:
        page = await _last_page(asked, chosen, size)
        found = await _page(asked, chosen, page=page, size=size)
    total = counts[chosen]
    return ListView(
        filter=chosen,
        lines=await lines_of(found[:size], asked.library, today),
        page=page,
        pages=max(1, -(-total // size)) if total <= COUNTED_TO else None,
        more=len(found) > size,
        total=total,
        counts=counts,
        narrowing=narrowing,
    )


async def last_choice(person: int) -> ListChoice:
    """The list that the person opened last; the to-do list for somebody new."""
    row = await LastList.get_or_none(person_id=person)
    if row is None:
        return ListChoice()
    return ListChoice(filter=row.chosen, narrowing=Narrowing.read(row.narrowing), page=row.page)


async def _counts(asked: _Asked) -> dict[Filter, int]:
    columns = (f"{count_of(one, asked.narrowing, most=COUNTED_TO + 1)} AS {one}" for one in Filter)
    [counted] = await _rows("SELECT " + ", ".join(columns), asked)
    return {one: counted[one] for one in Filter}


async def _page(asked: _Asked, chosen: Filter, *, page: int, size: int) -> list[int]:
    """The ids of the page, and one more where there is a next one."""
    statement = page_of(chosen, asked.narrowing, offset=page * size, size=size + 1)
    return [row["id"] for row in await _rows(statement, asked)]


async def _last_page(asked: _Asked, chosen: Filter, size: int) -> int:
    total = count_of(chosen, asked.narrowing, most=DEEPEST)
    [counted] = await _rows("SELECT " + total + " AS total", asked)
    return int(max(0, -(-counted["total"] // size) - 1))


async def _rows(statement: str, asked: _Asked) -> list[dict[str, Any]]:
    return await sql.rows(*placed(statement, asked.values))


def placed(statement: str, values: dict[str, Any]) -> tuple[str, list[Any]]:
    """The statement with numbers for names, and the values that it names, in their order."""
    names = list(dict.fromkeys(re.findall(r":(\w+)", statement)))
    numbered = re.sub(r":(\w+)", lambda found: f"${names.index(found[1]) + 1}", statement)
    return numbered, [values[name] for name in names]


def page_of(chosen: Filter, narrowing: Narrowing, *, offset: int, size: int) -> str:
    """The ids of one page, in order."""
    rows = _first_rows(chosen, narrowing, limit=offset + size)
    return ONE_PAGE.format(rows=rows, order=SHAPES[chosen].order, size=size, offset=offset)


def count_of(chosen: Filter, narrowing: Narrowing, *, most: int) -> str:
    """How many rows the list has, counted up to `most`."""
    return COUNT.format(rows=_first_rows(chosen, narrowing, limit=most), most=most)


def _first_rows(chosen: Filter, narrowing: Narrowing, *, limit: int) -> str:
    """The first rows of the list, as many of each side: ids and what they are ordered by."""
    shape = SHAPES[chosen]
    return " UNION ALL ".join(_half(shape, side, narrowing, limit=limit) for side in shape.sides)


def _narrowed(shape: Shape, narrowing: Narrowing) -> Iterator[str]:
    named = narrowing.named
    if shape.where == OVER and narrowing.group is not None:
        # What is over is in one group: that is known without reading a row.
        del named["group"]
        yield TRUE if narrowing.group is Group.FINISHED else FALSE
    yield from (NARROWED[name] for name in named)


def _half(shape: Shape, side: Side, narrowing: Narrowing, *, limit: int) -> str:
    where = " AND ".join(["{side}_id = :library", shape.where, *_narrowed(shape, narrowing)])
    where = where.format(side=side, other=side.other)
    return HALF.format(columns=shape.columns, where=where, order=shape.order, limit=limit, side=side)
