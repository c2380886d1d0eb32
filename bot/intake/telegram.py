"""The way in from Telegram: stored before it is acknowledged, handled once, in order within a chat.

The stock loop confirms a batch while its handlers still run, so a kill loses them. Here `getUpdates` is
followed by a commit, and only then by the next offset; a worker per chat feeds the dispatcher; an update is
done when its answers are rows of the outbox.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from handlers.telegram.answers import Answers
from handlers.telegram.router import ALLOWED_UPDATES
from handlers.telegram.storage import ConversationStorage
from models.operations import inbox, outbox, traces
from models.operations.inbox import Arrival
from models.operations.outbox import Slip
from models.queries import parties
from models.rules.errors import Failed
from models.rules.vocabulary import Channel, NoticeKind

log = logging.getLogger(__name__)

LONG_POLL = 25
LONGEST_PAUSE = 30.0
AWAY = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)
"""Telegram cannot answer just now, which is no fault of the update that asked it for something."""
CONFLICT = "another program polls with the same token: stop one of the two"


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` whose answer stays as it came: what is stored is what Telegram sent."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int
    limit: int = 100
    allowed_updates: list[str]


class PollingConflict(Exception):
    """Two programs poll with one token (Bot API: error 409): the second one stops."""


class TelegramIntake:
    """Polls, stores, and has each chat's updates handled in their order."""

    def __init__(
        self, bot: Bot, door: Dispatcher, *, clock: Callable[[], datetime], wake: Callable[[], None]
    ) -> None:
        self._bot = bot
        self._door = door
        self._clock = clock
        self._wake = wake
        self._queues: dict[int, asyncio.Queue[Arrival]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._taken: set[int] = set()
        self._tasks: asyncio.TaskGroup | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._leaving = asyncio.Event()
        self._polled_at: float | None = None

    @property
    def polled_ago(self) -> float | None:
        """Seconds of machine time since the last successful poll, or since polling began; None before."""
        return None if self._polled_at is None else time.monotonic() - self._polled_at

    async def run(self) -> None:
        """Replay what was not done, then poll until cancelled. Leaving waits for what is in hand."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            await self.take_stored()
            self._polled_at = time.monotonic()
            try:
                await self._poll()
            finally:
                self._leaving.set()
                # A cancelled poll has confirmed nothing that is not stored; what is in hand is finished.
                await asyncio.shield(self.drained())
                for worker in self._workers:
                    worker.cancel()

    async def drained(self) -> None:
        """Until every update taken up so far is done."""
        await self._idle.wait()

    async def _poll(self) -> None:
        offset: int | None = None
        pause = 1.0
        while True:
            try:
                offset = await self._once(offset)
                pause = 1.0
            except TelegramConflictError as error:
                raise PollingConflict(CONFLICT) from error
            except TelegramUnauthorizedError:
                raise
            except (TelegramAPIError, OSError) as error:
                log.warning("polling: %s", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _once(self, offset: int | None) -> int | None:
        """One batch: fetch, store, commit, hand out. The next offset confirms only what is stored."""
        method = RawUpdates(offset=offset, timeout=LONG_POLL, allowed_updates=list(ALLOWED_UPDATES))
        batch = await self._bot(method, request_timeout=LONG_POLL + 10)
        self._polled_at = time.monotonic()
        if not batch:
            return offset
        arrivals = [_arrival(body) for body in batch]
        await inbox.store_updates(arrivals, self._clock())
        for arrival in arrivals:
            self._hand_out(arrival)
        return max(arrival.update_id for arrival in arrivals) + 1

    async def take_stored(self) -> None:
        """Take up what an earlier run stored and did not finish."""
        for arrival in await inbox.waiting_updates():
            self._hand_out(arrival)

    def _hand_out(self, arrival: Arrival) -> None:
        if arrival.update_id in self._taken or self._tasks is None:
            return
        self._taken.add(arrival.update_id)
        self._idle.clear()
        queue = self._queues.get(arrival.chat)
        if queue is None:
            queue = self._queues[arrival.chat] = asyncio.Queue()
            worker = self._tasks.create_task(self._work(arrival.chat, queue))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        queue.put_nowait(arrival)

    async def _work(self, chat: int, queue: asyncio.Queue[Arrival]) -> None:
        """One chat's updates, one after another, until none is left."""
        while not queue.empty():
            arrival = queue.get_nowait()
            await self._handle(arrival)
            self._taken.discard(arrival.update_id)
        self._queues.pop(chat, None)
        if not self._queues:
            self._idle.set()

    async def _handle(self, arrival: Arrival) -> None:
        """Handle until done: a failure is tried again at once, a poisoned update is set aside.

        While Telegram is away the update waits; on leaving it stays stored, for the next run.
        """
        pause = 1.0
        while True:
            try:
                await self._feed(arrival)
            except AWAY as error:
                log.warning("update %d waits: %s", arrival.update_id, error)
                self._storage().discard(arrival.chat)
                if await self._left_within(getattr(error, "retry_after", pause)):
                    return
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception as error:
                log.exception("update %d failed", arrival.update_id)
                self._storage().discard(arrival.chat)
                if await self._failed(arrival, error):
                    return
            else:
                return

    async def _left_within(self, seconds: float) -> bool:
        """Wait so long, or until the program leaves."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._leaving.wait()
        return self._leaving.is_set()

    async def _feed(self, arrival: Arrival) -> None:
        if await inbox.is_done(arrival.update_id):
            return
        handled = await self._door.feed_raw_update(self._bot, arrival.body)
        slips = handled.slips if isinstance(handled, Answers) else []
        open_now = self._storage().take(arrival.chat)
        await inbox.finish_update(arrival.update_id, slips, self._clock(), conversations=open_now)
        self._wake()

    async def _failed(self, arrival: Arrival, error: Exception) -> bool:
        """Count the failure; whose update is set aside is told so. True when there is no trying again."""
        failure = f"{type(error).__name__}: {error}"
        try:
            if not await inbox.fail_update(arrival.update_id, failure, self._clock()):
                return False
            await outbox.write([await _apology(arrival)], self._clock())
        except Exception:
            log.exception("the failure of update %d could not be noted", arrival.update_id)
            return await self._left_within(1.0)
        self._wake()
        return True

    def _storage(self) -> ConversationStorage:
        storage = self._door.fsm.storage
        if not isinstance(storage, ConversationStorage):
            raise TypeError("conversations live in the database")
        return storage


async def _apology(arrival: Arrival) -> Slip:
    person = await parties.person_in_chat(arrival.chat)
    return Slip(
        channel=Channel.CHAT,
        target=str(arrival.chat),
        kind=NoticeKind.REFUSAL,
        facts={"refusal": Failed().facts()},
        dedupe=f"failed:{arrival.update_id}",
        person=person.id if person else None,
    )


def _arrival(body: dict[str, Any]) -> Arrival:
    return Arrival(update_id=body["update_id"], chat=_chat(body), body=body)


def _chat(body: dict[str, Any]) -> int:
    """Taps queue under their message's chat, so that they stay in order with what is typed there."""
    for name in ALLOWED_UPDATES:
        content = body.get(name)
        if content:
            message = content.get("message") or content
            chat = message.get("chat") or content.get("from") or {}
            return int(chat.get("id", 0))
    return 0


async def introduce(bot: Bot) -> str:
    """Learn the bot's own name, for links that are made elsewhere."""
    me = await bot.get_me()
    await traces.learn("bot_name", me.username or "")
    return me.username or ""
