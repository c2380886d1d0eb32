"""Methods that change or remove a message."""

from datetime import timedelta

from bot.sandbox.botapi import content, limits, markup
from bot.sandbox.botapi.chats import Chat, Json, Message
from bot.sandbox.botapi.entities import Formatted
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.state import Change, ChangeKind, State


def edit_message_text(state: State, params: Params) -> object:
    message = _editable(state, params)
    if message.file is not None:
        raise limits.bad(limits.EDIT_NO_TEXT)
    return _edit(state, message, content.text(params, too_long=limits.LONG_EDIT), markup.read_inline(params))


def edit_message_caption(state: State, params: Params) -> object:
    message = _editable(state, params)
    if message.file is None:
        raise limits.bad(limits.EDIT_NO_CAPTION)
    return _edit(state, message, content.caption(params), markup.read_inline(params))


def edit_message_reply_markup(state: State, params: Params) -> object:
    message = _editable(state, params)
    return _edit(state, message, Formatted(message.text, message.entities), markup.read_inline(params))


def _editable(state: State, params: Params) -> Message:
    """The bot's own message that the call names; raises ApiError as for any edit."""
    chat = state.writable(params.text("chat_id"))
    message = chat.message(_number(params))
    if message is None:
        raise limits.bad(limits.EDIT_NOT_FOUND)
    plain = not message.markup or "inline_keyboard" in message.markup
    if message.sender.id != state.me.id or not plain or "forward_origin" in message.extras:
        raise limits.bad(limits.EDIT_FORBIDDEN)
    return message


def _number(params: Params) -> int:
    if not params.integer("message_id"):
        raise limits.bad(limits.NO_MESSAGE_ID)
    return params.integer("message_id")


def _edit(state: State, message: Message, body: Formatted, keyboard: Json) -> object:
    if (body.text, body.entities, keyboard) == (message.text, message.entities, message.markup):
        raise limits.bad(limits.NOT_MODIFIED)
    message.text, message.entities, message.markup = body.text, body.entities, keyboard
    message.edited_at = state.now()
    state.tell(Change(message.chat.id, ChangeKind.EDIT, message))
    return message.as_json()


def delete_message(state: State, params: Params) -> object:
    """In a private chat the bot may delete either side's messages, for 48 hours."""
    chat = state.chat(params.text("chat_id"))
    message = chat.message(_number(params))
    if message is None:
        raise limits.bad(limits.DELETE_NOT_FOUND)
    if state.now() - message.date > timedelta(hours=limits.DELETE_HOURS):
        raise limits.bad(limits.DELETE_FORBIDDEN)
    remove(state, chat, message)
    return True


def remove(state: State, chat: Chat, message: Message) -> None:
    """Take a message off the screen; its record stays, marked deleted."""
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    state.tell(Change(chat.id, ChangeKind.DELETE, message))
