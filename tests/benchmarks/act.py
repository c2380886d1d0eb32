"""A change of a request's stage, with its event and its notices, against the same rows by the driver."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.database import database
from models.engines.migrate import migrate
from models.rules.vocabulary import Act
from tests.benchmarks._rig import Line, line
from tests.desk import Desk

ROUNDS, ACTS, QUICK_ACTS = 5, 400, 40
COPY = 'INSERT INTO {table} ("{key}", {columns}) SELECT ?, {columns} FROM {table} ORDER BY id DESC LIMIT 1'


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Milliseconds of a comment, the smallest act that writes an event and tells it."""
    rounds, acts = (1, QUICK_ACTS) if quick else (ROUNDS, ACTS)
    found = [asyncio.run(_measured(acts)) for _ in range(rounds)]
    yield line(
        "act: an event, the version and what is told of it (SQLite)",
        [ours / acts * 1000 for ours, _ in found],
        baseline=[bare / acts * 1000 for _, bare in found],
        unit="ms",
    )


async def _measured(acts: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "desk.sqlite3"
        await migrate(f"sqlite://{path}")
        async with database(f"sqlite://{path}"):
            desk = await Desk(now=datetime.now(UTC)).open()
            request = (await desk.files()).request
            begun = time.perf_counter()
            for number in range(acts):
                await desk.act(request, Act.COMMENT, "leyla", note=f"note {number}")
            ours = time.perf_counter() - begun
        return ours, await asyncio.to_thread(_bare, path, request, acts)


def _bare(path: Path, request: int, acts: int) -> float:
    """The same three rows a transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")
        event = _copy(connection, "event", "key")
        notice = _copy(connection, "notice", "dedupe")
        begun = time.perf_counter()
        for number in range(acts):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(event, [f"bare-{number}"])
            connection.execute("UPDATE request SET version = version + 1 WHERE id = ?", [request])
            connection.execute(notice, [f"bare-{number}"])
            connection.execute("COMMIT")
        return time.perf_counter() - begun


def _copy(connection: sqlite3.Connection, table: str, key: str) -> str:
    """A statement that writes the newest row once more, under another key."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in {"id", key}]
    columns = ", ".join(f'"{name}"' for name in names)
    return COPY.format(table=table, key=key, columns=columns)
