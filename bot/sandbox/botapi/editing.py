"""Methods that change or remove a message."""

from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.botapi import content, limits, markup
from bot.sandbox.botapi.chats import Chat, Json, Message
from bot.sandbox.botapi.entities import Formatted
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.state import Change, ChangeKind, State


@dataclass(frozen=True, slots=True)
class Content:
    """All that an edit may change."""

    body: Formatted
    markup: Json
    extras: Json


def edit_message_text(state: State, params: Params) -> object:
    """A keyboard or a preview that is not given again is taken away, as by the real method."""
    message = _editable(state, params)
    if message.file is not None:
        raise limits.bad(limits.EDIT_NO_TEXT)
    body = content.text(params, too_long=limits.LONG_EDIT)
    return _edit(state, message, _content(message, params, body, of="link_preview_options"))


def edit_message_caption(state: State, params: Params) -> object:
    message = _editable(state, params)
    if message.file is None:
        raise limits.bad(limits.EDIT_NO_CAPTION)
    return _edit(
        state, message, _content(message, params, content.caption(params), of="show_caption_above_media")
    )


def edit_message_reply_markup(state: State, params: Params) -> object:
    message = _editable(state, params)
    body = Formatted(message.text, message.entities)
    return _edit(state, message, Content(body, markup.read_inline(params), message.extras))


def _content(message: Message, params: Params, body: Formatted, *, of: str) -> Content:
    """What the call asks for; of the extras only `of` can change."""
    extras = {name: value for name, value in message.extras.items() if name != of}
    asked = {name: value for name, value in content.extras(params).items() if name == of}
    return Content(body, markup.read_inline(params), extras | asked)


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


def _edit(state: State, message: Message, new: Content) -> object:
    if new == Content(Formatted(message.text, message.entities), message.markup, message.extras):
        raise limits.bad(limits.NOT_MODIFIED)
    message.text, message.entities = new.body.text, new.body.entities
    message.markup, message.extras = new.markup, new.extras
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
