"""A database as one file, taken while others write, and put back where nothing is.

SQLite copies itself through its backup API in one step, which sees one moment and holds up no writer (WAL).
PostgreSQL is dumped by its own `pg_dump` from an exported snapshot, so that what we read beside it is of the
same moment.
"""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg

from bot.backup.archive import BackupError
from models.engines.config import sqlite_path
from models.engines.crew import whereabouts

WANTED = """
SELECT DISTINCT f.sha256 FROM file f JOIN attachment a ON a.file_id = f.id WHERE a.expired_at IS NULL
"""
PROGRAMS = "/usr/lib/postgresql"
"""Where Debian keeps PostgreSQL's programs, by version."""


@dataclass(frozen=True, slots=True)
class Dumped:
    """What was in the database at that moment."""

    wanted: tuple[str, ...]


async def dump(url: str, target: Path) -> Dumped:
    """Write the database into a file; raises BackupError when that cannot be done."""
    if url.startswith("sqlite:"):
        return await asyncio.to_thread(_dump_sqlite, Path(sqlite_path(url)), target)
    return await _dump_postgres(url, target)


def _dump_sqlite(source: Path, target: Path) -> Dumped:
    if not source.exists():
        raise BackupError(f"there is no database at {source}")
    with closing(sqlite3.connect(source, timeout=30)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there, pages=-1)
        there.execute("PRAGMA journal_mode = DELETE")
        return Dumped(tuple(sorted(row[0] for row in there.execute(WANTED))))


def damage_of_sqlite(path: Path) -> list[str]:
    """What is wrong with a copy of a SQLite database, a sentence each."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            [answer] = connection.execute("PRAGMA quick_check(1)").fetchone()
            found = [] if answer == "ok" else [f"the database is damaged: {answer}"]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [f"the database is damaged: {error}"]
    return [*found, *([f"{len(broken)} rows refer to nothing"] if broken else [])]


async def _dump_postgres(url: str, target: Path) -> Dumped:
    async with (
        _connected(url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
        rows = await connection.fetch(WANTED)
        with _place(url) as place:
            await _run(
                "pg_dump",
                *("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"),
                *(f"--file={target}", f"--dbname={place}"),
            )
    return Dumped(tuple(sorted(row["sha256"] for row in rows)))


async def damage_of_postgres(path: Path) -> list[str]:
    """What is wrong with a dump, a sentence each: it is read to its end, without a database."""
    try:
        await _run("pg_restore", "--file=/dev/null", str(path))
    except BackupError as error:
        return [f"the database is damaged: {error}"]
    return []


async def restore_postgres(path: Path, url: str) -> None:
    """All of it in one transaction, or nothing."""
    with _place(url) as place:
        await _run(
            "pg_restore",
            *("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"),
            *(f"--dbname={place}", str(path)),
        )


async def is_empty(url: str) -> bool:
    """Whether nothing is there that a restore would have to mix with."""
    if url.startswith("sqlite:"):
        return await asyncio.to_thread(_is_nothing, Path(sqlite_path(url)))
    async with _connected(url) as connection:
        tables = await connection.fetchval(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind IN ('r', 'v', 'S') AND n.nspname = current_schema()"
        )
        return not tables


def _is_nothing(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    """Raises BackupError where nothing answers. A driver's words may repeat the password."""
    try:
        connection = await asyncpg.connect(**whereabouts(url))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise BackupError(f"the database cannot be reached ({type(error).__name__})") from None
    try:
        yield connection
    finally:
        await connection.close()


@contextmanager
def _place(url: str) -> Iterator[str]:
    """The address as PostgreSQL's programs read it; the password in a file, for everybody sees processes."""
    where = whereabouts(url)
    parts = {
        "host": where.get("host"),
        "port": where.get("port"),
        "user": where.get("user"),
        "dbname": where.get("database"),
    }
    with tempfile.TemporaryDirectory() as directory:
        passfile = Path(directory) / "pgpass"
        with os.fdopen(os.open(passfile, os.O_WRONLY | os.O_CREAT, 0o600), "w") as stream:
            password = str(where.get("password") or "").replace("\\", "\\\\").replace(":", "\\:")
            stream.write(f"*:*:*:*:{password}\n")
        known = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in parts.items() if value)
        yield f"postgresql://?{known}&passfile={quote(str(passfile), safe='')}"


async def _run(name: str, *arguments: str) -> None:
    process = await asyncio.create_subprocess_exec(
        _program(name),
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        words = said.decode(errors="replace").strip().splitlines()
        raise BackupError(f"{name}: {words[0] if words else process.returncode}")


def _program(name: str) -> str:
    """The program on the path, else the newest of Debian's; raises BackupError without any."""
    found = shutil.which(name)
    if found is not None:
        return found
    versions = sorted(
        Path(PROGRAMS).glob(f"*/bin/{name}"), key=lambda path: [int(n) for n in path.parts[-3].split(".")]
    )
    if not versions:
        raise BackupError(f"{name} is needed: install PostgreSQL's client programs (postgresql-client)")
    return str(versions[-1])
