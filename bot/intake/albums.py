"""The way in for albums: their pictures are stored one by one, and passed on when nothing more comes."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.hand import Hand
from handlers.desk import Desk
from handlers.telegram.albums import deliver
from models.operations import albums
from models.operations.albums import Whole

log = logging.getLogger(__name__)

LOOK = 30.0
"""Seconds after which the table is looked at again even if nobody woke us."""
AGAIN = 5.0
SHORTEST = 0.05


class AlbumIntake:
    """Delivers what has come whole. What waits is in the database, so a restart loses nothing."""

    def __init__(self, desk: Desk, *, wake: Callable[[], None], hand: Hand | None = None) -> None:
        self._desk = desk
        self._hand = hand or Hand()
        self._wake_outbox = wake
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """An update was done; it may have been a picture of an album."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the album in hand, take no other."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Work until stopped."""
        while not self._stopping:
            self._woken.clear()
            try:
                await self.sweep()
                wait = await self._wait()
            except Exception:
                log.exception("albums could not be read")
                wait = AGAIN
            if not self._stopping:
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()

    async def _wait(self) -> float:
        coming = await albums.next_whole(self._desk.machine())
        return LOOK if coming is None else min(LOOK, max(SHORTEST, coming - self._desk.machine()))

    async def sweep(self) -> None:
        """Deliver every album to which nothing came for long enough."""
        token = self._hand.token()
        for album in await albums.claim_whole(machine=self._desk.machine(), token=token):
            await self._do(album, token, self._desk.clock())
            self._wake_outbox()

    async def _do(self, album: Whole, token: str, now: datetime) -> None:
        try:
            await albums.finish(album, await deliver(album, self._desk, now), now, token=token)
        except Exception:
            log.exception("album %d failed", album.id)
            await albums.fail(album, now, again_at=self._desk.machine() + AGAIN)
