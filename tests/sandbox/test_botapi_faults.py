"""Faults on demand, as a bot meets them."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

from bot.sandbox.botapi import BotApi, Fault, Person, Server
from tests.sandbox.conftest import connected, until


async def test_a_flood_names_its_seconds_and_ends(leyla: Person, api: BotApi, bot: Bot) -> None:
    api.faults.flood(7, times=2)
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter, match="Too Many Requests: retry after 7") as flooded:
            await bot.send_message(leyla.id, "x")
        assert flooded.value.retry_after == 7
    await bot.send_message(leyla.id, "x")
    assert (len(leyla.messages), api.faults.hits[Fault.FLOOD]) == (2, 2)


async def test_a_flood_of_one_chat_leaves_the_others_alone(leyla: Person, api: BotApi, bot: Bot) -> None:
    aigerim = api.person(1002, first_name="Aigerim")
    aigerim.starts()
    api.faults.flood(3, chat_id=leyla.id, times=None)
    await bot.send_message(aigerim.id, "x")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(leyla.id, "x")
    api.faults.clear()
    await bot.send_message(leyla.id, "x")


@pytest.mark.parametrize(("code", "sentence"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_a_server_error_comes_before_the_effect(
    leyla: Person, api: BotApi, bot: Bot, code: int, sentence: str
) -> None:
    api.faults.server_error(code=code, method="sendMessage")
    await bot.get_me()
    with pytest.raises(TelegramServerError, match=sentence):
        await bot.send_message(leyla.id, "x")
    assert len(leyla.messages) == 1


async def test_a_lost_answer_leaves_its_effect(leyla: Person, api: BotApi, bot: Bot) -> None:
    api.faults.lose_answer()
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(leyla.id, "x")
    assert [message.text for message in leyla.messages] == ["/start", "x"]
    assert (api.calls[-1].ok, api.faults.hits[Fault.LOST]) == (True, 1)


async def test_a_held_answer_times_out_after_its_effect(leyla: Person, api: BotApi, server: Server) -> None:
    api.faults.hold_answer()
    hasty = connected(server.url, seconds=1)
    with pytest.raises(TelegramNetworkError, match="Request timeout error"):
        await hasty.send_message(leyla.id, "x")
    assert leyla.messages[-1].text == "x"
    await hasty.session.close()


async def test_a_slow_server_answers_in_the_end(leyla: Person, api: BotApi, bot: Bot) -> None:
    api.faults.slow = 0.01
    await bot.send_message(leyla.id, "x")
    assert (leyla.messages[-1].text, api.faults.hits[Fault.SLOW]) == ("x", 1)


async def test_when_telegram_is_down_everything_fails_and_updates_wait(
    leyla: Person, api: BotApi, bot: Bot
) -> None:
    poll = asyncio.create_task(bot.get_updates(offset=200_000_000, timeout=30))
    await until(lambda: api.calls)
    api.faults.down = True
    for call in (poll, bot.send_message(leyla.id, "x"), bot.get_updates(timeout=30)):
        with pytest.raises(TelegramServerError, match="Bad Gateway"):
            await call
    leyla.sends("salam")
    api.faults.down = False
    assert [update.message.text for update in await bot.get_updates()] == ["salam"]


async def test_a_poll_under_way_does_not_hold_up_the_end(api: BotApi) -> None:
    async with Server(api) as server:
        bot = connected(server.url)
        poll = asyncio.create_task(bot.get_updates(timeout=50))
        await until(lambda: api.calls)
    with pytest.raises((TelegramServerError, TelegramNetworkError)):
        await poll
    await bot.session.close()


async def test_a_server_that_comes_back_still_knows_everything(api: BotApi) -> None:
    leyla = api.person(1, first_name="Leyla")
    async with Server(api):
        leyla.starts()
    leyla.sends("while it was gone")
    async with Server(api) as server:
        bot = connected(server.url)
        assert [update.message.text for update in await bot.get_updates()] == ["/start", "while it was gone"]
        await bot.session.close()
