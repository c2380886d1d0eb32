"""The processes that work on one PostgreSQL, as each sees them through a connection of its own.

The connection holds an advisory lock for the process itself and one for each duty that only one of them may
have, and listens for what the others wrote. PostgreSQL gives it all back the moment the process is gone.
"""

import asyncio
import logging
import secrets
import zlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

import asyncpg
from tortoise.backends.base.config_generator import expand_db_url

log = logging.getLogger(__name__)

CHANNEL = "abonement"
CREW = 1094864718
"""The class ("ABON") of the advisory locks by which processes show that they are there, as in `THERE`."""
DUTIES = 0x41424F4F
LOOK = 1.0
"""Seconds after which a duty is asked for again, and the connection is tried."""
KNOWN = ("host", "port", "user", "password", "database", "ssl")

THERE = """
SELECT lpad(to_hex(l.objid::bigint), 8, '0') FROM pg_locks l
WHERE l.locktype = 'advisory' AND l.classid = 1094864718 AND l.objsubid = 2 AND l.granted
  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
"""
GONE = f"left(lease_token, 8) NOT IN ({THERE})"
"""Of a row with a lease: whoever holds it is not there any more."""


def whereabouts(url: str) -> dict[str, Any]:
    """A PostgreSQL address as asyncpg's own arguments, without tortoise's options."""
    credentials = expand_db_url(url)["credentials"]
    return {key: value for key, value in credentials.items() if key in KNOWN and value is not None}


class Crew:
    """One process among the others. `run` keeps the connection until cancelled; `joined` tells of it."""

    def __init__(self, url: str, *, heard: Callable[[str], None], works: bool = True) -> None:
        number = secrets.randbelow(2**31 - 1) + 1
        self.name = f"{number:08x}"
        self.joined = asyncio.Event()
        self._number = number
        self._heard = heard
        self._works = works
        self._lost = asyncio.Event()
        self._connection: Any = None
        self._turn = asyncio.Lock()
        self._where = whereabouts(url)

    async def run(self) -> None:
        """Stay in touch: a connection that breaks is made again, and duties are lost meanwhile."""
        while True:
            try:
                await self._stay()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("the crew's connection: %s", type(error).__name__)
            finally:
                await self._leave()
            await asyncio.sleep(LOOK)

    async def _stay(self) -> None:
        self._connection = connection = await asyncpg.connect(**self._where, timeout=10)
        ended = asyncio.Event()
        connection.add_termination_listener(lambda _: ended.set())
        if self._works:
            await connection.execute(f"SELECT pg_advisory_lock({CREW}, {self._number})")
        await connection.add_listener(CHANNEL, self._notified)
        self._lost.clear()
        self.joined.set()
        self._heard("")
        await ended.wait()

    async def _leave(self) -> None:
        connection, self._connection = self._connection, None
        self.joined.clear()
        self._lost.set()
        if connection is not None and not connection.is_closed():
            with suppress(Exception):
                connection.terminate()

    def _notified(self, _connection: object, _pid: int, _channel: str, payload: str) -> None:
        self._heard(payload)

    async def count(self) -> int:
        """How many processes are there that work, this one among them."""
        rows = await self._ask(THERE)
        return max(1, len(rows))

    async def alone_on(self, duty: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work while the duty is ours and no other process's; stand by otherwise.

        Returns when the work does, and raises what it raises.
        """
        while True:
            if await self._granted(duty) and await self._done_while_ours(work):
                return
            await asyncio.sleep(LOOK)

    async def _granted(self, duty: str) -> bool:
        await self.joined.wait()
        number = zlib.crc32(duty.encode()) & 0x7FFFFFFF
        try:
            [row] = await self._ask(f"SELECT pg_try_advisory_lock({DUTIES}, {number}) AS granted")
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        return bool(row["granted"])

    async def _done_while_ours(self, work: Callable[[], Awaitable[None]]) -> bool:
        working, lost = asyncio.ensure_future(work()), asyncio.ensure_future(self._lost.wait())
        try:
            await asyncio.wait((working, lost), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            await _over(working)
            raise
        finally:
            lost.cancel()
        if working.done():
            working.result()
            return True
        await _over(working)
        return False

    async def _ask(self, query: str) -> list[Mapping[str, Any]]:
        async with self._turn:
            if self._connection is None:
                raise asyncpg.InterfaceError("not connected")
            return list(await self._connection.fetch(query))


async def _over(working: "asyncio.Future[None]") -> None:
    working.cancel()
    await asyncio.wait((working,))
