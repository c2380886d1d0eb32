"""Lists and searches beside a hundred thousand requests: right, and read from an index of their own."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tortoise.context import require_context

from bot.database import database
from models.engines import sql
from models.engines.migrate import migrate
from models.queries import lists
from models.queries.duplicates import asked_before
from models.queries.lists import count_of, listing, page_of, placed
from models.queries.parties import PersonView, person
from models.queries.search import IDENTIFIED, NEIGHBOURS, WORDS, Found, find
from models.rules import duplicates, searching
from models.rules.narrowing import Narrowing
from models.rules.vocabulary import Filter, Group, Service, Stage
from models.tables import Draft
from tests.postgres import Server
from tests.queries import generated
from tests.queries.generated import ANL, COLUMNS, NLRK, NLU, NOW, TODAY


@pytest.fixture(scope="session")
def archive_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a SQLite file with a hundred thousand requests; nobody writes to it."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("archive")))
    generated.fill_file(path)
    return f"sqlite://{path}"


@pytest.fixture(scope="session")
def archive_server(postgres: Server) -> str:
    """The same in PostgreSQL."""

    async def prepare(url: str) -> None:
        await migrate(url)
        await generated.fill_server(url)

    return postgres._address(asyncio.run(postgres.template("archive", prepare)))


@pytest.fixture(params=["archive_file", "archive_server"], ids=["sqlite", "postgres"])
def archive(request: pytest.FixtureRequest) -> str:
    """The address of the archive, once in each dialect."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def viewer(archive: str) -> AsyncIterator[PersonView]:
    """Somebody of ANL, connected to the archive."""
    async with database(archive):
        found = await person(1)
        assert found is not None
        yield found


Row = dict[str, Any]


@cache
def own_rows() -> Sequence[Row]:
    """Every request of ANL by column, oldest first."""
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in generated.generated().requests)
    return [row for row in rows if ANL in (row["requesting_id"], row["supplying_id"])]


def test_what_is_generated_is_what_the_rules_make() -> None:
    for number in (1, 8, 99, 54_321, 99_996):
        values = generated.values_of(number)
        parties = generated.PAIRS[number % len(generated.PAIRS)]
        named = dict.fromkeys((*searching.identifiers(values), *duplicates.keys(values)))

        assert generated.keys_of(number) == list(named)
        assert generated.key_of(number) == searching.search_key(
            values, number=generated.number_of(number), parties=parties
        )


def side(row: dict[str, Any]) -> str:
    return "requesting" if row["requesting_id"] == ANL else "supplying"


def belongs(row: dict[str, Any], chosen: Filter) -> bool:
    match chosen:
        case Filter.TO_DO:
            return row["waits_for"] in (side(row), "both")
        case Filter.MINE:
            return side(row) == "requesting" and row["ended_at"] is None
        case Filter.INCOMING:
            return side(row) == "supplying" and row["ended_at"] is None
        case Filter.OVERDUE:
            return row["stage"] == Stage.ON_LOAN and row["due"] < TODAY
        case Filter.DONE:
            return row["ended_at"] is not None


def fits(row: dict[str, Any], narrowing: Narrowing) -> bool:
    partner = row["supplying_id"] if side(row) == "requesting" else row["requesting_id"]
    return (
        narrowing.partner in (None, partner)
        and narrowing.service in (None, row["service"])
        and narrowing.group in (None, row[f"group_{side(row)}"])
    )


ORDERS = {
    Filter.TO_DO: lambda row: (not row["urgent"], row["turn_since"], row["id"]),
    Filter.MINE: lambda row: (-row["updated_at"].timestamp(), -row["id"]),
    Filter.INCOMING: lambda row: (-row["updated_at"].timestamp(), -row["id"]),
    Filter.OVERDUE: lambda row: (row["due"], row["id"]),
    Filter.DONE: lambda row: (-row["ended_at"].timestamp(), -row["id"]),
}


@cache
def listed(chosen: Filter) -> Sequence[Row]:
    """The whole list, in its order."""
    return sorted((row for row in own_rows() if belongs(row, chosen)), key=ORDERS[chosen])


def expected(chosen: Filter, narrowing: Narrowing) -> list[int]:
    """The first of its part, as many as are counted and one page more."""
    return [row["id"] for row in islice((row for row in listed(chosen) if fits(row, narrowing)), 106)]


NARROWINGS = (
    Narrowing(),
    Narrowing(service=Service.COPY),
    Narrowing(partner=NLRK, service=Service.LOAN),
    Narrowing(group=Group.ON_THE_WAY),
    Narrowing(group=Group.FINISHED),
    Narrowing(partner=NLU),
)


async def test_each_list_has_its_first_and_a_later_page_however_narrowed(viewer: PersonView) -> None:
    for narrowing in NARROWINGS:
        for chosen in Filter:
            wanted = expected(chosen, narrowing)
            for page in (0, 3):
                view = await listing(viewer, chosen, TODAY, narrowing=narrowing, page=page)
                at = view.page * lists.PAGE
                assert [line.id for line in view.lines] == wanted[at : at + lists.PAGE]
                assert view.page == (page if len(wanted) > page * lists.PAGE else max(0, view.pages or 1) - 1)
            assert view.total == min(len(wanted), lists.COUNTED_TO + 1)


async def test_no_page_lies_deeper_than_a_thousand_lines(viewer: PersonView) -> None:
    view = await listing(viewer, Filter.DONE, TODAY, page=10**9)

    assert (view.page + 1) * lists.PAGE <= lists.DEEPEST
    assert view.lines


SPELLINGS = {
    "Gəncəvi": ("Gencevi", "Гянджеви", "GƏNCƏVİ", "gəncəvı"),
    "Әуезов": ("Auezov", "Ауэзов", "ӘУЕЗОВ"),
    "Абай": ("Abay", "Abai", "ABAY"),
    "İsmayıl Şıxlı": ("ismayil sixli", "ISMAYIL ŞIXLI", "Исмаил Шыхлы"),
    "Түркістан тарихы": ("Turkistan tarihi", "тарихы Түркістан"),
}


@cache
def with_words(text: str) -> Sequence[int]:
    """The requests that have them all, newest first."""
    words = [f" {word} " for word in searching.words_of(text)]
    keys = ((row["id"], f" {row['search_key']} ") for row in reversed(own_rows()))
    return [number for number, key in keys if all(word in key for word in words)]


async def test_words_are_found_in_any_spelling_newest_first(viewer: PersonView) -> None:
    for written, spelled in SPELLINGS.items():
        wanted = with_words(written)
        assert len(wanted) > 20
        for words in (written, *spelled[:2]):
            for page in (0, 1):
                view = await find(viewer, words, TODAY, page=page)
                if view.how is Found.BY_WORDS:
                    assert [line.id for line in view.lines] == wanted[page * 10 : page * 10 + 10]
                    assert view.more
                else:
                    assert {line.id for line in view.lines} <= set(with_words(written.split()[-1]))


async def test_a_slip_finds_what_was_meant(viewer: PersonView) -> None:
    for typed, meant in {"Auezof": "Әуезов", "Gencewii": "Gəncəvi", "Кунанбаефф": "Кунанбаев"}.items():
        view = await find(viewer, typed, TODAY)

        assert view.how in (Found.NEARLY, Found.BY_WORDS)
        assert view.lines
        assert all(line.id in set(with_words(meant)) for line in view.lines[:3]), typed


async def test_a_number_an_identifier_and_nothing_of_other_libraries(viewer: PersonView) -> None:
    own, foreign = 28, 24
    isbn = generated.values_of(own)["isbn"]

    for words in (generated.number_of(own).lower(), isbn, f"ISBN {isbn}"):
        view = await find(viewer, words, TODAY)
        assert (view.how, [line.id for line in view.lines]) == (Found.EXACTLY, [own])
    asked = generated.values_of(foreign)
    for words in (generated.number_of(foreign), asked["isbn"], asked["title"]):
        assert foreign not in [line.id for line in (await find(viewer, words, TODAY)).lines]


async def test_what_was_asked_before_is_seen_at_once(viewer: PersonView) -> None:
    last = next(row for row in reversed(own_rows()) if row["requesting_id"] == ANL and row["ended_at"])
    draft = Draft(values=generated.values_of(last["id"]), supplying_id=NLRK, previous_id=None)

    asked = await asked_before(draft, ANL, NOW)

    assert asked is not None
    assert asked.request == last["id"]
    assert await asked_before(draft, NLU, NOW) is None


async def plan(statement: str, values: Sequence[object]) -> str:
    """How the database would go about it."""
    if sql.dialect() == "sqlite":
        found = await sql.rows(f"EXPLAIN QUERY PLAN {statement}", values)
        return "\n".join(row["detail"] for row in found)
    return "\n".join(row["QUERY PLAN"] for row in await sql.rows(f"EXPLAIN {statement}", values))


def statements() -> Iterator[tuple[str, Sequence[object]]]:
    given = {"library": ANL, "today": TODAY, "partner": NLRK, "service": "copy", "group": "on_the_way"}
    for chosen in Filter:
        for narrowing in NARROWINGS:
            yield placed(page_of(chosen, narrowing, offset=0, size=7), given)
            yield placed("SELECT " + count_of(chosen, narrowing, most=100), given)
    yield IDENTIFIED, ["isbn:9786000000080", ANL, 11, 0]
    yield NEIGHBOURS.format(grams="$2, $3"), [60, "_ao", "aoa"]


WHOLE_TABLE = ("SCAN request\n", "SCAN r\n", "SCAN term", "Seq Scan on request", "Seq Scan on term")


async def test_nothing_reads_a_whole_table(viewer: PersonView) -> None:
    for statement, values in statements():
        told = await plan(statement, values) + "\n"
        assert not any(fault in told for fault in WHOLE_TABLE), f"{statement}\n{told}"


async def test_words_are_looked_up_in_the_full_text_index(viewer: PersonView) -> None:
    spoken = sql.dialect()
    asked = '"q1" AND "tarihi"' if spoken == "sqlite" else "q1 & tarihi"

    told = await plan(WORDS[spoken], [asked, 11, 0])

    assert ("VIRTUAL TABLE INDEX" if spoken == "sqlite" else "Bitmap Index Scan on request_search") in told


@asynccontextmanager
async def heard() -> AsyncIterator[list[str]]:
    """Every statement that SQLite's readers were given; the index asks some of its own tables, unheard."""
    client: Any = require_context().db()
    said: list[str] = []
    readers = [client._readers.get_nowait() for _ in range(client._count)]

    async def listen(to: Any) -> None:
        for reader in readers:
            await reader.run(lambda connection: connection.set_trace_callback(to))

    await listen(lambda statement: None if "'main'" in statement else said.append(statement))
    for reader in readers:
        client._readers.put_nowait(reader)
    try:
        yield said
    finally:
        await listen(None)


async def test_a_list_costs_eight_statements_and_so_does_a_search(archive_file: str) -> None:
    """Three find the page; five more bring the deadlines of its lines, however many there are."""
    async with database(archive_file):
        viewer = await person(1)
        assert viewer is not None
        async with heard() as said:
            await listing(viewer, Filter.TO_DO, TODAY)
            listed = len(said)
            await find(viewer, "Azərbaycan tarixi", TODAY)

    assert (listed, len(said) - listed) == (8, 8), said


def test_the_archive_is_large(archive_file: str) -> None:
    with sqlite3.connect(archive_file.removeprefix("sqlite://")) as connection:
        [counted] = connection.execute("SELECT count(*) FROM request").fetchone()

    assert counted == 100_000
