"""PostgreSQL for tortoise: transactions that survive cancellation, and say so when nothing was kept."""

from contextlib import suppress
from types import TracebackType
from typing import Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import ConnectionWrapper, TransactionContext
from tortoise.backends.base_postgres.client import translate_exceptions
from tortoise.exceptions import TransactionManagementError

from models.engines.transactions import Nested, Outermost, Transaction, settle

PATIENCE = 30.0  # seconds for the server to answer BEGIN, COMMIT or ROLLBACK; then the connection is given up


class PostgresClient(AsyncpgDBClient):
    """Tortoise's pool, with transactions of our own."""

    def _in_transaction(self) -> TransactionContext:
        return self.transaction()

    def transaction(self) -> TransactionContext:
        return Outermost(PostgresTransaction(self))

    async def claim(self) -> Any:
        """A connection of the pool, for one transaction; given back with `free()`."""
        async with self._pool_init_lock:
            if self._pool is None:
                await self.create_connection(with_db=True)
            pool: Any = self._pool
        return await pool.acquire()

    async def free(self, connection: Any) -> None:
        """Back into the pool, which rolls back what is open and throws a broken connection away."""
        if self._pool:
            await self._pool.release(connection)

    @translate_exceptions
    async def change(self, query: str, values: Any = ()) -> int:
        """The number of rows the statement itself inserted, updated or deleted."""
        async with self.acquire_connection() as connection:
            status = await connection.execute(query, *values)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


class Held(ConnectionWrapper[Any]):
    """The transaction's connection for one statement; after its end, one of the pool's."""

    def __init__(self, client: "PostgresTransaction") -> None:
        super().__init__(client.turn, client)
        self._transaction = client
        self._pooled: Any = None

    async def __aenter__(self) -> Any:
        await self._transaction.turn.acquire()
        if not self._transaction.finished:
            return self.connection
        self._transaction.turn.release()
        self._pooled = self._transaction.parent.acquire_connection()
        return await self._pooled.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pooled is None:
            self._transaction.turn.release()
        else:
            await self._pooled.__aexit__(kind, error, trace)


class PostgresTransaction(Transaction, TransactionWrapper):
    """One transaction on one connection of the pool."""

    def __init__(self, parent: PostgresClient) -> None:
        TransactionWrapper.__init__(self, parent)
        self.fetch_inserted = parent.fetch_inserted
        self.parent = parent
        self.turn = self._lock
        self._names = []

    @property
    def finished(self) -> bool:
        return self._finalized

    def acquire_connection(self) -> Held:
        return Held(self)

    def _in_transaction(self) -> TransactionContext:
        return self.parent.transaction() if self._finalized else Nested(self)

    async def begin(self) -> None:
        self._connection = await self.parent.claim()
        try:
            await self._connection.execute("BEGIN", timeout=PATIENCE)
        except BaseException:
            await settle(self._abandon())
            raise

    @translate_exceptions
    async def commit(self) -> None:
        """Raises TransactionManagementError when PostgreSQL answers COMMIT with ROLLBACK."""
        async with self._lock:
            self._end()
            try:
                status = await self._connection.execute("COMMIT", timeout=PATIENCE)
            finally:
                await self.parent.free(self._connection)
        if status != "COMMIT":
            raise TransactionManagementError("a statement had failed before; nothing was kept")

    async def rollback(self) -> None:
        async with self._lock:
            self._end()
            await self._abandon()

    def _end(self) -> None:
        if self._finalized:
            raise TransactionManagementError("the transaction has already ended")
        self._finalized = True

    async def _abandon(self) -> None:
        # What cannot roll back is broken, and the pool drops it; the error that led here matters more.
        with suppress(Exception):
            await self._connection.execute("ROLLBACK", timeout=PATIENCE)
        await self.parent.free(self._connection)

    change = PostgresClient.change


client_class = PostgresClient
