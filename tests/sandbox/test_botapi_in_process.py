"""The face without a wire is the same server."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.botapi import BotApi, Server
from tests.sandbox.conftest import TOKEN, Clock, connected
from tests.sandbox.in_process import InProcess


async def story(api: BotApi, bot: Bot) -> list[object]:
    """A conversation with a file, a keyboard, an edit, a refusal; everything that was called and answered."""
    leyla = api.person(1001, first_name="Leyla", language_code="az")
    leyla.starts()
    (start,) = await bot.get_updates()
    go = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])
    sent = await bot.send_message(leyla.id, "<b>ə</b> 📚", parse_mode="HTML", reply_markup=go)
    await bot.answer_callback_query(leyla.presses("Go"), "yes", show_alert=True)
    await bot.edit_message_text("new", chat_id=leyla.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest):
        await bot.edit_message_text("new", chat_id=leyla.id, message_id=sent.message_id)
    scan = await bot.send_document(leyla.id, BufferedInputFile(b"%PDF-1.7", "a.pdf"), caption="c")
    content = await bot.download(scan.document)
    assert content.read() == b"%PDF-1.7"
    updates = await bot.get_updates(offset=start.update_id + 1)
    return [call_line(call) for call in api.calls] + [update.model_dump_json() for update in updates]


def call_line(call) -> tuple[str, object, str]:
    return call.method, call.params, str(call.result or call.refusal)


async def test_both_faces_tell_the_same_story() -> None:
    over_http, in_process = (BotApi(token=TOKEN, now=Clock()) for _ in range(2))
    async with Server(over_http) as server:
        wired = connected(server.url)
        transcript = await story(over_http, wired)
        await wired.session.close()
    assert await story(in_process, Bot(TOKEN, session=InProcess(in_process))) == transcript
