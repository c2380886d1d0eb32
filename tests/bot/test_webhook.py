"""The way in by webhook: proved by the secret, stored before it is acknowledged, the same once."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from bot.http.server import HttpServer, application
from bot.intake.telegram import TelegramIntake
from bot.intake.webhook import PROOF, WebhookIntake
from bot.sandbox.botapi import BotApi
from handlers.telegram.router import ALLOWED_UPDATES
from models.engines import sql
from models.tables import Update
from tests.desk import Desk, until
from tests.sandbox.in_process import InProcess

SECRET = "not-a-real-one"
TOKEN = "4242:embedded"


@dataclass
class Hook:
    """The program's server on a free port, somebody who posts to it, and the Bot API beside it."""

    intake: WebhookIntake
    api: BotApi
    address: str
    browser: aiohttp.ClientSession
    woken: list[bool] = field(default_factory=list)

    async def post(self, body: bytes, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {PROOF: secret}
        async with self.browser.post(self.address, data=BytesIO(body), headers=headers) as answer:
            return answer.status


def update(number: int, text: str = "hello", chat: int = 1001) -> bytes:
    message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


@pytest.fixture
async def hook(desk: Desk) -> AsyncIterator[Hook]:
    api = BotApi(token=TOKEN, now=lambda: desk.now)
    woken: list[bool] = []
    intake = WebhookIntake(
        Bot(TOKEN, session=InProcess(api)),
        "http://127.0.0.1/telegram/updates",
        SECRET,
        clock=lambda: desk.now,
        wake=lambda: woken.append(True),
    )
    async with (
        HttpServer(application([intake]), "127.0.0.1", 0) as server,
        aiohttp.ClientSession() as browser,
    ):
        address = f"http://127.0.0.1:{server.port}/telegram/updates"
        intake.url = address
        yield Hook(intake, api, address, browser, woken)


async def stored() -> list[tuple[int, int]]:
    return [(row.update_id, row.chat_id) for row in await Update.all().order_by("id")]


async def test_an_update_is_stored_and_then_acknowledged(hook: Hook) -> None:
    assert await hook.post(update(7)) == 200

    assert await stored() == [(7, 1001)]
    assert hook.woken == [True]


async def test_an_update_that_comes_twice_is_stored_once(hook: Hook) -> None:
    assert [await hook.post(update(7)), await hook.post(update(7, "other"))] == [200, 200]

    assert await stored() == [(7, 1001)]
    assert (await Update.get()).body["message"]["text"] == "hello"


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ə".encode().decode("latin-1")])
async def test_whoever_does_not_know_the_secret_is_refused(hook: Hook, secret: str | None) -> None:
    assert await hook.post(update(7), secret) == 401
    assert await stored() == []


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"7", b"{}", b'{"update_id":"7"}', b'{"update_id":true}', b"\xff" * 10),
        *(b'{"update_id":%d}' % 2**70, b"[" * 100_000),
    ],
)
async def test_what_is_no_update_is_refused_for_good(hook: Hook, body: bytes) -> None:
    assert await hook.post(body) == 400
    assert await stored() == []


async def test_what_is_too_large_is_refused(hook: Hook) -> None:
    assert await hook.post(update(7, "x" * 1_100_000)) == 413
    assert await stored() == []


@pytest.mark.parametrize("content", [None, [], {"chat": 7}, {"chat": {"id": "x"}}, {"chat": {"id": 2**70}}])
async def test_an_update_of_a_strange_shape_is_kept_all_the_same(hook: Hook, content: Any) -> None:
    assert await hook.post(json.dumps({"update_id": 7, "message": content}).encode()) == 200
    assert await stored() == [(7, 0)]


async def test_while_it_cannot_be_stored_it_is_not_acknowledged(hook: Hook) -> None:
    await sql.execute('ALTER TABLE "update" RENAME TO mislaid')
    assert await hook.post(update(7)) == 503

    await sql.execute('ALTER TABLE mislaid RENAME TO "update"')
    assert await hook.post(update(7)) == 200


async def test_telegram_is_told_the_address_the_secret_and_what_is_wanted(hook: Hook) -> None:
    hook.api.faults.server_error(times=1)
    hook.api.person(1001, first_name="Leyla").sends("waiting")

    await hook.intake.announce()

    info = hook.api.webhook.info()
    assert (info["url"], info["allowed_updates"]) == (hook.intake.url, sorted(ALLOWED_UPDATES))
    assert info["pending_update_count"]
    assert hook.intake.is_set


async def test_what_waited_at_a_webhook_is_polled_when_there_is_none_any_more(hook: Hook, desk: Desk) -> None:
    await hook.intake.announce()
    hook.api.person(1001, first_name="Leyla").sends("waiting")
    poll = TelegramIntake(hook.intake.bot, clock=lambda: desk.now, wake=lambda: None)

    await poll._without_webhook()
    await poll._once(None)

    assert hook.api.webhook.info()["url"] == ""
    await until(lambda: Update.exists(chat_id=1001))
