"""One SQLite connection and the thread that may touch it, and the jobs it is given."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]
Values = Sequence[Any]


class Connection:
    """One SQLite connection and the one thread that may touch it; jobs run in the order they were given."""

    def __init__(self, path: str, pragmas: Mapping[str, str], *, after: "Connection | None" = None) -> None:
        self._path, self._pragmas, self._after = path, pragmas, after
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._opened: Future[sqlite3.Connection] = Future()
        threading.Thread(target=self._work, name="sqlite", daemon=True).start()

    def _work(self) -> None:
        with _Kept() as kept:
            self._opened.set_result(self._open())
        if kept.error is not None:
            self._opened.set_exception(kept.error)
        while (job := self._jobs.get()) is not None:
            job()
            del job  # while it waits the thread holds nothing of what is done

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

    def send(self, job: Job[Any]) -> None:
        """Put the job into the queue without waiting for it, or for what comes of it."""

        def run() -> None:
            with _Kept():
                job(self._opened.result())

        self._jobs.put(run)

    async def run(self, job: Job[T]) -> T:
        """A cancelled job that has not begun never runs; one that has begun runs to its end."""
        return await self._done(lambda: job(self._opened.result()))

    async def _done(self, work: Callable[[], T]) -> T:
        """Have the thread do the work. Futures of the standard pool cost twice as much."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def run() -> None:
            if not done.cancelled():
                told = _outcome(work, done)
                with suppress(RuntimeError):  # the loop was closed, and nobody waits
                    loop.call_soon_threadsafe(told)

        self._jobs.put(run)
        return await done

    def interrupt(self) -> None:
        """Stop the statement that is running now, if any."""
        if self._opened.done() and self._opened.exception() is None:
            self._opened.result().interrupt()

    async def close(self) -> None:
        """Close it after what is in the queue; nothing happens when it never opened."""
        try:
            await self._done(self._close)
        finally:
            self._jobs.put(None)

    def _close(self) -> None:
        if self._opened.exception() is None:
            self._opened.result().close()


def _outcome(work: Callable[[], T], done: asyncio.Future[T]) -> Callable[[], None]:
    """Do the work; what is returned tells what came of it to whoever waits, in their own thread."""
    with _Kept() as kept:
        result = work()
        return lambda: None if done.cancelled() else done.set_result(result)
    error = kept.error or RuntimeError("neither done nor failed")
    return lambda: None if done.cancelled() else done.set_exception(error)


class _Kept:
    """Keeps what is raised inside it, whatever that is: it is somebody else's to handle."""

    error: BaseException | None = None

    def __enter__(self) -> "_Kept":
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        self.error = error
        return True


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
