"""The outbox at work: lease a row, word it for its reader as of now, deliver it, note what became of it."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.transports.result import AccountTrouble, Delivered, Held, Paused, Permanent, Result, Temporary
from models.operations import outbox
from models.operations.outbox import Leased
from models.rules.vocabulary import Channel

log = logging.getLogger(__name__)

POLL = 2.0
"""Seconds after which the table is looked at again: other processes write to it too."""
BATCH = 20
WORDING_ATTEMPTS = 5
SHUT_FOR = timedelta(minutes=15)
SHORTEST_PAUSE = 1.0
Clock = Callable[[], datetime]


class Carrier(Protocol):
    """One channel's way from a row to its target."""

    channel: Channel

    async def carry(self, row: Leased, now: datetime, /) -> Result | None:
        """Word and deliver a row; None when there is nothing to say any more."""

    async def gave_up(self, row: Leased, why: Permanent, now: datetime, /) -> None:
        """What follows when the target refused for good: the other channel, or somebody who is told."""

    async def shut(self, why: AccountTrouble, now: datetime, /) -> None:
        """What follows when the way itself is shut."""


class Worker:
    """Delivers one channel's rows until it is stopped. Rows of one target go one after another.

    `wakes` is called when a refusal may have written rows for other channels.
    """

    def __init__(self, carrier: Carrier, clock: Clock, *, wakes: Callable[[], None] = lambda: None) -> None:
        self._carrier = carrier
        self._clock = clock
        self._wakes = wakes
        self._woken = asyncio.Event()
        self._stopping = False
        self._silent_until = datetime.min.replace(tzinfo=UTC)

    def wake(self) -> None:
        """A row may have been written: look now."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is in hand, take nothing more."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Work until stopped; a database that is away for a moment is waited for."""
        while not self._stopping:
            self._woken.clear()
            try:
                delivered = await self.sweep()
            except Exception:
                log.exception("the outbox (%s) could not be read", self._carrier.channel)
                delivered = 0
            if not delivered:
                await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL):
                await self._woken.wait()

    async def sweep(self) -> int:
        """Deliver what is due now, once; returns how many rows were taken: none during a pause."""
        if self._clock() < self._silent_until:
            return 0
        rows = await outbox.claim(
            self._carrier.channel,
            now=self._clock(),
            machine=time.time(),
            token=secrets.token_hex(8),
            limit=BATCH,
        )
        await asyncio.gather(*(self._deliver(row) for row in rows))
        return len(rows)

    async def _deliver(self, row: Leased) -> None:
        """Deliver one row; whatever fails here keeps to it: its lease runs out, and it is tried again."""
        try:
            result = await self._carrier.carry(row, self._clock())
        except Exception as error:
            log.exception("notice %d could not be worded", row.id)
            settled = self._unworded(row, error)
        else:
            settled = self._settle(row, result, self._clock())
        try:
            await settled
        except Exception:
            log.exception("what became of notice %d could not be noted", row.id)

    async def _settle(self, row: Leased, result: Result | None, now: datetime) -> None:
        match result:
            case None:
                await outbox.bury(row, error="nothing to say any more", status="skipped")
            case Delivered(reference=reference):
                await outbox.finish(row, provider_id=reference[:200], now=now)
            case Temporary(reason=reason, retry_after=wait):
                await self._postpone(row, reason, wait, now)
            case Permanent():
                await self._give_up(row, result, now)
            case Paused(retry_after=wait, reason=reason):
                self._silent_until = now + timedelta(seconds=max(wait, SHORTEST_PAUSE))
                await self._pause(row, reason, self._silent_until)
            case Held(seconds=wait):
                until = now + timedelta(seconds=wait)
                await outbox.postpone(row, until=until, error=None, counted=False, holds=False)
            case AccountTrouble(reason=reason):
                await self._pause(row, reason, now + SHUT_FOR)
                await self._carrier.shut(result, now)
                self._wakes()

    async def _pause(self, row: Leased, reason: str, until: datetime) -> None:
        """All that waits in the channel waits with the row; it is not the row's failure."""
        await outbox.postpone(row, until=until, error=reason, counted=False)
        await outbox.pause(row.channel, until)

    async def _postpone(self, row: Leased, reason: str, wait: float | None, now: datetime) -> None:
        until = outbox.retry_at(row, now, asked=wait)
        if until is None:
            await self._give_up(row, Permanent(reason), now)
            return
        await outbox.postpone(row, until=until, error=reason)

    async def _give_up(self, row: Leased, why: Permanent, now: datetime) -> None:
        log.warning("notice %d refused: %s", row.id, why.reason)
        # In this order: what follows is written once however often it is tried, and a buried row is not.
        await self._carrier.gave_up(row, why, now)
        await outbox.bury(row, error=why.reason)
        self._wakes()

    async def _unworded(self, row: Leased, error: Exception) -> None:
        """The row is at fault, not its target: what waits behind it goes on."""
        now, reason = self._clock(), f"{type(error).__name__}: {error}"
        until = outbox.retry_at(row, now)
        if until is None or row.attempts + 1 >= WORDING_ATTEMPTS:
            await outbox.bury(row, error=reason)
            return
        await outbox.postpone(row, until=until, error=reason, holds=False)


class Outbox:
    """All the workers, one per channel that is switched on."""

    def __init__(self, carriers: Sequence[Carrier], clock: Clock) -> None:
        self.workers = [Worker(carrier, clock, wakes=self.wake) for carrier in carriers]

    def wake(self) -> None:
        """A transaction with notices was committed."""
        for worker in self.workers:
            worker.wake()

    def stop(self) -> None:
        """Finish what is in hand."""
        for worker in self.workers:
            worker.stop()
