"""Bringing a database to the program's schema, and making the migrations that do it.

Each migration is one transaction under a lock, with its record; a process that comes second finds nothing
left to do. A SQLite file that holds data is copied first, beside itself: `<file>.before-<migration>`.

A new one is written by `python -m models.engines.migrate NAME`, from the tables as they are now; read it
before it is committed (a column that went and one of its type that came are taken for a renaming).
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.writer import MigrationWriter, format_migration_name
from tortoise.transactions import in_transaction

from models.engines.config import config, sqlite_path
from models.engines.creating import apply
from models.engines.lint import forbidden
from models.engines.schema import MigrationError, PostgresEditor, SqliteEditor

__all__ = ["MigrationError", "Standing", "check", "drift", "make", "migrate"]

TABLES = "models.tables"
MIGRATIONS = "models.migrations"
LOCK = 0x41424F4E  # "ABON": any number that nobody else uses for pg_advisory_xact_lock


@dataclass(frozen=True, slots=True)
class Standing:
    """A database against the program's migrations, in order; a newer program made the `unknown` ones."""

    applied: tuple[str, ...]
    pending: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def current(self) -> bool:
        return not self.pending and not self.unknown


async def check(url: str, *, tables: str = TABLES, migrations: str = MIGRATIONS) -> Standing:
    """How the database stands; changes nothing, and makes no SQLite file that is not there."""
    existing = "sqlite://:memory:" if _is_absent(url) else url
    async with _executor(existing, tables=tables, migrations=migrations) as executor:
        return await executor.standing()


async def migrate(url: str, *, tables: str = TABLES, migrations: str = MIGRATIONS) -> list[str]:
    """Apply what is pending; returns the names applied here.

    Raises MigrationError for a schema newer than the program and for a migration that would break a
    reference or lose a row; that one is rolled back.
    """
    async with _executor(url, tables=tables, migrations=migrations) as executor:
        standing = await executor.standing()
        if standing.unknown:
            raise MigrationError(
                f"the database knows {', '.join(standing.unknown)}: it needs a newer program"
            )
        if standing.pending and standing.applied and url.startswith("sqlite:"):
            await _copy(executor.connection, Path(f"{sqlite_path(url)}.before-{standing.pending[0]}"))
        applied = []
        while (name := await executor.advance()) is not None:
            applied.append(name)
        return applied


async def make(name: str, *, tables: str = TABLES, migrations: str = MIGRATIONS) -> Path | None:
    """Write the migration from the last one to the tables as they are; None when nothing changed.

    Raises MigrationError, and writes nothing, when it would do what `models.engines.lint` forbids.
    """
    writers = await _changes(tables=tables, migrations=migrations)
    if not writers:
        return None
    [writer] = writers
    writer.name = format_migration_name(int(writer.name[:4]), name)
    if faults := forbidden(writer.operations):
        raise MigrationError("; ".join(faults))
    return writer.write()


async def drift(*, tables: str = TABLES, migrations: str = MIGRATIONS) -> list[str]:
    """What the tables have and the migrations do not, a sentence each; empty when they agree."""
    writers = await _changes(tables=tables, migrations=migrations)
    return [operation.describe() for writer in writers for operation in writer.operations]


class Executor(MigrationExecutor):
    """Tortoise's reading of the migrations, with our editors and one transaction for change and record."""

    _reached: tuple[frozenset[MigrationKey], State] | None = None
    """The schema after the migration applied last here: to read it anew takes as long as to make it."""

    async def standing(self) -> Standing:
        await self.connection.execute_query("SELECT 1")  # the recorder takes a dead database for an empty one
        await self.loader.build_graph()
        known = [key.name for key in self._full_plan()]
        applied = [key.name for key in await self.recorder.applied_migrations()]
        return Standing(
            applied=tuple(name for name in known if name in applied),
            pending=tuple(name for name in known if name not in applied),
            unknown=tuple(name for name in applied if name not in known),
        )

    async def advance(self) -> str | None:
        """Apply the first pending migration; None when nothing is left."""
        async with in_transaction() as client:
            editor = (
                SqliteEditor(client) if client.capabilities.dialect == "sqlite" else PostgresEditor(client)
            )
            if editor.DIALECT == "postgres":  # on SQLite BEGIN IMMEDIATE is the lock
                await client.execute_query(f"SELECT pg_advisory_xact_lock({LOCK})")
            recorder = MigrationRecorder(client)
            await recorder.ensure_schema(editor)
            applied = set(await recorder.applied_migrations())
            key = next((key for key in self._full_plan() if key not in applied), None)
            if key is None:
                return None
            state = await self._standing_at(frozenset(applied))
            state = await apply(self.loader.disk_migrations[key], state, editor)
            await _verify(client)
            await recorder.record_applied(key.app_label, key.name)
        self._reached = frozenset({*applied, key}), state
        return key.name

    async def _standing_at(self, applied: frozenset[MigrationKey]) -> State:
        if self._reached is not None and self._reached[0] == applied:
            return self._reached[1]
        return await self._project_state(set(applied))

    async def _project_state(self, applied: set[MigrationKey], *, upto: MigrationKey | None = None) -> State:
        state = await super()._project_state(set())
        for key in self._full_plan():
            if key == upto:
                break
            if key in applied:
                state = await apply(self.loader.disk_migrations[key], state, None)
        return state


class Detector(MigrationAutodetector):
    """Compares what is stored. A description is not: that of an enum changes with each new member."""

    async def _project_state(self) -> State:
        return _bare(await super()._project_state())

    def _current_state(self) -> State:
        return _bare(super()._current_state())


def _bare(state: State) -> State:
    for model in state.models.values():
        for field in model.fields.values():
            field.description = None
    return state


@asynccontextmanager
async def _executor(url: str, *, tables: str, migrations: str) -> AsyncIterator[Executor]:
    settings = config(url, tables=tables, migrations=migrations)
    if url.startswith("sqlite:"):
        # Dropping a parent would delete its children; it cannot be switched inside a transaction.
        settings["connections"]["sqlite"]["credentials"]["foreign_keys"] = "OFF"
    async with TortoiseContext() as context:
        await context.init(config=settings)
        yield Executor(context.db(), settings["apps"])


async def _changes(*, tables: str, migrations: str) -> list[MigrationWriter]:
    settings = config("sqlite://:memory:", tables=tables, migrations=migrations)
    async with TortoiseContext() as context:
        await context.init(config=settings, init_connections=False)
        if context.apps is None:
            raise MigrationError(f"no tables in {tables}")
        return await Detector(context.apps, settings["apps"]).changes()


async def _verify(client: BaseDBAsyncClient) -> None:
    if client.capabilities.dialect != "sqlite":
        return
    broken = await client.execute_query_dict("PRAGMA foreign_key_check")
    if broken:
        pairs = sorted({f"{row['table']} → {row['parent']}" for row in broken})
        raise MigrationError(f"{len(broken)} rows would refer to nothing: {', '.join(pairs)}")
    [row] = await client.execute_query_dict("PRAGMA quick_check(1)")
    if row["quick_check"] != "ok":
        raise MigrationError(f"the file is damaged: {row['quick_check']}")


def _is_absent(url: str) -> bool:
    return url.startswith("sqlite:") and not Path(sqlite_path(url)).exists()


async def _copy(client: BaseDBAsyncClient, target: Path) -> None:
    """A consistent copy of the database; there whole or not at all."""
    partial = target.with_name(f"{target.name}.partial")
    await asyncio.to_thread(partial.unlink, missing_ok=True)
    await client.execute_query("VACUUM INTO ?", [str(partial)])
    await asyncio.to_thread(_keep, partial, target)


def _keep(partial: Path, target: Path) -> None:
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)


if __name__ == "__main__":
    made = asyncio.run(make(sys.argv[1]))
    sys.stdout.write(f"{made or 'Nothing changed.'}\n")
