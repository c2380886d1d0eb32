"""What breaks around the desk: it waits, loses nothing, says so, and goes on."""

import asyncio
import os
import random
import resource
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from aiohttp import web

from bot.database import database
from bot.hand import Hand
from bot.http.server import HttpServer
from bot.intake.telegram import TelegramIntake
from bot.intake.updates import UpdateWork
from bot.sandbox.botapi import BotApi, Server
from bot.sandbox.mail import MailServer
from bot.sandbox.world import World
from bot.settings import Settings
from bot.transports.result import Temporary
from bot.transports.telegram import TelegramTransport
from bot.wires import bot_of
from handlers.telegram.answers import Answers
from handlers.telegram.storage import ConversationStorage
from handlers.text.rich import line
from handlers.text.screens import Screen
from models.operations import inbox, leases
from models.operations.inbox import Arrival
from models.rules.vocabulary import Act, Language, Say
from models.tables import Event, Notice, Update
from tests.desk import Desk, until
from tests.postgres import AbsentError, Own, own
from tests.torture.town import AUTHSERV, Town
from tests.torture.victim import Victim

PATIENCE = 60.0


soon = partial(until, within=PATIENCE)
"""For a process of its own on a busy machine."""


@pytest.fixture(scope="module")
def mortal_postgres() -> Iterator[Own]:
    try:
        with own() as server:
            yield server
    except AbsentError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


async def test_a_database_that_goes_away_and_comes_back_loses_nothing(
    mortal_postgres: Own, tmp_path: Path
) -> None:
    async with (
        mortal_postgres.database() as url,
        World(tmp_path, database_url=url, public=True) as world,
        aiohttp.ClientSession() as browser,
    ):
        phone = world.phone(101, "Aytən", language="en")
        phone.starts()
        await phone.waits(timeout=PATIENCE)
        # What was sent and is not noted yet would hold its chat for a lease.
        await world.settle()
        ready = f"{world.settings.public_url}/readyz"

        await mortal_postgres.goes()
        phone.sends("while it is away")
        async with browser.get(ready) as answer:
            assert answer.status == 503
            assert (await answer.json())["checks"]["database"] is False
        refused = await world.deliver(b"From: a@b.example\r\nTo: requests@abonement.example\r\n\r\nhello\r\n")
        assert 400 <= refused.code < 500

        await mortal_postgres.comes()
        await phone.waits(timeout=PATIENCE)
        await world.settle()
        assert [row.failure for row in await Update.filter(failure__not_isnull=True)] == []


@asynccontextmanager
async def town_of(directory: Path) -> AsyncIterator[Town]:
    token = f"{10**9 + secrets.randbelow(10**9)}:{secrets.token_hex(20)}"
    api = BotApi(token=token, now=lambda: datetime.now(UTC))
    async with Server(api) as server, MailServer(lambda: datetime.now(UTC)) as mail:
        settings = Settings(
            data_dir=directory,
            database_url=f"sqlite://{directory}/desk.sqlite3",
            bot_token=token,
            bot_api=server.url,
            mail_address="requests@abonement.example",
            smtp_url=f"smtp://{mail.address[0]}:{mail.address[1]}",
            authserv_id=AUTHSERV,
        )
        town = Town(api, mail, settings, random.Random(1), chats=3)
        await town.settles()
        yield town


async def test_a_full_disk_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    """The process may write no file any more, then it may again."""
    async with town_of(tmp_path) as town:
        victim = Victim(town.settings, tmp_path / "victim")
        victim.starts()
        await soon(victim.has_begun)
        town.types()
        async with database(town.settings.database):
            await soon(lambda: Event.exists(act=Act.COMMENT))
            resource.prlimit(victim.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            for _ in range(3):
                town.types()
            await asyncio.sleep(3)
            assert victim.is_alive
            assert await Event.filter(act=Act.COMMENT).count() == 1

            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(victim.pid, resource.RLIMIT_FSIZE, unlimited)

            async def is_done() -> bool:
                return await Event.filter(act=Act.COMMENT).count() == 4

            await soon(is_done)
            notes = Counter(row.details["note"] for row in await Event.filter(act=Act.COMMENT))
        victim.ends()
    assert notes == Counter(town.said)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"<html>502 Bad Gateway</html>",
        b"[]",
        b"7",
        b'{"ok": true}',
        b'{"ok": true, "result": 7}',
    ],
)
@pytest.mark.parametrize("status", [200, 502])
async def test_garbage_for_an_answer_is_tried_again(tmp_path: Path, body: bytes, status: int) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=body, status=status)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with HttpServer(app, "127.0.0.1", 0) as server:
        settings = Settings(bot_token="4242:embedded", bot_api=f"http://127.0.0.1:{server.port}")
        async with bot_of(settings) as bot:
            result = await TelegramTransport(bot, tmp_path).show(7, Screen(lines=[line("hello")]))
    assert isinstance(result, Temporary)


class Stuck:
    """A door whose first visitor never comes out, until somebody opens."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()
        self.entered = asyncio.Event()
        self.visits = 0

    def door(self) -> Dispatcher:
        door = Dispatcher(storage=ConversationStorage())
        door.message.register(self._visit)
        return door

    async def _visit(self, message: Message, event_update: object) -> Answers:
        self.visits += 1
        self.entered.set()
        if self.visits == 1:
            await self.opened.wait()
        answers = Answers(
            update=event_update.update_id, chat=message.chat.id, person=None, language=Language.EN
        )
        answers.say(Say.HELP)
        return answers


def message(number: int, chat: int) -> Arrival:
    body = {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 0,
            "chat": {"id": chat, "type": "private"},
            "from": {"id": chat, "is_bot": False, "first_name": "L"},
            "text": "hello",
        },
    }
    return Arrival(update_id=number, chat=chat, body=body)


async def test_what_a_hanging_worker_holds_is_done_by_another_and_once(desk: Desk) -> None:
    stuck, bot = Stuck(), Bot("4242:embedded")
    await inbox.store_updates([message(1, 1001)], desk.now)
    hangs = UpdateWork(bot, stuck.door(), clock=lambda: desk.now, wake=lambda: None)
    hanging = asyncio.create_task(hangs.run())
    await stuck.entered.wait()

    later = Hand(machine=lambda: Hand().machine() + leases.LEASE + 1)
    other = UpdateWork(bot, stuck.door(), clock=lambda: desk.now, wake=lambda: None, hand=later)
    working = asyncio.create_task(other.run())
    await until(lambda: Update.exists(done_at__not_isnull=True))

    stuck.opened.set()
    for one in (hangs, other):
        one.stop()
    await asyncio.wait([hanging, working])
    assert stuck.visits == 2
    assert await Notice.filter(dedupe__startswith="update:1:").count() == 1


async def test_polling_goes_on_when_what_was_polled_could_not_be_stored(desk: Desk) -> None:
    from models.engines import sql

    api = BotApi(token="4242:embedded", now=lambda: desk.now)
    api.person(1001, first_name="Leyla").sends("a")
    async with Server(api) as server:
        settings = replace(Settings(), bot_token="4242:embedded", bot_api=server.url)
        async with bot_of(settings) as bot:
            await sql.execute('ALTER TABLE "update" RENAME TO mislaid')
            polling = asyncio.create_task(
                TelegramIntake(bot, clock=lambda: desk.now, wake=lambda: None).run()
            )
            await asyncio.sleep(0.3)
            assert api.updates.waiting
            await sql.execute('ALTER TABLE mislaid RENAME TO "update"')
            await until(Update.exists)
            polling.cancel()
            await asyncio.wait([polling])
