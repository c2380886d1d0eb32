"""How calls travel: tokens, unknown methods, every way to give parameters, a bot in conversation."""

import json

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.filters import CommandObject, CommandStart
from aiogram.methods import TelegramMethod
from aiogram.types import Message

from bot.sandbox.botapi import BotApi, Person, Server
from tests.sandbox.conftest import connected, polling


async def test_an_echo_bot_on_the_stock_loop_answers(api: BotApi, bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"invited by {command.args}")

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.reply(message.html_text, parse_mode="HTML")

    leyla = api.person(1001, first_name="Leyla")
    async with polling(bot, dispatcher):
        leyla.starts("abc-123")
        greeting = await leyla.waits()
        asked = leyla.sends("Abay <joly> & more")
        echoed = await leyla.waits()

    assert greeting.text == "invited by abc-123"
    assert (echoed.text, echoed.reply_to) == ("Abay <joly> & more", leyla.chat.messages[asked])


async def test_get_me_tells_the_number_of_the_token(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username, me.first_name) == (4242, True, "abonement_bot", "Abonement")


async def test_a_wrong_token_is_unauthorized(server: Server) -> None:
    stranger = connected(server.url, token="4242:other")
    with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
        await stranger.get_me()
    await stranger.session.close()


async def test_an_unknown_method_is_not_found_rather_than_true(bot: Bot) -> None:
    class SendPoem(TelegramMethod[bool]):
        __returning__ = bool
        __api_method__ = "sendPoem"

    with pytest.raises(TelegramNotFound, match="Not Found"):
        await bot(SendPoem())


async def test_a_path_outside_the_api_is_a_json_404(server: Server, call) -> None:
    status, body = await call("getMe/more")
    assert (status, body) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


@pytest.mark.parametrize("verb", ["GET", "POST"])
async def test_parameters_come_in_the_query(leyla: Person, call, verb: str) -> None:
    await call("SendMessage", verb=verb, params={"chat_id": leyla.id, "text": "salam"})
    assert leyla.messages[-1].text == "salam"


KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"chat_id": "1001", "text": "salam", "reply_markup": json.dumps(KEYBOARD)}},
        {"json": {"chat_id": 1001, "text": "salam", "reply_markup": KEYBOARD}},
        {"json": {"chat_id": "1001", "text": "salam", "reply_markup": json.dumps(KEYBOARD)}},
        {"params": {"chat_id": "7"}, "json": {"chat_id": 1001, "text": "salam", "reply_markup": KEYBOARD}},
    ],
    ids=["urlencoded", "json", "json with texts", "body over query"],
)
async def test_parameters_come_in_the_body(leyla: Person, call, request_: dict[str, object]) -> None:
    status, body = await call("sendMessage", **request_)
    assert (status, body["ok"]) == (200, True)
    assert leyla.messages[-1].keyboard[0][0].callback_data == "y"


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ("{", "can't parse request body as JSON"),
        ('{"chat_id":1001,"text":"x","reply_markup":"{"}', "can't parse reply markup JSON object"),
    ],
)
async def test_json_that_is_none_is_refused(leyla: Person, call, body: str, description: str) -> None:
    status, answer = await call("sendMessage", data=body, headers={"Content-Type": "application/json"})
    assert (status, answer["description"]) == (400, f"Bad Request: {description}")


async def test_every_call_is_recorded_with_its_outcome(api: BotApi, leyla: Person, bot: Bot, call) -> None:
    await bot.send_message(leyla.id, "{salam}", disable_notification=True)
    await call("sendMessage", json={"chat_id": 5})

    sent, refused = api.calls
    assert sent.params == {"chat_id": "1001", "text": "{salam}", "disable_notification": "true"}
    assert (sent.ok, refused.ok, str(refused.refusal)) == (True, False, "Bad Request: chat not found")
