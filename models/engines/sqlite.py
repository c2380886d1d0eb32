"""SQLite for tortoise: one writer, several readers, transactions that survive cancellation.

Readers see the last commit and never wait for the writer (WAL). A transaction takes the write lock when it
begins (BEGIN IMMEDIATE), so that two processes queue up instead of failing half way. All that is stored as a
moment is stored in UTC: SQLite compares it as text.
"""

import asyncio
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from pypika_tortoise.dialects import SQLLiteQuery
from tortoise.backends.base.client import BaseDBAsyncClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient as Stock
from tortoise.backends.sqlite.executor import SqliteExecutor
from tortoise.backends.sqlite.schema_generator import SqliteSchemaGenerator
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from models.engines.sqlite_thread import Connection, Job, Values, begin, commit, fetch, fill, play
from models.engines.transactions import Nested, Outermost, Transaction

T = TypeVar("T")

READERS = 3
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "NORMAL",
    "busy_timeout": "10000",  # milliseconds; another process may be writing
    "foreign_keys": "ON",
    "secure_delete": "FAST",
}
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def _utc_text(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).isoformat(" ")


# After tortoise's executor has registered its own, which keeps the zone it was given.
sqlite3.register_adapter(datetime, _utc_text)


class Statements(BaseDBAsyncClient):
    """What tortoise asks of a client, each call one hop to the database thread."""

    executor_class = SqliteExecutor
    query_class = SQLLiteQuery
    schema_generator = SqliteSchemaGenerator
    capabilities = Stock.capabilities

    async def run(self, job: Job[T], *, reads: bool = False) -> T:
        raise NotImplementedError

    async def execute_insert(self, query: str, values: Values) -> int | None:
        with _told_to_tortoise():
            return await self.run(lambda connection: connection.execute(query, values).lastrowid)

    async def execute_query(self, query: str, values: Values | None = None) -> tuple[int, list[Any]]:
        with _told_to_tortoise():
            return await self.run(lambda connection: fetch(connection, query, values), reads=_reads(query))

    async def execute_many(self, query: str, values: Sequence[Values]) -> None:
        with _told_to_tortoise():
            await self.run(lambda connection: fill(connection, query, values))

    async def execute_script(self, query: str) -> None:
        with _told_to_tortoise():
            await self.run(lambda connection: play(connection, query))

    async def change(self, query: str, values: Values = ()) -> int:
        """The number of rows the statement itself inserted, updated or deleted."""
        return (await self.execute_query(query, values))[0]


class SqliteClient(Statements):
    """The writer and its readers. A file in memory has no readers: nobody else could see it."""

    def __init__(self, file_path: str, connection_name: str, **options: Any) -> None:
        super().__init__(connection_name, options.pop("fetch_inserted", True))
        self.filename = file_path
        self.pragmas = PRAGMAS | options
        self._writer: Connection | None = None
        self._count = 0 if ":memory:" in file_path else READERS
        self._readers: asyncio.Queue[Connection] = asyncio.LifoQueue()
        self._lock = asyncio.Lock()

    async def create_connection(self, *_: object, **__: object) -> None:
        """Open the file; raises OperationalError when it cannot be opened."""
        with _told_to_tortoise():
            await self._opened().run(lambda _: None)
        await self._post_connect()

    def _opened(self) -> Connection:
        if self._writer is None:
            self._writer = writer = Connection(self.filename, self.pragmas)
            for _ in range(self._count):
                pragmas = {"busy_timeout": self.pragmas["busy_timeout"], "query_only": "ON"}
                self._readers.put_nowait(Connection(self.filename, pragmas, after=writer))
        return self._writer

    async def close(self) -> None:
        """Wait for what is running, then close; the last connection folds the journal into the file."""
        async with self._lock:
            writer, self._writer = self._writer, None
            if writer is None:
                return
            readers = [await self._readers.get() for _ in range(self._count)]
            for connection in (*readers, writer):
                await connection.close()

    async def db_create(self) -> None:
        """The file is made when it is opened."""

    def _in_transaction(self) -> TransactionContext:
        return self.transaction()

    def transaction(self) -> TransactionContext:
        return Outermost(SqliteTransaction(self))

    async def run(self, job: Job[T], *, reads: bool = False) -> T:
        writer = self._opened()
        if reads and self._count:
            return await self._read(job)
        async with self._lock:
            return await writer.run(job)

    async def _read(self, job: Job[T]) -> T:
        reader = await self._readers.get()
        try:
            return await reader.run(job)
        except asyncio.CancelledError:
            reader.interrupt()
            raise
        finally:
            self._readers.put_nowait(reader)

    async def claim(self) -> Connection:
        """The writer, for one transaction; given back with `free()`."""
        await self._lock.acquire()
        return self._opened()

    def free(self) -> None:
        self._lock.release()


class SqliteTransaction(Transaction, Statements):
    """One transaction on the writer."""

    def __init__(self, parent: SqliteClient) -> None:
        super().__init__(parent.connection_name, parent.fetch_inserted)
        self._parent: SqliteClient = parent
        self._names = []

    @property
    def finished(self) -> bool:
        return self._finalized

    def _in_transaction(self) -> TransactionContext:
        return self._parent.transaction() if self._finalized else Nested(self)

    async def run(self, job: Job[T], *, reads: bool = False) -> T:
        if self._finalized:
            return await self._parent.run(job, reads=reads)
        return await self._writer.run(job)

    async def begin(self) -> None:
        self._writer = await self._parent.claim()
        try:
            with _told_to_tortoise():
                await self._writer.run(begin)
        except BaseException:
            # The thread keeps the order: whoever gets the lock next begins after this rollback.
            self._writer.send(sqlite3.Connection.rollback)
            self._parent.free()
            raise

    async def commit(self) -> None:
        await self._end(commit)

    async def rollback(self) -> None:
        await self._end(sqlite3.Connection.rollback)

    async def _end(self, job: Job[None]) -> None:
        if self._finalized:
            raise TransactionManagementError("the transaction has already ended")
        self._finalized = True
        try:
            with _told_to_tortoise():
                await self._writer.run(job)
        finally:
            self._parent.free()


@contextmanager
def _told_to_tortoise() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error


def _reads(query: str) -> bool:
    head = query.lstrip()[:6].upper()
    return head == "SELECT" or (head.startswith("WITH") and not _WRITES.search(query))


client_class = SqliteClient
