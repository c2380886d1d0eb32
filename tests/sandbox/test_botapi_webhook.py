"""Updates delivered by webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.sandbox.botapi import BotApi, Person
from tests.sandbox.conftest import until

SECRET = "not-a-real-one"


@dataclass
class Listener:
    """A webhook that writes down what it gets; it can refuse a chat's updates or keep them waiting."""

    url: str = ""
    got: list[tuple[str | None, dict]] = field(default_factory=list)
    refuses: set[int] = field(default_factory=set)
    gates: dict[int, asyncio.Event] = field(default_factory=dict)

    async def hook(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body))
        chat = body["message"]["chat"]["id"]
        if chat in self.gates:
            await self.gates[chat].wait()
        return web.Response(status=500 if chat in self.refuses else 200)

    @property
    def texts(self) -> list[str]:
        return [body["message"]["text"] for _, body in self.got]


@asynccontextmanager
async def listening(application: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener, application = Listener(), web.Application()
    application.router.add_post("/hook", listener.hook)
    async with listening(application) as listener.url:
        yield listener


async def test_updates_are_delivered_in_order_with_the_secret(
    leyla: Person, api: BotApi, bot: Bot, listener: Listener
) -> None:
    await bot.set_webhook(listener.url, secret_token=SECRET)
    leyla.sends("one")
    leyla.sends("two")
    await until(lambda: not api.updates.waiting)
    assert listener.texts == ["/start", "one", "two"]
    assert {proof for proof, _ in listener.got} == {SECRET}


async def test_a_refused_update_comes_again_and_holds_up_its_chat_alone(
    leyla: Person, api: BotApi, bot: Bot, listener: Listener
) -> None:
    api.webhook.retry_seconds = 0.01
    listener.refuses = {leyla.id}
    await bot.set_webhook(listener.url)
    leyla.sends("second")
    api.person(1002, first_name="Aigerim").sends("elsewhere")
    await until(lambda: "elsewhere" in listener.texts and listener.texts.count("/start") > 1)
    assert "second" not in listener.texts
    error = (await bot.get_webhook_info()).last_error_message
    assert error == "Wrong response from the webhook: 500 Internal Server Error"

    listener.refuses.clear()
    await until(lambda: not api.updates.waiting)
    assert listener.texts[-2:] == ["/start", "second"]


async def test_a_chat_that_is_slow_holds_up_no_other(
    leyla: Person, api: BotApi, bot: Bot, listener: Listener
) -> None:
    listener.gates[leyla.id] = asyncio.Event()
    await bot.set_webhook(listener.url)
    leyla.sends("later")
    api.person(1002, first_name="Aigerim").sends("now")
    await until(lambda: len(api.updates.waiting) == 2)
    assert sorted(listener.texts) == ["/start", "now"]
    listener.gates[leyla.id].set()
    await until(lambda: not api.updates.waiting)


async def test_an_absent_listener_is_told_and_updates_wait(leyla: Person, api: BotApi, bot: Bot) -> None:
    async with listening(web.Application()) as url:
        pass
    await bot.set_webhook(url)
    await until(lambda: "last_error_message" in api.webhook.info())
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (url, 1)
    assert info.last_error_message == "Connection failed: ClientConnectorError"


async def test_polling_and_a_webhook_exclude_each_other(api: BotApi, bot: Bot, listener: Listener) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await until(lambda: api.calls)
    await bot.set_webhook(listener.url)
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_pending_updates_are_dropped_on_request(
    leyla: Person, api: BotApi, bot: Bot, listener: Listener
) -> None:
    await bot.set_webhook(
        listener.url, drop_pending_updates=True, allowed_updates=["message"], max_connections=2
    )
    leyla.blocks()
    leyla.starts()
    await until(lambda: listener.got)
    info = await bot.get_webhook_info()
    assert listener.texts == ["/start"]
    assert (info.allowed_updates, info.max_connections) == (["message"], 2)


async def test_a_wrong_address_or_secret_is_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="bad webhook"):
        await bot.set_webhook("ftp://127.0.0.1/hook")
    with pytest.raises(TelegramBadRequest, match="secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1/hook", secret_token="ə")


async def test_the_stock_handler_may_answer_a_person_by_its_response(leyla: Person, bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> SendMessage:
        return message.answer(f"heard {message.text}")

    handler = SimpleRequestHandler(dispatcher, bot, secret_token=SECRET, handle_in_background=False)
    application = web.Application()
    handler.register(application, path="/hook")
    async with listening(application) as url:
        await bot.set_webhook(url, secret_token=SECRET)
        assert (await leyla.waits()).text == "heard /start"


async def test_a_json_answer_calls_a_method_and_a_wrong_one_is_overlooked(
    leyla: Person, api: BotApi, bot: Bot
) -> None:
    answers = [web.Response(text="{", content_type="application/json"), web.json_response([])]
    answers += [web.json_response({"method": "sendMessage", "chat_id": leyla.id, "text": "heard"})]
    application = web.Application()

    async def hook(request: web.Request) -> web.Response:
        return answers.pop(0)

    application.router.add_post("/hook", hook)
    leyla.sends("one")
    leyla.sends("two")
    async with listening(application) as url:
        await bot.set_webhook(url)
        assert (await leyla.waits()).text == "heard"
        await until(lambda: not api.updates.waiting)
