"""The desk's own schema, in both dialects."""

import shutil
from pathlib import Path

from tortoise.context import require_context

from bot.database import database
from models.engines import sql
from models.engines.lint import lint
from models.engines.migrate import check, drift
from models.engines.schema import SqliteEditor


async def test_the_migrations_make_the_tables_as_they_are() -> None:
    assert await drift() == []


async def test_a_migrated_database_is_current_and_opens(desk_url: str) -> None:
    standing = await check(desk_url)

    assert standing.current
    async with database(desk_url):
        pass


def test_no_migration_loses_data() -> None:
    assert lint() == []


TABLES = "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
"""Without the full-text index and what it keeps itself in: that is made anew, never altered."""


async def schema() -> dict[str, str]:
    """Everything the file declares, by name, without line breaks."""
    found = await sql.rows("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
    return {row["name"]: " ".join(row["sql"].split()).replace("( ", "(").replace(" )", ")") for row in found}


async def test_every_table_of_the_desk_can_be_rebuilt_as_it_was(migrated_file: Path, tmp_path: Path) -> None:
    async with database(f"sqlite://{shutil.copy(migrated_file, tmp_path)}"):
        editor = SqliteEditor(require_context().db())
        before = await schema()
        for row in await sql.rows(TABLES):
            await editor._rebuild(row["name"], await editor._definition(row["name"]))

        assert await schema() == before
