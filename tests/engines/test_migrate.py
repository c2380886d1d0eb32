import asyncio
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError

from bot.database import database
from models.engines import sql
from models.engines.migrate import MigrationError, check, drift
from tests.engines.history import TABLES, History
from tests.engines.shelf import Book, Shelf

ALTER = "ops.AlterField('Shelf', 'room', fields.CharField(max_length=200, default='', db_index=True))"
DROP = "ops.RemoveField('Shelf', 'facts')"
CHECK = "ops.AddConstraint('Shelf', CheckConstraint(check=\"room <> 'x'\", name='room_is_not_x'))"
NULLABLE = "ops.AlterField('Shelf', 'name', fields.CharField(max_length=100, unique=True, null=True))"


async def fill(url: str) -> None:
    async with database(url, tables=TABLES):
        shelf = await Shelf.create(name="a", room="north")
        await Shelf.create(name="b", room="south")
        await Book.create(shelf=shelf, title="one")
        await Book.create(shelf=shelf, title="two")


async def indexes(table: str) -> set[str]:
    if sql.dialect() == "postgres":
        found = await sql.rows("SELECT indexname AS name FROM pg_indexes WHERE tablename = $1", [table])
    else:
        found = await sql.rows(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = $1", [table]
        )
    return {row["name"] for row in found}


async def test_a_new_database_gets_every_table_and_is_current(database_url: str, history: History) -> None:
    applied = await history.apply(database_url)

    standing = await check(database_url, tables=TABLES, migrations=history.package)
    assert applied == ["0001_initial"]
    assert standing.current
    assert standing.applied == ("0001_initial",)
    await fill(database_url)


async def test_a_second_run_has_nothing_to_do(database_url: str, history: History) -> None:
    await history.apply(database_url)

    assert await history.apply(database_url) == []


async def test_two_programs_that_start_together_apply_it_once(database_url: str, history: History) -> None:
    history.then("0002_alter", ALTER, DROP)

    applied = await asyncio.gather(history.apply(database_url), history.apply(database_url))

    assert sorted(name for names in applied for name in names) == ["0001_initial", "0002_alter"]


async def test_the_migration_from_the_tables_leaves_no_drift(history: History) -> None:
    assert await drift(tables=TABLES, migrations=history.package) == []


async def test_drift_tells_what_the_migrations_lack(history: History) -> None:
    history.then("0002_drop", DROP)

    assert await drift(tables=TABLES, migrations=history.package) == ["Add field facts to Shelf"]


async def test_a_description_is_no_drift(history: History) -> None:
    history.then(
        "0002_say", "ops.AlterField('Book', 'title', fields.CharField(max_length=100, description='new'))"
    )

    assert await drift(tables=TABLES, migrations=history.package) == []


@pytest.mark.parametrize("change", [ALTER, DROP, CHECK, NULLABLE])
async def test_children_survive_a_change_of_their_parent(
    database_url: str, history: History, change: str
) -> None:
    await history.apply(database_url)
    await fill(database_url)
    history.then("0002_change", change)

    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        found = await sql.rows(
            "SELECT s.name, b.title FROM book AS b JOIN shelf AS s ON s.id = b.shelf_id ORDER BY b.title"
        )
        assert found == [{"name": "a", "title": "one"}, {"name": "a", "title": "two"}]


@pytest.mark.parametrize("change", [ALTER, DROP, CHECK, NULLABLE])
async def test_keys_and_indexes_survive_a_change_of_the_table(
    database_url: str, history: History, change: str
) -> None:
    partial = "Sql(\"CREATE INDEX north_shelves ON shelf (name) WHERE room = 'north'\")"
    history.then("0002_partial", partial)
    await history.apply(database_url)
    await fill(database_url)
    async with database(database_url, tables=TABLES):
        before = await indexes("shelf")
    history.then("0003_change", change)

    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        assert await indexes("shelf") == before
        for twice in ("UPDATE shelf SET name = 'a'", "UPDATE shelf SET room = 'atrium'"):
            with pytest.raises(IntegrityError):
                await sql.execute(twice)
        with pytest.raises(IntegrityError):
            await sql.execute("UPDATE book SET shelf_id = 99")
        assert await sql.execute("DELETE FROM shelf WHERE name = 'a'") == 1
        assert await Book.all().count() == 0


async def test_a_check_of_the_model_holds_from_the_first_migration_on(
    database_url: str, history: History
) -> None:
    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        with pytest.raises(IntegrityError):
            await Shelf.create(name="")


async def test_a_check_can_come_and_go(database_url: str, history: History) -> None:
    await history.apply(database_url)
    await fill(database_url)
    history.then("0002_come", CHECK)
    await history.apply(database_url)
    async with database(database_url, tables=TABLES):
        with pytest.raises(IntegrityError):
            await sql.execute("UPDATE shelf SET room = 'x'")
    history.then("0003_go", "ops.RemoveConstraint('Shelf', name='room_is_not_x')")

    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        assert await sql.execute("UPDATE shelf SET room = 'x'") == 2


async def test_a_unique_key_can_go(database_url: str, history: History) -> None:
    await history.apply(database_url)
    await fill(database_url)
    history.then("0002_twins", "ops.AlterField('Shelf', 'name', fields.CharField(max_length=100))")

    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        assert await sql.execute("UPDATE shelf SET name = 'twin'") == 2


async def test_a_relation_can_come_and_go(database_url: str, history: History) -> None:
    await history.apply(database_url)
    await fill(database_url)
    field = "fields.ForeignKeyField('models.Shelf', null=True, related_name='lent', on_delete='SET NULL')"
    history.then("0002_come", f"ops.AddField('Book', 'home', {field})")
    history.then("0003_go", "ops.RemoveField('Book', 'shelf')")

    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        assert await sql.execute("UPDATE book SET home_id = (SELECT id FROM shelf WHERE name = 'b')") == 2
        await sql.execute("DELETE FROM shelf")
        titles = await sql.rows("SELECT * FROM book ORDER BY title")
        assert [(row["title"], row["home_id"]) for row in titles] == [("one", None), ("two", None)]


async def test_a_new_required_column_fills_the_rows_there_are(database_url: str, history: History) -> None:
    await history.apply(database_url)
    await fill(database_url)
    history.then("0002_level", "ops.AddField('Shelf', 'level', fields.IntField(db_default=1))")

    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        assert await sql.rows("SELECT level FROM shelf") == [{"level": 1}, {"level": 1}]


async def test_a_renamed_column_keeps_its_values(database_url: str, history: History) -> None:
    await history.apply(database_url)
    await fill(database_url)
    history.then("0002_rename", "ops.RenameField('Shelf', 'room', 'hall')")

    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        assert await sql.rows("SELECT hall FROM shelf WHERE name = 'a'") == [{"hall": "north"}]


async def test_sql_of_one_dialect_leaves_the_other_alone(database_url: str, history: History) -> None:
    history.then(
        "0002_sql", "Sql(sqlite=['CREATE TABLE only_here (a)'], postgres=['CREATE TABLE only_here ()'])"
    )
    await history.apply(database_url)

    async with database(database_url, tables=TABLES):
        assert await sql.rows("SELECT * FROM only_here") == []


async def test_a_failing_migration_leaves_no_trace(database_url: str, history: History) -> None:
    await history.apply(database_url)
    await fill(database_url)
    history.then("0002_breaks", "Sql('CREATE TABLE half (a INT)', \"UPDATE shelf SET name = 'same'\")")

    with pytest.raises(IntegrityError):
        await history.apply(database_url)

    standing = await check(database_url, tables=TABLES, migrations=history.package)
    async with database(database_url, tables=TABLES):
        assert {row["name"] for row in await sql.rows("SELECT name FROM shelf")} == {"a", "b"}
    assert standing.pending == ("0002_breaks",)


async def test_a_schema_of_a_newer_program_is_refused(
    database_url: str, history: History, tmp_path: Path
) -> None:
    history.then("0002_alter", ALTER)
    await history.apply(database_url)
    (tmp_path / history.package / "0002_alter.py").unlink()

    with pytest.raises(MigrationError):
        await history.apply(database_url)

    standing = await check(database_url, tables=TABLES, migrations=history.package)
    assert standing.unknown == ("0002_alter",)
    assert not standing.current
