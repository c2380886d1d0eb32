"""The way in from Telegram: killed at any await, no tap is lost and none is done twice."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.fsm.context import FSMContext
from aiogram.types import Message
from tortoise.exceptions import OperationalError

from bot.hand import Hand
from bot.intake.telegram import PollingConflict, TelegramIntake, introduce
from bot.intake.updates import UpdateWork
from bot.sandbox.botapi import BotApi, Person
from handlers.telegram.answers import Answers
from handlers.telegram.storage import ConversationStorage
from models.engines import sql
from models.operations import inbox, requests, traces
from models.operations.intents import Intent
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Language, Say, Via
from models.tables import Conversation, Event, Notice, Update
from tests.bot.mortal import Life
from tests.desk import Desk, until
from tests.sandbox.in_process import InProcess

TOKEN = "4242:embedded"


@dataclass
class Wire:
    """The embedded server, a telephone on it, and programs that come and go."""

    desk: Desk
    request: int
    api: BotApi
    phone: Person
    heard: list[str] = field(default_factory=list)
    fails: Callable[[str], bool] = lambda _text: False
    woken: int = 0
    dead: list[str] = field(default_factory=list)
    alive: UpdateWork | None = None

    def door(self) -> Dispatcher:
        """A small door: each message is a comment, is counted in the conversation, and is answered."""
        door = Dispatcher(storage=ConversationStorage())
        door.message.register(self._comment)
        return door

    async def _comment(self, message: Message, state: FSMContext, event_update: object) -> Answers:
        text = message.text or ""
        self.heard.append(text)
        counted = (await state.get_data()).get("count", 0)
        await state.update_data(count=counted + 1)
        if self.fails(text):
            raise ValueError(text)
        intent = Intent(
            request=self.request,
            act=Act.COMMENT,
            actor=self.desk.people["leyla"],
            via=Via.TELEGRAM,
            key=f"{message.chat.id}:{message.message_id}",
            details=Details(note=text),
        )
        await requests.act(intent, self.desk.now)
        answers = Answers(
            update=event_update.update_id, chat=message.chat.id, person=None, language=Language.EN
        )
        answers.say(Say.COMMENT_KEPT)
        return answers

    def program(self) -> "Both":
        return Both(self, Bot(TOKEN, session=InProcess(self.api)))

    def wake(self) -> None:
        self.woken += 1

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        both = self.program()
        self.alive = both.work
        tasks = [asyncio.create_task(one) for one in both.runs()]
        try:
            yield
        finally:
            both.work.stop()
            tasks[0].cancel()
            await asyncio.wait(tasks)

    async def until_done(self) -> None:
        await until(self.is_done)

    async def is_done(self) -> bool:
        """What the last one that died has in hand is given back meanwhile, as `Minding` does."""
        for name in self.dead[-1:]:
            freed = await Update.filter(lease_token__startswith=name).update(
                lease_until=None, lease_token=None
            )
            if freed and self.alive is not None:
                self.alive.wake()
        return not self.api.updates.waiting and not await Update.exists(done_at=None)


class Both:
    """What polls and what works, as in one process."""

    def __init__(self, wire: Wire, bot: Bot) -> None:
        self.hand = Hand()
        self.work = UpdateWork(bot, wire.door(), clock=lambda: wire.desk.now, wake=wire.wake, hand=self.hand)
        self.poll = TelegramIntake(bot, clock=lambda: wire.desk.now, wake=self.work.wake)

    def runs(self) -> list[Coroutine[Any, Any, None]]:
        return [self.poll.run(), self.work.run()]


@pytest.fixture
async def wire(desk: Desk) -> Wire:
    request = (await desk.files()).request
    api = BotApi(token=TOKEN, now=lambda: desk.now)
    phone = api.person(1001, first_name="Leyla", language_code="az")
    return Wire(desk, request, api, phone)


async def notes() -> list[str]:
    return [row.details["note"] for row in await Event.filter(act=Act.COMMENT).order_by("id")]


async def answered() -> int:
    return await Notice.filter(dedupe__startswith="update:").count()


async def counted() -> int:
    row = await Conversation.get_or_none()
    return row.data["count"] if row else 0


async def test_what_is_written_is_done_in_its_order_and_answered(wire: Wire) -> None:
    for text in "abc":
        wire.phone.sends(text)

    async with wire.running():
        await wire.until_done()

    assert await notes() == ["a", "b", "c"]
    assert (await answered(), await counted()) == (3, 3)
    assert wire.woken == 3


async def test_killed_at_any_await_it_loses_nothing_and_does_nothing_twice(wire: Wire) -> None:
    """Process after process, each killed one await later than the one before, until one lives through it."""
    loop, died, written = asyncio.get_running_loop(), 0, 0
    while True:
        life = Life(("TelegramIntake.run", "UpdateWork.run", "UpdateWork._do"), lasts=died + 1)
        for text in ("a", "b"):
            wire.phone.sends(f"{text}{died}")
            written += 1
        loop.set_task_factory(life.factory)
        mortal = wire.program()
        tasks = [asyncio.create_task(one) for one in mortal.runs()]
        survived = await _ends_or_is_done(wire, life)
        await life.ends()
        loop.set_task_factory(None)
        assert all(task.done() for task in tasks)
        wire.dead.append(mortal.hand.name)
        async with wire.running():
            await wire.until_done()
        if survived:
            break
        died += 1

    assert died > 20
    assert await notes() == [f"{text}{number}" for number in range(died + 1) for text in ("a", "b")]
    assert (await answered(), await counted()) == (written, written)


async def _ends_or_is_done(wire: Wire, life: Life) -> bool:
    """Whether everything was done before the life was over."""

    async def either() -> bool:
        return life.is_over or await wire.is_done()

    await until(either)
    return not life.is_over


async def test_an_update_is_confirmed_only_once_it_is_stored(wire: Wire) -> None:
    wire.phone.sends("a")
    await sql.execute('ALTER TABLE "update" RENAME TO mislaid')
    intake = wire.program().poll

    with pytest.raises(Exception, match="update"):
        await intake._once(None)

    assert wire.api.updates.waiting
    await sql.execute('ALTER TABLE mislaid RENAME TO "update"')
    async with wire.running():
        await wire.until_done()
    assert await notes() == ["a"]


async def test_what_an_earlier_run_stored_is_done_first(wire: Wire) -> None:
    wire.phone.sends("a")
    await wire.program().poll._once(None)
    wire.phone.sends("b")

    async with wire.running():
        await wire.until_done()

    assert await notes() == ["a", "b"]


async def test_an_update_that_telegram_offers_again_is_done_once(wire: Wire) -> None:
    wire.phone.sends("a")
    both = wire.program()
    await both.poll._once(None)
    await both.poll._once(None)  # not confirmed yet, so it comes again

    async with wire.running():
        await wire.until_done()

    assert await notes() == ["a"]
    assert await Update.all().count() == 1


async def test_an_update_that_comes_again_before_others_confirms_none_of_them(wire: Wire) -> None:
    for number in range(120):
        wire.phone.sends(f"{number}")
    late = wire.api.updates.waiting[-1]
    wire.api.updates.repeat(late)
    poll = wire.program().poll

    offset = await poll._once(None)
    await poll._once(await poll._once(offset))

    assert await Update.all().count() == 120


async def test_chats_do_not_wait_for_one_another(wire: Wire) -> None:
    """The first chat's handler waits for the second chat's to be heard."""
    rauf = wire.api.person(1002, first_name="Rauf")
    wire.phone.sends("slow")
    rauf.sends("quick")
    heard_quick = asyncio.Event()

    class Slow(Wire):
        async def _comment(self, message: Message, state: FSMContext, event_update: object) -> Answers:
            if message.text == "slow":
                await asyncio.wait_for(heard_quick.wait(), 5)
            answers = await Wire._comment(self, message, state, event_update)
            heard_quick.set()
            return answers

    slow = Slow(wire.desk, wire.request, wire.api, wire.phone)
    async with slow.running():
        await slow.until_done()

    assert slow.heard == ["quick", "slow"]


async def test_a_poisoned_update_is_set_aside_after_three_and_the_chat_goes_on(wire: Wire) -> None:
    wire.fails = lambda text: text == "poison"
    wire.phone.sends("poison")
    wire.phone.sends("after")

    async with wire.running():
        await wire.until_done()

    assert wire.heard == ["poison", "poison", "poison", "after"]
    assert await notes() == ["after"]
    poisoned = await Update.all().order_by("id").first()
    assert poisoned is not None
    assert (poisoned.attempts, poisoned.failure) == (3, "ValueError: poison")
    assert await counted() == 1


async def test_a_failure_that_passes_is_forgotten(wire: Wire) -> None:
    wire.fails = lambda _text: len(wire.heard) < 3
    wire.phone.sends("a")

    async with wire.running():
        await wire.until_done()

    assert await notes() == ["a"]
    assert (await answered(), await counted()) == (1, 1)


async def test_a_conversation_is_written_with_the_finished_update_alone(wire: Wire) -> None:
    wire.phone.sends("a")
    both = wire.program()
    await both.poll._once(None)
    [arrival] = await inbox.claim_updates(machine=0, token="t", limit=1)
    await sql.execute("ALTER TABLE notice RENAME TO mislaid")

    with pytest.raises(OperationalError):
        await both.work._feed(arrival, "t")

    assert await counted() == 0
    await sql.execute("ALTER TABLE mislaid RENAME TO notice")


async def test_a_failure_waits_to_be_noted_while_the_database_is_away(wire: Wire) -> None:
    wire.fails = lambda _text: len(wire.heard) < 2
    wire.phone.sends("a")
    both = wire.program()
    await both.poll._once(None)
    [arrival] = await inbox.claim_updates(machine=Hand().machine(), token="t", limit=1)
    await sql.execute('ALTER TABLE "update" RENAME TO mislaid')
    handling = asyncio.create_task(both.work.handle(arrival, "t"))
    await asyncio.sleep(0.05)

    await sql.execute('ALTER TABLE mislaid RENAME TO "update"')
    await asyncio.wait([handling], timeout=5)

    assert (await Update.get()).attempts == 1
    async with wire.running():
        await wire.until_done()
    assert await notes() == ["a"]


async def test_of_two_programs_with_one_token_one_stops_and_says_why(wire: Wire) -> None:
    """Telegram ends the poll that was there first."""
    first = asyncio.create_task(wire.program().poll.run())
    await asyncio.sleep(0.05)

    async with wire.running():
        await asyncio.wait([first], timeout=5)

    assert isinstance(first.exception(), PollingConflict)


async def test_a_bot_learns_its_own_name(wire: Wire) -> None:
    name = await introduce(Bot(TOKEN, session=InProcess(wire.api)))

    assert await traces.known("bot_name") == name
