"""What a tap asks of the database, from the wire to the answer: so many statements, and no more.

Each is a hop to the database's thread, and they are most of what a tap costs. A number that has to grow
grows here, with its reason.
"""

import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest

from bot.carriers import ChatCarrier
from bot.database import database
from bot.intake.telegram import TelegramIntake
from bot.intake.updates import UpdateWork
from bot.outbox import Worker
from bot.sandbox.botapi import BotApi, Server
from bot.settings import Settings
from bot.transports.telegram import TelegramTransport
from bot.wires import bot_of
from handlers import desk as doors
from handlers.telegram.router import dispatcher
from tests.desk import Desk
from tests.queries.test_statements import said

TOKEN = "4242:embedded"
COMMENT = {
    "INSERT update": 1,
    "UPDATE update": 2,  # claimed; done
    "SELECT conversation": 1,
    "SELECT person": 3,  # who writes; who acts, in the act's own transaction; whom it concerns
    "SELECT library": 1,
    "SELECT card": 2,  # which request the message shows; which cards follow
    "SELECT request": 2,  # the row, locked; the ground on which the act is done
    "INSERT event": 1,
    "UPDATE request": 1,
    "SELECT term": 1,
    "INSERT notice": 2,  # the partner's news, the answer
}
YES = {
    "INSERT update": 1,
    "UPDATE update": 2,
    "SELECT conversation": 2,  # read by the dispatcher; an open question ends with an act
    "DELETE conversation": 1,
    "SELECT person": 3,
    "SELECT library": 1,
    "SELECT card": 1,
    "SELECT request": 2,
    "INSERT event": 1,
    "UPDATE request": 1,
    "INSERT notice": 2,
}
ANSWER = {
    "UPDATE notice": 3,  # claimed; sent; nothing else is due
    "SELECT person": 1,
    "SELECT library": 2,  # the reader's hour; the name that the help tells
}


@dataclass
class Chat:
    """The program's parts, each driven by hand, on one connection."""

    desk: Desk
    api: BotApi
    intake: TelegramIntake
    updates: UpdateWork
    worker: Worker
    offset: int | None = None

    async def handles(self) -> None:
        """Whatever has come in: stored, and done once its answers are rows."""
        self.offset = await self.intake._once(self.offset)
        for arrival in await self.updates._taken("t"):
            await self.updates.handle(arrival, "t")

    async def settles(self) -> None:
        """The outbox empties."""
        while await self.worker.sweep():
            pass


@pytest.fixture
async def chat(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Chat]:
    """On SQLite alone: it tells each statement."""
    api = BotApi(token=TOKEN, now=lambda: datetime.now(UTC))
    async with Server(api) as server, database(f"sqlite://{shutil.copy(migrated_file, tmp_path)}"):
        desk = await Desk(now=datetime.now(UTC)).open()
        async with bot_of(Settings(bot_token=TOKEN, bot_api=server.url)) as bot:
            door = dispatcher(doors.Desk(clock=lambda: desk.now, files=tmp_path))
            yield Chat(
                desk,
                api,
                TelegramIntake(bot, clock=lambda: desk.now, wake=lambda: None),
                UpdateWork(bot, door, clock=lambda: desk.now, wake=lambda: None),
                Worker(ChatCarrier(TelegramTransport(bot, tmp_path)), lambda: desk.now),
            )


@pytest.fixture
async def asked(chat: Chat) -> Chat:
    """Gulnar's phone shows a new request of Leyla's, whose phone is silent."""
    phone = chat.api.person(2001, first_name="Gulnar")
    phone.starts()
    await chat.desk.files()
    await chat.handles()
    await chat.settles()
    return chat


def told(statements: list[str]) -> dict[str, int]:
    """How often each table is read or written; a statement with triggers is told once for each of them."""
    return dict(Counter(_head(statement) for statement, _ in groupby(statements)))


def _head(statement: str) -> str:
    words = iter(re.findall(r"\w+", statement))
    verb = "UPDATE" if (first := next(words)) == "WITH" else first
    before = {"SELECT": "FROM", "INSERT": "INTO", "UPDATE": "UPDATE", "DELETE": "FROM"}[verb]
    named = re.search(rf"(?:^|\s|\)){before}\s+\"?(\w+)", OUTER.sub("", statement))
    return f"{verb} {named[1] if named else statement}"


OUTER = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
"""What stands in brackets: a table that is asked for there is none of the statement's own."""


async def test_a_comment_is_stored_done_and_told_of_in_so_many_statements(asked: Chat) -> None:
    phone = asked.api.people[2001]
    phone.sends("Anar", reply_to=phone.messages[-1].id)

    assert told(await said(asked.handles)) == COMMENT


async def test_an_act_is_stored_done_and_told_of_in_so_many_statements(asked: Chat) -> None:
    asked.api.people[2001].presses("We can supply")

    assert told(await said(asked.handles)) == YES


async def test_an_answer_is_claimed_worded_and_noted_in_so_many_statements(asked: Chat) -> None:
    asked.api.people[2001].sends("/help")
    await asked.handles()

    assert told(await said(asked.settles)) == ANSWER
