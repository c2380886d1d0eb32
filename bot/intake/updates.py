"""What came in from Telegram is done: of each chat one update after another, chats beside one another.

An update is done when its answers are rows of the outbox. Whoever handles it holds a lease: of several
processes each update has one, and what a dead or hanging one leaves is taken up by another.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

from bot.hand import Hand
from handlers.telegram.answers import Answers
from handlers.telegram.storage import ConversationStorage
from models.engines.trouble import is_away
from models.operations import inbox
from models.operations.inbox import Arrival
from models.operations.leases import LEASE
from models.operations.outbox import Slip
from models.queries import parties
from models.rules.errors import Failed
from models.rules.vocabulary import Channel, NoticeKind

log = logging.getLogger(__name__)

AWAY = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)
"""Telegram cannot answer just now, which is no fault of the update that asked it for something."""
POLL = 2.0
"""Seconds after which the table is looked at again, woken or not."""
AT_ONCE = 40
"""Chats whose updates are handled beside one another."""
LONGEST = 90.0
"""Seconds for one update, in which a scan is fetched; the rest of its lease is for noting what it came to."""
WAIT = 3.0


class UpdateWork:
    """Takes up stored updates and has the door handle them, until it is stopped."""

    def __init__(
        self,
        bot: Bot,
        door: Dispatcher,
        *,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        hand: Hand | None = None,
    ) -> None:
        self._bot = bot
        self._door = door
        self._clock = clock
        self._wake_others = wake
        self._hand = hand or Hand()
        self._woken = asyncio.Event()
        self._stopping = False
        self._under_way = 0

    def wake(self) -> None:
        """An update was stored: look now."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is in hand, take nothing more."""
        self._stopping = True
        self._hand.leaving.set()
        self._woken.set()

    async def run(self) -> None:
        """Work until stopped; returns when what is in hand is done."""
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                self._woken.clear()
                token = self._hand.token()
                arrivals = await self._taken(token)
                for arrival in arrivals:
                    tasks.create_task(self._do(arrival, token))
                if not arrivals:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(POLL):
                            await self._woken.wait()

    async def _taken(self, token: str) -> list[Arrival]:
        free = AT_ONCE - self._under_way
        if free <= 0:
            return []
        try:
            taken = await inbox.claim_updates(machine=self._hand.machine(), token=token, limit=free)
        except Exception:
            log.exception("the inbox could not be read")
            return []
        self._under_way += len(taken)
        return taken

    async def _do(self, arrival: Arrival, token: str) -> None:
        try:
            await self.handle(arrival, token)
        finally:
            self._under_way -= 1
            self._woken.set()

    async def handle(self, arrival: Arrival, token: str) -> None:
        """Handle once. A failure is counted, and a poisoned update set aside and its writer told.

        While Telegram or the database is away the update rests; on leaving it stays stored.
        """
        try:
            async with asyncio.timeout(LONGEST):
                await self._feed(arrival, token)
        except AWAY as error:
            await self._rests(arrival, token, error, seconds=getattr(error, "retry_after", WAIT))
        except Exception as error:
            log.exception("update %d failed", arrival.update_id)
            if is_away(error):
                await self._rests(arrival, token, error, seconds=1.0)
            else:
                await self._failed(arrival, token, error)

    async def _feed(self, arrival: Arrival, token: str) -> None:
        handled = await self._door.feed_raw_update(self._bot, arrival.body)
        slips = handled.slips if isinstance(handled, Answers) else []
        talks = self._storage().take(arrival.chat)
        await inbox.finish_update(arrival.update_id, slips, self._clock(), conversations=talks, token=token)
        self._wake_others()

    async def _rests(self, arrival: Arrival, token: str, error: Exception, *, seconds: float) -> None:
        log.warning("update %d waits: %s", arrival.update_id, error)
        self._storage().discard(arrival.chat)
        until = self._hand.machine() + seconds

        async def note() -> None:
            await inbox.rest_update(arrival.update_id, token, until=until)

        await self._hand.noted(note, f"the rest of update {arrival.update_id}", patience=LEASE - LONGEST)

    async def _failed(self, arrival: Arrival, token: str, error: Exception) -> None:
        """Count the failure; whose update is set aside is told so in the same transaction."""
        self._storage().discard(arrival.chat)
        failure = f"{type(error).__name__}: {error}"

        async def note() -> None:
            told = [await _apology(arrival)]
            await inbox.fail_update(arrival.update_id, failure, self._clock(), told=told, token=token)

        await self._hand.noted(note, f"the failure of update {arrival.update_id}", patience=LEASE - LONGEST)
        self._wake_others()

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
