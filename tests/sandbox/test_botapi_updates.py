"""Getting updates by long polling."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from bot.sandbox.botapi import BotApi, Person
from tests.sandbox.conftest import until


async def test_updates_come_again_until_their_offset_confirms_them(leyla: Person, bot: Bot) -> None:
    leyla.sends("one")
    leyla.sends("two")
    first, second, third = await bot.get_updates()
    assert [update.message.text for update in (first, second, third)] == ["/start", "one", "two"]
    assert (second.update_id, third.update_id) == (first.update_id + 1, first.update_id + 2)
    assert await bot.get_updates(limit=1) == [first]
    assert await bot.get_updates(offset=second.update_id) == [second, third]
    assert await bot.get_updates() == [second, third]
    assert await bot.get_updates(offset=third.update_id + 1) == []


async def test_a_negative_offset_forgets_all_but_the_last(leyla: Person, bot: Bot) -> None:
    leyla.sends("one")
    leyla.sends("two")
    (last,) = await bot.get_updates(offset=-1)
    assert last.message.text == "two"
    assert await bot.get_updates() == [last]


async def test_a_batch_holds_no_more_than_a_hundred(leyla: Person, bot: Bot) -> None:
    for number in range(100):
        leyla.sends(str(number))
    assert len(await bot.get_updates(limit=1000)) == 100


async def test_a_poll_waits_for_the_first_update(leyla: Person, bot: Bot, api: BotApi) -> None:
    (started,) = await bot.get_updates()
    poll = asyncio.create_task(bot.get_updates(offset=started.update_id + 1, timeout=30))
    await until(lambda: len(api.calls) == 2)
    assert not poll.done()
    leyla.sends("salam")
    (update,) = await poll
    assert update.message.text == "salam"


async def test_a_poll_ends_empty_after_its_time(api: BotApi, bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == []


async def test_a_second_poller_ends_the_first(api: BotApi, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await until(lambda: api.calls)
    second = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    api.person(1, first_name="Leyla").starts()
    assert len(await second) == 1


async def test_kinds_that_are_not_allowed_are_never_queued(leyla: Person, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["my_chat_member"])
    leyla.sends("unheard")
    leyla.blocks()
    assert [update.event_type for update in await bot.get_updates()] == ["message", "my_chat_member"]


async def test_an_empty_list_allows_the_usual_kinds_again(leyla: Person, bot: Bot, call) -> None:
    await bot.get_updates(allowed_updates=["my_chat_member"])
    await call("getUpdates", json={"allowed_updates": []})
    leyla.sends("heard")
    assert len(await bot.get_updates()) == 2


async def test_blocking_and_coming_back_are_told(leyla: Person, bot: Bot) -> None:
    leyla.blocks()
    leyla.blocks()
    leyla.starts()
    kinds = [update.event_type for update in await bot.get_updates()]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]
    gone, back = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert (gone.old_chat_member.status, gone.new_chat_member.status) == ("member", "kicked")
    assert (back.old_chat_member.status, back.new_chat_member.status) == ("kicked", "member")


async def test_a_person_edits_and_deletes_own_messages(leyla: Person, bot: Bot) -> None:
    asked = leyla.sends("Abai")
    leyla.edits(asked, "Abay")
    leyla.deletes(asked)
    update = (await bot.get_updates())[-1]
    assert (update.edited_message.text, update.edited_message.message_id) == ("Abay", asked)
    assert [message.text for message in leyla.messages] == ["/start"]


async def test_what_is_sent_while_nobody_polls_waits(leyla: Person, bot: Bot, api: BotApi) -> None:
    assert (await bot.get_webhook_info()).pending_update_count == 1
