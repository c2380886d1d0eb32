"""The way in from Telegram by webhook: 200 only after the update is stored.

Source: core.telegram.org/bots/api#setwebhook. Telegram repeats what is not answered with a 2xx and holds up
the chat meanwhile, so what can never be an update is refused with a 4xx and logged. Any balancer may stand
before several processes: an update that comes twice is stored once.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from aiohttp import web

from bot.intake.arrivals import arrival_of
from handlers.telegram.router import ALLOWED_UPDATES
from models.operations import inbox

log = logging.getLogger(__name__)

PROOF = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Octets of an update; the largest that Telegram makes is some tens of thousands."""
CONNECTIONS = 40
LONGEST_PAUSE = 60.0


@dataclass(slots=True)
class WebhookIntake:
    """Takes updates over HTTP. `announce` tells Telegram the address; until then `is_set` is False."""

    bot: Bot
    url: str
    secret: str = field(repr=False)
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    is_set: bool = False

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it answers: the path of the public address, whatever stands before it."""
        return [web.post(urlsplit(self.url).path or "/", self.take)]

    async def take(self, request: web.Request) -> web.Response:
        """Store one update. 401 without the secret, 400 for what is none, 503 while it cannot be stored."""
        given = request.headers.get(PROOF, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=401)
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        arrival = arrival_of(_read(await request.read()))
        if arrival is None:
            log.error("what came to the webhook is no update")
            return web.Response(status=400)
        try:
            await inbox.store_updates([arrival], self.clock())
        except Exception:
            log.exception("update %d could not be stored", arrival.update_id)
            return web.Response(status=503)
        self.wake()
        return web.Response()

    async def announce(self) -> None:
        """Tell Telegram where updates go and with which secret, until it has understood.

        What waits there is kept. Raises TelegramUnauthorizedError for a wrong token.
        """
        pause = 1.0
        while not self.is_set:
            try:
                await self.bot.set_webhook(
                    self.url,
                    secret_token=self.secret,
                    allowed_updates=list(ALLOWED_UPDATES),
                    max_connections=CONNECTIONS,
                    drop_pending_updates=False,
                )
                self.is_set = True
            except TelegramUnauthorizedError:
                raise
            except (TelegramAPIError, OSError) as error:
                log.warning("the webhook could not be set: %s", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def run(self) -> None:
        """Announce, then stay until cancelled: others do the work. The webhook stays set when this ends."""
        await self.announce()
        await asyncio.Event().wait()


def _read(body: bytes) -> object:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value
