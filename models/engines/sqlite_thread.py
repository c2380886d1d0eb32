"""One SQLite connection and the thread that may touch it, and the jobs it is given."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]
Values = Sequence[Any]


class Connection:
    """One SQLite connection and the one thread that may touch it; jobs run in the order they were given."""

    def __init__(self, path: str, pragmas: Mapping[str, str], *, after: "Connection | None" = None) -> None:
        self._path, self._pragmas, self._after = path, pragmas, after
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._opened = self._thread.submit(self._open)

    def _open(self) -> sqlite3.Connection:
        if self._after is not None:  # the writer makes the file and its journal mode
            self._after.wait()
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        for name, value in self._pragmas.items():
            connection.execute(f"PRAGMA {name}={value}")
        return connection

    def wait(self) -> None:
        """Block the calling thread until it is open; raises what opening raised."""
        self._opened.result()

    def send(self, job: Job[T]) -> Future[T]:
        """Put the job into the queue without waiting for it."""
        return self._thread.submit(lambda: job(self._opened.result()))

    async def run(self, job: Job[T]) -> T:
        """A cancelled job that has not begun never runs; one that has begun runs to its end."""
        return await asyncio.wrap_future(self.send(job))

    def interrupt(self) -> None:
        """Stop the statement that is running now, if any."""
        if self._opened.done() and self._opened.exception() is None:
            self._opened.result().interrupt()

    async def close(self) -> None:
        """Close it after what is in the queue; nothing happens when it never opened."""
        try:
            await asyncio.wrap_future(self._thread.submit(self._close))
        finally:
            self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._opened.exception() is None:
            self._opened.result().close()


def fetch(connection: sqlite3.Connection, query: str, values: Values | None) -> tuple[int, list[Any]]:
    cursor = connection.execute(query, values or ())
    rows = cursor.fetchall()
    return (len(rows) if cursor.description else max(cursor.rowcount, 0)), rows


def fill(connection: sqlite3.Connection, query: str, values: Sequence[Values]) -> None:
    if connection.in_transaction:
        connection.executemany(query, values)
        return
    begin(connection)
    try:
        connection.executemany(query, values)
        commit(connection)
    except BaseException:
        connection.rollback()
        raise


def play(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: sqlite3's own executescript() commits the running transaction first."""
    for statement in statements(script):
        connection.execute(statement)


def statements(script: str) -> Iterator[str]:
    """The statements of a script; a semicolon in a string, a comment or a trigger's body ends none."""
    gathered = ""
    for piece in script.split(";"):
        gathered += f"{piece};"
        if sqlite3.complete_statement(gathered):
            if gathered.strip("; \n\t"):
                yield gathered
            gathered = ""
    if gathered.strip("; \n\t"):
        yield gathered


def begin(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")


def commit(connection: sqlite3.Connection) -> None:
    if not connection.in_transaction:  # a full disk, for one, makes SQLite roll back by itself
        raise sqlite3.OperationalError("SQLite rolled the transaction back; nothing of it was kept")
    try:
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
