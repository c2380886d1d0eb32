"""The way in from Telegram by long polling: stored before it is acknowledged.

The stock loop confirms a batch while its handlers still run, so a kill loses them. Here `getUpdates` is
followed by a commit, and only then by the next offset. Handling is the work of `bot.intake.updates`.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.intake.arrivals import arrival_of
from handlers.telegram.router import ALLOWED_UPDATES
from models.operations import inbox, traces

log = logging.getLogger(__name__)

LONG_POLL = 25
LONGEST_PAUSE = 30.0
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
    """Polls and stores. `wake` is called when something was stored."""

    def __init__(self, bot: Bot, *, clock: Callable[[], datetime], wake: Callable[[], None]) -> None:
        self._bot = bot
        self._clock = clock
        self._wake = wake
        self._polled_at: float | None = None

    @property
    def polled_ago(self) -> float | None:
        """Seconds of machine time since the last successful poll, or since polling began; None before."""
        return None if self._polled_at is None else time.monotonic() - self._polled_at

    async def run(self) -> None:
        """Poll until cancelled: a cancelled poll has confirmed nothing that is not stored.

        Raises PollingConflict when somebody else polls, and TelegramUnauthorizedError for a wrong token.
        """
        self._polled_at = time.monotonic()
        try:
            await self._poll()
        finally:
            self._polled_at = None

    async def _poll(self) -> None:
        offset: int | None = None
        has_webhook = True
        pause = 1.0
        while True:
            try:
                if has_webhook:
                    await self._without_webhook()
                    has_webhook = False
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
            except Exception:
                # What is not stored is not confirmed, and comes again.
                log.exception("what was polled could not be stored")
                await asyncio.sleep(pause)

    async def _without_webhook(self) -> None:
        """Beside a webhook that was left from before nobody may poll; what waits there is kept."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramNotFound:
            log.info("this Bot API server knows no webhooks")

    async def _once(self, offset: int | None) -> int | None:
        """One batch: fetch, store, commit, hand out. The next offset confirms only what is stored."""
        method = RawUpdates(offset=offset, timeout=LONG_POLL, allowed_updates=list(ALLOWED_UPDATES))
        batch = await self._bot(method, request_timeout=LONG_POLL + 10)
        self._polled_at = time.monotonic()
        arrivals = [one for one in map(arrival_of, batch) if one is not None]
        if not arrivals:
            return offset
        await inbox.store_updates(arrivals, self._clock())
        self._wake()
        # Of the last, not of the greatest: among updates that come a second time there may be later ones.
        return arrivals[-1].update_id + 1


async def introduce(bot: Bot) -> str:
    """Learn the bot's own name, for links that are made elsewhere."""
    me = await bot.get_me()
    await traces.learn("bot_name", me.username or "")
    return me.username or ""
