"""How a transaction begins and ends, told once for both engines.

Stock tortoise hands out a transaction before it has begun, and a cancellation then leaves the lock or the
connection taken for good. Here `begin()` either has begun or holds nothing, and an end is never cut short.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from itertools import count
from types import TracebackType
from typing import TypeVar

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.connection import ConnectionToken, get_connections

T = TypeVar("T")

_numbers = count(1)


async def settle(work: Coroutine[object, object, T]) -> T:
    """Await the work to its end, whatever cancellations arrive; the last of them is delivered after it."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as error:
            cancelled = error
    result = task.result()
    if cancelled is not None:
        raise cancelled
    return result


class Transaction(TransactionalDBClient, ABC):
    """A client whose statements belong to one transaction; afterwards it hands them to its parent.

    A task that was started inside and lives on still sees this client, so it has to stay usable.
    `begin()` holds nothing when it raises; `commit()` and `rollback()` free what it took, whatever happens.
    """

    _names: list[str]

    @property
    @abstractmethod
    def finished(self) -> bool:
        """Whether the transaction was committed or rolled back."""

    async def savepoint(self) -> None:
        name = f"savepoint_{next(_numbers)}"
        await self.execute_script(f"SAVEPOINT {name}")
        self._names.append(name)

    async def release_savepoint(self) -> None:
        await self.execute_script(f"RELEASE SAVEPOINT {self._names.pop()}")

    async def savepoint_rollback(self) -> None:
        name = self._names.pop()
        await self.execute_script(f"ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}")


class Outermost(TransactionContext):
    """BEGIN to COMMIT; inside it the task's statements go to the transaction's client."""

    client: Transaction

    def __init__(self, client: Transaction) -> None:
        self.client = client
        self._token: ConnectionToken | None = None

    async def __aenter__(self) -> Transaction:
        await self.client.begin()
        self._token = get_connections().set(self.client.connection_name, self.client)
        return self.client

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            get_connections().reset(self._token)
        finally:
            if not self.client.finished:
                await settle(self.client.commit() if kind is None else self.client.rollback())


class Nested(TransactionContext):
    """A savepoint of the transaction that is already running."""

    client: Transaction

    def __init__(self, client: Transaction) -> None:
        self.client = client

    async def __aenter__(self) -> Transaction:
        await self.client.savepoint()
        return self.client

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.client.finished:
            work = self.client.release_savepoint() if kind is None else self.client.savepoint_rollback()
            await settle(work)
