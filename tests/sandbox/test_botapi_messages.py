"""Sending, editing, deleting: what a chat then shows, and what Telegram refuses."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.sandbox.botapi import BotApi, Button, Person, limits
from tests.sandbox.conftest import Clock


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])


def go(data: str = "go") -> InlineKeyboardMarkup:
    return keyboard(InlineKeyboardButton(text="Go", callback_data=data))


async def refusal(call) -> str:
    with pytest.raises((TelegramBadRequest, TelegramForbiddenError)) as refused:
        await call
    return refused.value.message.removeprefix("Bad Request: ")


async def test_a_message_arrives_with_all_it_was_sent_with(leyla: Person, bot: Bot) -> None:
    asked = leyla.sends("?")
    sent = await bot.send_message(
        leyla.id,
        "<b>Abay</b>",
        parse_mode="HTML",
        reply_parameters=ReplyParameters(message_id=asked),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
        reply_markup=keyboard(
            InlineKeyboardButton(text="Go", callback_data="go", style="success"),
            InlineKeyboardButton(text="Site", url="https://anl.az/"),
            InlineKeyboardButton(text="Number", copy_text=CopyTextButton(text="ANL-2026-0042")),
        ),
    )

    shown = leyla.messages[-1]
    assert (shown.id, shown.text, shown.from_bot) == (sent.message_id, "Abay", True)
    assert sent.html_text == "<b>Abay</b>"
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == asked
    assert sent.has_protected_content
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled
    assert shown.keyboard == [
        [Button("Go", style="success", callback_data="go")],
        [Button("Site", url="https://anl.az/")],
        [Button("Number", copies="ANL-2026-0042")],
    ]


async def test_listed_entities_are_as_good_as_html(leyla: Person, bot: Bot) -> None:
    bold = MessageEntity(type="bold", offset=2, length=4)
    sent = await bot.send_message(leyla.id, "📚Abay", entities=[bold])
    assert sent.html_text == "📚<b>Abay</b>"


async def test_the_longest_text_counts_after_parsing_in_utf16(leyla: Person, bot: Bot) -> None:
    full = "📚" * 2047 + "&lt;b"
    await bot.send_message(leyla.id, f"<b>{full}</b>", parse_mode="HTML")
    assert await refusal(bot.send_message(leyla.id, f"{full}x", parse_mode="HTML")) == "message is too long"


async def test_an_edit_that_is_too_long_is_refused_in_other_words(leyla: Person, bot: Bot) -> None:
    sent = await bot.send_message(leyla.id, "x")
    edit = bot.edit_message_text("x" * 4097, chat_id=leyla.id, message_id=sent.message_id)
    assert await refusal(edit) == "MESSAGE_TOO_LONG"


@pytest.mark.parametrize(
    ("text", "description"),
    [("", "message text is empty"), (" \n", "text must be non-empty"), ("<b></b>", "text must be non-empty")],
)
async def test_an_empty_text_is_refused(leyla: Person, bot: Bot, text: str, description: str) -> None:
    assert await refusal(bot.send_message(leyla.id, text, parse_mode="HTML")) == description


async def test_wrong_html_reaches_the_bot_as_a_bad_request(leyla: Person, bot: Bot) -> None:
    description = 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'
    assert await refusal(bot.send_message(leyla.id, "<x>", parse_mode="HTML")) == description


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (go("x" * 65), "BUTTON_DATA_INVALID"),
        (go("ə" * 33), "BUTTON_DATA_INVALID"),
        (keyboard(InlineKeyboardButton(text="Go")), limits.NO_INLINE_ACTION),
        (keyboard(InlineKeyboardButton(text="Go", url="anl")), "BUTTON_URL_INVALID"),
        (keyboard(*[InlineKeyboardButton(text="Go", callback_data="g")] * 101), "reply markup is too long"),
    ],
)
async def test_a_wrong_keyboard_is_refused(
    leyla: Person, bot: Bot, markup: InlineKeyboardMarkup, description: str
) -> None:
    assert await refusal(bot.send_message(leyla.id, "x", reply_markup=markup)) == description


async def test_callback_data_of_64_bytes_and_100_buttons_pass(leyla: Person, bot: Bot) -> None:
    button = InlineKeyboardButton(text="Go", callback_data="ə" * 32)
    await bot.send_message(leyla.id, "x", reply_markup=keyboard(*[button] * 100))
    assert len(leyla.messages[-1].keyboard) == 100


async def test_a_reply_to_a_missing_message_is_refused_unless_it_does_not_matter(
    leyla: Person, bot: Bot
) -> None:
    gone = ReplyParameters(message_id=99)
    assert await refusal(bot.send_message(leyla.id, "x", reply_parameters=gone)) == limits.REPLY_NOT_FOUND
    lenient = ReplyParameters(message_id=99, allow_sending_without_reply=True)
    sent = await bot.send_message(leyla.id, "x", reply_parameters=lenient)
    assert sent.reply_to_message is None


async def test_who_never_started_cannot_be_written_to(api: BotApi, bot: Bot) -> None:
    api.person(5, first_name="Aigerim")
    assert await refusal(bot.send_message(5, "x")) == "Forbidden: bot can't initiate conversation with a user"
    assert await refusal(bot.send_message(6, "x")) == "chat not found"
    assert await refusal(bot.send_message("@nobody", "x")) == "chat not found"
    assert await refusal(bot.send_message("", "x")) == "chat_id is empty"


async def test_who_blocked_the_bot_cannot_be_written_to(leyla: Person, bot: Bot) -> None:
    leyla.blocks()
    assert await refusal(bot.send_message(leyla.id, "x")) == "Forbidden: bot was blocked by the user"
    leyla.unblocks()
    assert (await bot.send_message(leyla.id, "x")).text == "x"


async def test_an_edit_changes_the_message_in_place(leyla: Person, bot: Bot, clock: Clock) -> None:
    sent = await bot.send_message(leyla.id, "old", reply_markup=go())
    clock.forward(minutes=1)
    edited = await bot.edit_message_text("new", chat_id=leyla.id, message_id=sent.message_id)

    shown = leyla.messages[-1]
    assert (shown.id, shown.text, shown.keyboard, shown.edited) == (sent.message_id, "new", [], True)
    assert edited.edit_date == int(clock().timestamp())


async def test_a_keyboard_can_be_changed_alone(leyla: Person, bot: Bot) -> None:
    sent = await bot.send_message(leyla.id, "<i>x</i>", parse_mode="HTML", reply_markup=go())
    edited = await bot.edit_message_reply_markup(
        chat_id=leyla.id, message_id=sent.message_id, reply_markup=go("on")
    )
    assert (edited.html_text, leyla.messages[-1].keyboard[0][0].callback_data) == ("<i>x</i>", "on")


async def test_an_edit_without_change_is_refused(leyla: Person, bot: Bot) -> None:
    sent = await bot.send_message(leyla.id, "x", reply_markup=go())
    same = {"chat_id": leyla.id, "message_id": sent.message_id, "reply_markup": go()}
    assert await refusal(bot.edit_message_text("<b></b>x", parse_mode="HTML", **same)) == limits.NOT_MODIFIED
    assert await refusal(bot.edit_message_reply_markup(**same)) == limits.NOT_MODIFIED


async def test_what_cannot_be_edited_says_why(leyla: Person, bot: Bot) -> None:
    own = leyla.sends("mine")
    shown = await bot.send_message(
        leyla.id, "x", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="A")]])
    )
    plain = await bot.send_message(leyla.id, "x")

    def edit(number: int | None, **more: object):
        return refusal(bot.edit_message_text("y", chat_id=leyla.id, message_id=number, **more))

    assert await edit(99) == "message to edit not found"
    assert await edit(own) == "message can't be edited"
    assert await edit(shown.message_id) == "message can't be edited"
    assert await edit(None) == "message identifier is not specified"
    assert await refusal(bot.edit_message_caption(chat_id=leyla.id, message_id=plain.message_id)) == (
        "there is no caption in the message to edit"
    )


async def test_an_edit_takes_only_an_inline_keyboard(leyla: Person, bot: Bot, call) -> None:
    sent = await bot.send_message(leyla.id, "x")
    markup = {"force_reply": True}
    request = {"chat_id": leyla.id, "message_id": sent.message_id, "text": "y", "reply_markup": markup}
    _, answer = await call("editMessageText", json=request)
    assert answer["description"] == "Bad Request: inline keyboard expected"


async def test_a_message_is_deleted_within_48_hours_and_not_later(
    leyla: Person, bot: Bot, clock: Clock
) -> None:
    theirs = leyla.sends("x")
    sent = await bot.send_message(leyla.id, "x")
    clock.forward(hours=48)
    assert await bot.delete_message(leyla.id, sent.message_id)
    assert await refusal(bot.delete_message(leyla.id, sent.message_id)) == "message to delete not found"
    clock.forward(seconds=1)
    assert await refusal(bot.delete_message(leyla.id, theirs)) == "message can't be deleted for everyone"
    assert sent.message_id not in [message.id for message in leyla.messages]


async def test_force_reply_and_reply_keyboards_are_shown(leyla: Person, bot: Bot) -> None:
    await bot.send_message(
        leyla.id, "x", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="List")]])
    )
    await bot.send_message(leyla.id, "title?", reply_markup=ForceReply(input_field_placeholder="Title"))
    assert leyla.reply_keyboard == [[Button("List")]]
    assert leyla.messages[-1].markup == {"force_reply": True, "input_field_placeholder": "Title"}


async def test_a_forward_names_its_origin_and_a_copy_does_not(leyla: Person, api: BotApi, bot: Bot) -> None:
    aigerim = api.person(1002, first_name="Aigerim")
    aigerim.starts()
    asked = leyla.sends("Abay joly")

    forwarded = await bot.forward_message(aigerim.id, leyla.id, asked)
    copied = await bot.copy_message(aigerim.id, leyla.id, asked)

    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.sender_user.first_name == "Leyla"
    assert [message.text for message in aigerim.messages[-2:]] == ["Abay joly", "Abay joly"]
    assert aigerim.messages[-1].id == copied.message_id
    assert "forward_origin" not in aigerim.messages[-1].extras


async def test_a_protected_message_goes_nowhere_else(leyla: Person, bot: Bot) -> None:
    sent = await bot.send_message(leyla.id, "x", protect_content=True)
    forward = bot.forward_message(leyla.id, leyla.id, sent.message_id)
    assert await refusal(forward) == "message can't be forwarded"


async def test_a_pinned_message_is_told_by_get_chat(leyla: Person, bot: Bot) -> None:
    sent = await bot.send_message(leyla.id, "x")
    await bot.pin_chat_message(leyla.id, sent.message_id)
    chat = await bot.get_chat(leyla.id)
    assert (chat.first_name, chat.pinned_message.message_id) == ("Leyla", sent.message_id)
    await bot.unpin_chat_message(leyla.id)
    assert (await bot.get_chat(leyla.id)).pinned_message is None


async def test_typing_shows_until_a_message_comes(leyla: Person, bot: Bot) -> None:
    await bot.send_chat_action(leyla.id, "typing")
    assert leyla.typing == "typing"
    await bot.send_message(leyla.id, "x")
    assert leyla.typing is None
    assert await refusal(bot.send_chat_action(leyla.id, "dancing")) == limits.BAD_ACTION
