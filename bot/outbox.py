"""The outbox at work: lease a row, word it for its reader as of now, deliver it, note what became of it."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from bot.hand import Hand
from bot.pace import Pace
from bot.transports.result import (
    AccountTrouble,
    Delivered,
    Flooded,
    Held,
    Moved,
    Paused,
    Permanent,
    Result,
    Temporary,
)
from models.engines.trouble import is_away
from models.operations import outbox
from models.operations.outbox import Leased
from models.rules.vocabulary import Channel

log = logging.getLogger(__name__)

POLL = 2.0
"""Seconds after which the table is looked at again: other processes write to it too."""
SHORTEST_LOOK = 0.005


@dataclass(frozen=True, slots=True)
class Limits:
    """Deliveries under way at once, and the seconds that one may take. A lease lasts longer, to note it."""

    at_once: int
    longest: float

    @property
    def lease(self) -> float:
        """How long a row is held."""
        return self.longest + NOTING


NOTING = 30.0
LIMITS = {Channel.CHAT: Limits(20, 90.0), Channel.MAIL: Limits(4, 570.0)}
"""Chats are sent to side by side, mails one after another through one connection."""
JUMP = timedelta(seconds=5)
FLOOD_CHATS = 3
FLOOD_WITHIN = 10.0
"""So many chats that ask for silence within so many seconds: it is not about a chat any more."""
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

    Deliveries run beside one another, so that one that takes long holds up nobody else's. `wakes` is called
    when a refusal may have written rows for other channels.
    """

    def __init__(
        self,
        carrier: Carrier,
        clock: Clock,
        *,
        hand: Hand | None = None,
        pace: Pace | None = None,
        wakes: Callable[[], None] = lambda: None,
    ) -> None:
        self._carrier = carrier
        self._limits = LIMITS[carrier.channel]
        self._clock = clock
        self._hand = hand or Hand()
        self._pace = pace
        self._wakes = wakes
        self._woken = asyncio.Event()
        self._stopping = False
        self._silent_until = datetime.min.replace(tzinfo=UTC)
        self._seen = datetime.min.replace(tzinfo=UTC)
        self._under_way = 0
        self._resting: deque[float] = deque()
        self._floods: deque[tuple[float, str]] = deque()

    def wake(self) -> None:
        """A row may have been written: look now."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is in hand, take nothing more."""
        self._stopping = True
        self._hand.leaving.set()
        self._woken.set()

    async def run(self) -> None:
        """Work until stopped; a database that is away for a moment is waited for."""
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                self._woken.clear()
                try:
                    rows = await self._claimed()
                except Exception:
                    log.exception("the outbox (%s) could not be read", self._carrier.channel)
                    rows = []
                for row in rows:
                    tasks.create_task(self._carried(row))
                if not rows:
                    await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience()):
                await self._woken.wait()

    def _patience(self) -> float:
        """Until a chat has rested or the pace leaves room again, if something may wait for that."""
        machine, patience = self._hand.machine(), POLL
        while self._resting and self._resting[0] <= machine:
            self._resting.popleft()
        if self._resting:
            patience = min(patience, self._resting[0] - machine)
        if self._pace is not None and (wait := self._pace.wait()):
            patience = min(patience, wait)
        return max(patience, SHORTEST_LOOK)

    async def sweep(self) -> int:
        """Deliver what is due now, once; returns how many rows were taken: none during a pause."""
        rows = await self._claimed()
        await asyncio.gather(*(self._carried(row) for row in rows))
        return len(rows)

    async def _claimed(self) -> list[Leased]:
        now = self._clock()
        await self._notice_jumps(now)
        free = self._limits.at_once - self._under_way
        if now < self._silent_until or free <= 0:
            return []
        room, most = (None, free) if self._pace is None else self._pace.room()
        rows = await outbox.claim(
            self._carrier.channel,
            now=now,
            machine=self._hand.machine(),
            token=self._hand.token(),
            limit=min(free, most) if most else free,
            lease=self._limits.lease,
            room=room,
        )
        self._under_way += len(rows)
        if self._pace is not None:
            await self._spent([row for row in rows if not row.unpaced], self._pace)
        return rows

    async def _notice_jumps(self, now: datetime) -> None:
        """A civil clock that is put back would make what is due wait until it catches up."""
        seen, self._seen = self._seen, now
        if seen - now > JUMP:
            log.warning("the clock went back by %s", seen - now)
            await outbox.redate(now, before=seen)

    async def _spent(self, rows: Sequence[Leased], pace: Pace) -> None:
        """The rest begins before the message leaves: another process may look meanwhile."""
        pace.spend(len(rows))
        for row in rows:
            until = self._hand.machine() + pace.rest(row.target)
            await outbox.rest(row.target, until=until)
            self._resting.append(until)

    async def _carried(self, row: Leased) -> None:
        try:
            await self._deliver(row)
        finally:
            self._under_way -= 1
            self._woken.set()

    async def _deliver(self, row: Leased) -> None:
        """Deliver one row; whatever fails here keeps to it: its lease runs out, and it is tried again."""
        what, patience = f"what became of notice {row.id}", NOTING
        try:
            async with asyncio.timeout(self._limits.longest):
                result = await self._carrier.carry(row, self._clock())
        except TimeoutError:
            result = Temporary(f"not done within {self._limits.longest:.0f} seconds")
        except Exception as error:
            log.exception("notice %d could not be worded", row.id)
            await self._hand.noted(partial(self._unworded, row, error), what, patience=patience)
            return
        await self._hand.noted(partial(self._settle, row, result), what, patience=patience)

    async def _settle(self, row: Leased, result: Result | None) -> None:
        now = self._clock()
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
            case Flooded(retry_after=wait, reason=reason):
                await self._quieten(row, reason, wait, now)
            case Moved(target=target):
                await outbox.move(row, target)
            case Held(seconds=wait):
                until = now + timedelta(seconds=wait)
                await outbox.postpone(row, until=until, error=None, counted=False, holds=False)
            case AccountTrouble(reason=reason):
                await self._pause(row, reason, now + SHUT_FOR)
                await self._carrier.shut(result, now)
                self._wakes()

    async def _quieten(self, row: Leased, reason: str, wait: float, now: datetime) -> None:
        """This chat is left alone for so long; when several ask for it at once, all of them are meant."""
        machine, wait = self._hand.machine(), max(wait, SHORTEST_PAUSE)
        self._floods.append((machine, row.target))
        while self._floods and self._floods[0][0] < machine - FLOOD_WITHIN:
            self._floods.popleft()
        if len({target for _, target in self._floods}) >= FLOOD_CHATS:
            await outbox.rest(outbox.EVERYBODY, until=machine + wait)
            self._silent_until = now + timedelta(seconds=wait)
        until = now + timedelta(seconds=wait)
        await outbox.postpone(row, until=until, error=reason, counted=False)

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
        if is_away(error):
            soon = now + timedelta(seconds=SHORTEST_PAUSE)
            await outbox.postpone(row, until=soon, error=reason, counted=False)
            return
        until = outbox.retry_at(row, now)
        if until is None or row.attempts + 1 >= WORDING_ATTEMPTS:
            await outbox.bury(row, error=reason)
            return
        await outbox.postpone(row, until=until, error=reason, holds=False)


class Outbox:
    """All the workers, one per channel that is switched on."""

    def __init__(
        self,
        carriers: Sequence[Carrier],
        clock: Clock,
        *,
        hand: Hand | None = None,
        pace: Pace | None = None,
    ) -> None:
        hand = hand or Hand()
        self.workers = [
            Worker(one, clock, hand=hand, pace=pace if one.channel is Channel.CHAT else None, wakes=self.wake)
            for one in carriers
        ]

    def wake(self) -> None:
        """A transaction with notices was committed."""
        for worker in self.workers:
            worker.wake()

    def stop(self) -> None:
        """Finish what is in hand."""
        for worker in self.workers:
            worker.stop()
