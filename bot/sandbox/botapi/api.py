"""The Bot API without its wire: what a call does, and who may look at what it did."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Json, User
from bot.sandbox.botapi.faults import Fault, Faults
from bot.sandbox.botapi.methods import METHODS
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.person import Person
from bot.sandbox.botapi.state import State
from bot.sandbox.botapi.webhook import Webhook


@dataclass(slots=True)
class Call:
    """A call the bot made: its parameters, then either its result or why it was refused."""

    method: str
    params: Json
    result: object = None
    refusal: limits.ApiError | None = None

    @property
    def ok(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire, unless a fault keeps it."""

    status: int
    body: Json
    fault: Fault | None = None


class BotApi(State):
    """One bot with its people and chats.

    `now` is the civil clock of dates, of the 48 hours of deleteMessage and of old callback queries; long
    polling, typing and retries run on machine time.
    """

    def __init__(
        self,
        *,
        token: str,
        username: str = "abonement_bot",
        name: str = "Abonement",
        now: Callable[[], datetime],
    ) -> None:
        bot_id = int(token.partition(":")[0])
        super().__init__(me=User(bot_id, name, is_bot=True, username=username), now=now)
        self.token = token
        self.faults = Faults(self.updates)
        self.webhook = Webhook(self.updates, now)
        self.calls: list[Call] = []
        self.people: dict[int, Person] = {}
        self.profile.texts["name", ""] = name

    def person(
        self,
        user_id: int,
        *,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> Person:
        """The person with this number; the first call decides what they are called."""
        if user_id not in self.people:
            user = User(
                user_id, first_name, last_name=last_name, username=username, language_code=language_code
            )
            self.people[user_id] = Person(self, user)
        return self.people[user_id]

    def file(self, file_id: str) -> bytes:
        """The bytes of a file; raises LookupError for an unknown one. Has no limit of size."""
        found = self.files.by_id(file_id)
        if found is None:
            raise LookupError(file_id)
        return found.data

    async def call(self, method: str, params: Params) -> Answer:
        """Do what a bot asks, recorded and with the faults that are set."""
        call = Call(method, params.recorded())
        self.calls.append(call)
        try:
            call.result = await self._performed(method, params)
        except limits.ApiError as refusal:
            call.refusal = refusal
            return Answer(refusal.code, refusal.as_json())
        fault = self.faults.after(method, params.integer("chat_id"))
        return Answer(200, {"ok": True, "result": call.result}, fault)

    async def _performed(self, method: str, params: Params) -> object:
        if self.faults.slow:
            self.faults.hits[Fault.SLOW] += 1
            await asyncio.sleep(self.faults.slow)
        self.faults.before(method, params.integer("chat_id"))
        match method.lower():
            case "getupdates":
                return await self._poll(params)
            case "setwebhook":
                return self.webhook.set(params)
            case "deletewebhook":
                return self.webhook.delete(params)
            case "getwebhookinfo":
                return self.webhook.info()
            case name if name in METHODS:
                return METHODS[name](self, params)
        raise limits.ApiError(404, limits.NOT_FOUND)

    async def _poll(self, params: Params) -> object:
        if self.webhook.url:
            raise limits.conflict(limits.POLLED_WITH_WEBHOOK)
        allowed = params.strings("allowed_updates")
        if allowed is not None:
            self.updates.allow(allowed)
        limit = params.integer("limit", limits.UPDATES)
        found = await self.updates.poll(
            offset=params.integer("offset"),
            limit=min(max(limit, 1), limits.UPDATES),
            seconds=min(max(params.integer("timeout"), 0), limits.POLL_SECONDS),
        )
        return [update.as_json() for update in found]
