"""What a thumb can do on a phone."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox.botapi import BotApi, ChangeKind, Person
from tests.sandbox.conftest import Clock


def card(label: str = "Take", data: str = "take") -> InlineKeyboardMarkup:
    buttons = [
        InlineKeyboardButton(text=label, callback_data=data),
        InlineKeyboardButton(text="Site", url="https://anl.az/"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[buttons])


async def last_callback(bot: Bot):
    return (await bot.get_updates(offset=-1))[0].callback_query


async def test_a_button_is_pressed_by_label_on_the_newest_message(leyla: Person, bot: Bot) -> None:
    await bot.send_message(leyla.id, "one", reply_markup=card(data="1"))
    newest = await bot.send_message(leyla.id, "two", reply_markup=card(data="2"))
    identifier = leyla.presses("Take")
    callback = await last_callback(bot)
    assert (callback.id, callback.data, callback.from_user.id) == (identifier, "2", leyla.id)
    assert callback.message.message_id == newest.message_id


async def test_a_button_is_pressed_by_its_data_or_on_an_old_message(
    leyla: Person, bot: Bot, clock: Clock
) -> None:
    old = await bot.send_message(leyla.id, "one", reply_markup=card(data="1"))
    await bot.send_message(leyla.id, "two", reply_markup=card(data="2"))
    clock.forward(weeks=3)
    leyla.presses("1")
    assert (await last_callback(bot)).message.message_id == old.message_id
    leyla.presses("Take", message=old.message_id)
    assert (await last_callback(bot)).data == "1"


async def test_a_link_button_gives_its_address_and_tells_nobody(leyla: Person, bot: Bot) -> None:
    await bot.send_message(leyla.id, "one", reply_markup=card())
    assert leyla.presses("Site") == "https://anl.az/"
    assert (await bot.get_webhook_info()).pending_update_count == 1


async def test_a_missing_button_names_those_that_are_there(leyla: Person, bot: Bot) -> None:
    await bot.send_message(leyla.id, "one", reply_markup=card())
    with pytest.raises(LookupError, match=r"no button 'Give'; shown are \['Take', 'Site'\]"):
        leyla.presses("Give")


async def test_a_reply_keyboard_sends_its_label(leyla: Person, bot: Bot) -> None:
    rows = [[KeyboardButton(text="List")]]
    await bot.send_message(leyla.id, "menu", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    sent = leyla.presses("List")
    assert (leyla.messages[-1].id, leyla.messages[-1].text) == (int(sent), "List")
    await bot.send_message(leyla.id, "gone", reply_markup=ReplyKeyboardRemove())
    assert leyla.reply_keyboard == []


async def test_a_tap_on_a_deleted_message_brings_only_its_number(leyla: Person, bot: Bot) -> None:
    sent = await bot.send_message(leyla.id, "one", reply_markup=card())
    await bot.delete_message(leyla.id, sent.message_id)
    leyla.presses("Take", message=sent.message_id)
    message = (await last_callback(bot)).message
    assert isinstance(message, InaccessibleMessage)
    assert message.message_id == sent.message_id


async def test_an_answer_is_shown_once_and_then_the_tap_is_over(leyla: Person, bot: Bot) -> None:
    await bot.send_message(leyla.id, "one", reply_markup=card())
    tap = leyla.presses("Take")
    assert leyla.unanswered == [tap]
    await bot.answer_callback_query(tap, "Taken", show_alert=True)
    assert (leyla.unanswered, [(toast.text, toast.alert) for toast in leyla.toasts]) == (
        [],
        [("Taken", True)],
    )
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(tap)


async def test_an_answer_without_words_stops_the_clock_and_shows_nothing(leyla: Person, bot: Bot) -> None:
    await bot.send_message(leyla.id, "one", reply_markup=card())
    await bot.answer_callback_query(leyla.presses("Take"))
    assert (leyla.unanswered, leyla.toasts) == ([], [])


async def test_an_answer_may_be_neither_late_nor_long_nor_to_nothing(
    leyla: Person, bot: Bot, clock: Clock
) -> None:
    await bot.send_message(leyla.id, "one", reply_markup=card())
    tap = leyla.presses("Take")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(tap, "x" * 201)
    clock.forward(minutes=16)
    for identifier in (tap, "17"):
        with pytest.raises(TelegramBadRequest, match="query ID is invalid"):
            await bot.answer_callback_query(identifier)


async def test_waiting_sees_each_thing_since_the_last_act_once(leyla: Person, bot: Bot) -> None:
    await bot.send_message(leyla.id, "before")
    leyla.sends("?")
    first = await bot.send_message(leyla.id, "one")
    await bot.send_message(leyla.id, "two")
    await bot.edit_message_text("three", chat_id=leyla.id, message_id=first.message_id)

    assert (await leyla.waits(lambda message: message.text == "two")).text == "two"
    assert (await leyla.waits()).text == "three"
    with pytest.raises(TimeoutError, match="Leyla waited in vain"):
        await leyla.waits(timeout=0.01)


async def test_waiting_goes_on_until_the_right_message_comes(leyla: Person, bot: Bot) -> None:
    waiting = asyncio.ensure_future(leyla.waits(lambda message: message.text == "two"))
    await bot.send_message(leyla.id, "one")
    sent = await bot.send_message(leyla.id, "two")
    assert (await waiting).id == sent.message_id


async def test_a_long_text_goes_as_several_messages(leyla: Person, bot: Bot) -> None:
    leyla.sends("x" * 4095 + "📚" + "y")
    assert [message.text for message in leyla.messages[1:]] == ["x" * 4095, "📚y"]


async def test_an_impossible_act_is_an_error_of_the_test(leyla: Person) -> None:
    with pytest.raises(ValueError, match="empty"):
        leyla.sends("  ")
    with pytest.raises(ValueError, match="not a start payload"):
        leyla.starts("a b")
    with pytest.raises(LookupError):
        leyla.sends("x", reply_to=99)
    leyla.blocks()
    with pytest.raises(RuntimeError, match="has blocked the bot"):
        leyla.sends("x")


async def test_onlookers_hear_of_every_change(leyla: Person, api: BotApi, bot: Bot) -> None:
    changes = api.subscribe()
    leyla.sends("?")
    sent = await bot.send_message(leyla.id, "one", reply_markup=card())
    await bot.send_chat_action(leyla.id, "typing")
    await bot.answer_callback_query(leyla.presses("Take"))
    await bot.edit_message_text("two", chat_id=leyla.id, message_id=sent.message_id)
    await bot.delete_message(leyla.id, sent.message_id)
    leyla.blocks()
    api.unsubscribe(changes)
    leyla.unblocks()

    heard = [changes.get_nowait() for _ in range(changes.qsize())]
    assert {change.chat_id for change in heard} == {leyla.id}
    assert [change.kind for change in heard] == [
        ChangeKind.MESSAGE,
        ChangeKind.MESSAGE,
        ChangeKind.TYPING,
        ChangeKind.TOAST,
        ChangeKind.EDIT,
        ChangeKind.DELETE,
        ChangeKind.BLOCK,
    ]


async def test_a_person_is_made_once(api: BotApi) -> None:
    assert api.person(1, first_name="Leyla") is api.person(1, first_name="Ləman")
    assert api.person(1, first_name="?").user.first_name == "Leyla"
