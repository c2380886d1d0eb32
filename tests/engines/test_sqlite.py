"""What only a file can do or lose."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tortoise.exceptions import OperationalError

from bot.database import database
from models.engines import sql, transaction
from models.engines.migrate import MigrationError, check
from models.engines.sqlite_thread import statements
from tests.engines.history import TABLES, History
from tests.engines.shelf import Book, Shelf
from tests.engines.test_migrate import ALTER, DROP, fill

TRIGGER = "CREATE TRIGGER shout AFTER UPDATE OF room ON shelf BEGIN UPDATE book SET title = 'moved; all'; END"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.sqlite"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite://{file}"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 10000),
        ("secure_delete", 2),
    ],
)
async def test_the_writer_is_opened_as_it_was_measured(url: str, pragma: str, value: object) -> None:
    async with database(url, tables=TABLES), transaction():
        [row] = await sql.rows(f"PRAGMA {pragma}")

    assert list(row.values()) == [value]


async def test_a_reader_refuses_to_write(url: str) -> None:
    async with database(url, tables=TABLES):
        found = await sql.rows("SELECT * FROM pragma_query_only")

    assert found == [{"query_only": 1}]


async def test_closing_folds_the_journal_into_the_file(url: str, file: Path, history: History) -> None:
    await history.apply(url)
    await fill(url)

    assert beside(file) == ["desk.sqlite"]


def beside(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.glob("desk*"))


async def test_a_file_that_cannot_be_opened_says_so_at_once(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="unable to open"):
        async with database(f"sqlite://{tmp_path}/no/such/desk.sqlite", tables=TABLES):
            raise AssertionError("it was opened")


async def test_a_moment_without_a_zone_is_refused(url: str, history: History) -> None:
    await history.apply(url)
    async with database(url, tables=TABLES):
        with pytest.raises(ValueError, match="time zone"):
            await sql.rows("SELECT $1 AS at", [datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None)])


async def test_a_script_inside_a_transaction_does_not_end_it(url: str, history: History) -> None:
    await history.apply(url)
    history.then("0002_trigger", f"Sql({TRIGGER!r})", "Sql('CREATE TABLE a (x); CREATE TABLE a (x)')")

    with pytest.raises(OperationalError):
        await history.apply(url)

    async with database(url, tables=TABLES):
        assert await sql.rows("SELECT name FROM sqlite_master WHERE name IN ('shout', 'a')") == []


def test_a_semicolon_inside_a_trigger_a_string_or_a_comment_ends_no_statement() -> None:
    expected = ["CREATE TABLE a (x);", "/* one; two */ INSERT INTO a VALUES (';');", f"{TRIGGER};"]

    assert [statement.strip() for statement in statements("\n".join(expected))] == expected


async def test_checking_makes_no_file(url: str, file: Path, history: History) -> None:
    standing = await check(url, tables=TABLES, migrations=history.package)

    assert standing.pending == ("0001_initial",)
    assert beside(file) == []


async def test_data_is_copied_aside_before_it_is_touched(url: str, file: Path, history: History) -> None:
    await history.apply(url)
    await fill(url)
    history.then("0002_drop", DROP)

    await history.apply(url)

    copy = sqlite3.connect(file.with_name("desk.sqlite.before-0002_drop"))
    assert copy.execute("SELECT facts FROM shelf").fetchall() == [("{}",), ("{}",)]
    copy.close()
    assert beside(file) == ["desk.sqlite", "desk.sqlite.before-0002_drop"]


async def test_an_empty_database_is_not_copied(url: str, file: Path, history: History) -> None:
    await history.apply(url)

    assert beside(file) == ["desk.sqlite"]


async def test_a_migration_that_leaves_orphans_is_undone(url: str, history: History) -> None:
    await history.apply(url)
    await fill(url)
    history.then("0002_orphans", "Sql(\"DELETE FROM shelf WHERE name = 'a'\")")

    with pytest.raises(MigrationError, match="2 rows would refer to nothing: book → shelf"):
        await history.apply(url)

    async with database(url, tables=TABLES):
        assert await Shelf.all().count() == 2


async def test_a_trigger_survives_and_still_works(url: str, history: History) -> None:
    history.then("0002_trigger", f"Sql({TRIGGER!r})")
    await history.apply(url)
    await fill(url)
    history.then("0003_alter", ALTER)

    await history.apply(url)

    async with database(url, tables=TABLES):
        await sql.execute("UPDATE shelf SET room = 'attic' WHERE name = 'a'")
        assert {book.title for book in await Book.all()} == {"moved; all"}


async def test_what_still_mentions_a_column_keeps_it_from_going(url: str, history: History) -> None:
    history.then("0002_trigger", f"Sql({TRIGGER!r})")
    await history.apply(url)
    history.then("0003_drop", "ops.RemoveField('Shelf', 'room')")

    with pytest.raises(MigrationError, match="shout"):
        await history.apply(url)


async def test_an_id_is_never_given_twice_even_after_a_rebuild(url: str, history: History) -> None:
    await history.apply(url)
    async with database(url, tables=TABLES):
        last = await Shelf.create(name="a")
        await last.delete()
    history.then("0002_alter", ALTER)

    await history.apply(url)

    async with database(url, tables=TABLES):
        assert (await Shelf.create(name="b")).id == last.id + 1


async def test_an_abandoned_read_stops_at_once(url: str, history: History) -> None:
    await history.apply(url)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS n FROM n"
    async with database(url, tables=TABLES), asyncio.timeout(20):
        for _ in range(6):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await sql.rows(endless)
        assert await Shelf.all().count() == 0
