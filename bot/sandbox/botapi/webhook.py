"""The other way to get updates: the server calls the bot.

Source: core.telegram.org/bots/api#setwebhook. As a server in `--local` mode it also calls plain HTTP
addresses on any port. Updates of one chat arrive one after another; one that is not taken with a 2xx is
tried again and holds up its chat alone.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime

import aiohttp

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Json
from bot.sandbox.botapi.params import Params, json_object
from bot.sandbox.botapi.updates import Update, Updates

SECRET = re.compile(rf"[A-Za-z0-9_-]{{0,{limits.SECRET_TOKEN}}}")
PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 40
Perform = Callable[[str, Params], Awaitable[object]]


class Webhook:
    """Where updates are delivered to, and how that went. `retry_seconds` is machine time."""

    def __init__(self, updates: Updates, now: Callable[[], datetime]) -> None:
        self.url = ""
        self.retry_seconds = 1.0
        self._secret = ""
        self._connections = CONNECTIONS
        self._last_error: tuple[int, str] | None = None
        self._updates = updates
        self._now = now
        self._busy: set[int] = set()

    def set(self, params: Params) -> object:
        """setWebhook. An empty address removes the webhook."""
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return self.delete(params)
        if not url.startswith(("https://", "http://")):
            raise limits.bad(limits.BAD_WEBHOOK)
        if not SECRET.fullmatch(secret):
            raise limits.bad(limits.BAD_PROOF)
        self.url, self._secret, self._last_error = url, secret, None
        self._connections = params.integer("max_connections", CONNECTIONS)
        self._updates.interrupt(limits.conflict(limits.POLLED_OVER))
        self._prepare(params)
        return True

    def delete(self, params: Params) -> object:
        """deleteWebhook."""
        self.url, self._secret, self._last_error = "", "", None
        self._prepare(params)
        return True

    def _prepare(self, params: Params) -> None:
        allowed = params.strings("allowed_updates")
        if allowed is not None:
            self._updates.allow(allowed)
        if params.flag("drop_pending_updates"):
            self._updates.clear()
        self._updates.arrived.set()

    def info(self) -> Json:
        """getWebhookInfo."""
        body: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.waiting),
        }
        if self.url:
            body["max_connections"] = self._connections
        if self._last_error is not None:
            body["last_error_date"], body["last_error_message"] = self._last_error
        if self._updates.allowed:
            body["allowed_updates"] = sorted(self._updates.allowed)
        return body

    async def run(self, perform: Perform) -> None:
        """Deliver until cancelled; `perform` does what a bot asks for in its answer."""
        async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
            while True:
                for update in self._deliverable():
                    self._busy.add(update.chat_id)
                    group.create_task(self._deliver(http, update, perform))
                self._updates.arrived.clear()
                await self._updates.arrived.wait()

    def _deliverable(self) -> list[Update]:
        """The first waiting update of each chat that has none on its way, as connections allow."""
        if not self.url:
            return []
        first: dict[int, Update] = {}
        for update in self._updates.waiting:
            first.setdefault(update.chat_id, update)
        ready = [update for chat, update in first.items() if chat not in self._busy]
        return ready[: max(0, self._connections - len(self._busy))]

    async def _deliver(self, http: aiohttp.ClientSession, update: Update, perform: Perform) -> None:
        try:
            problem = await self._post(http, update, perform)
            if problem is None:
                self._updates.confirm({update.id})
            else:
                self._last_error = int(self._now().timestamp()), problem
                await asyncio.sleep(self.retry_seconds)
        finally:
            self._busy.discard(update.chat_id)
            self._updates.arrived.set()

    async def _post(self, http: aiohttp.ClientSession, update: Update, perform: Perform) -> str | None:
        """None when the bot took the update, else what went wrong."""
        headers = {PROOF_HEADER: self._secret} if self._secret else {}
        try:
            async with http.post(self.url, json=update.as_json(), headers=headers) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                asked = await _asked(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"
        method = asked.pop("method", None)
        if isinstance(method, str):
            await perform(method, Params(asked))
        return None


async def _asked(response: aiohttp.ClientResponse) -> Json:
    """The parameters of the method that a bot calls by answering, empty if it calls none."""
    if response.content_type == "application/json":
        return json_object(await response.text())
    if response.content_type != "multipart/form-data":
        return {}
    result: Json = {}
    reader = aiohttp.MultipartReader.from_response(response)
    while (part := await reader.next()) is not None:
        if isinstance(part, aiohttp.BodyPartReader) and part.name:
            result[part.name] = await part.text()
    return result
