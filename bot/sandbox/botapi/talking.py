"""Methods about a chat and what happens in it, and about files."""

import time

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Json
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.state import Change, ChangeKind, State, Toast

ACTIONS = frozenset(
    f"{verb}_{thing}"
    for verb, things in {
        "upload": ("photo", "video", "voice", "document", "video_note"),
        "record": ("video", "voice", "video_note"),
        "choose": ("sticker",),
        "find": ("location",),
    }.items()
    for thing in things
) | {"typing"}
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(state: State, _params: Params) -> object:
    abilities = (
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    )
    return {**state.me.as_json(), **dict.fromkeys(abilities, False), "can_join_groups": True}


def get_chat(state: State, params: Params) -> object:
    chat = state.chat(params.text("chat_id"))
    body: Json = {
        **chat.as_json(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    pinned = chat.message(chat.pinned[-1]) if chat.pinned else None
    return body if pinned is None else body | {"pinned_message": pinned.as_json(replied=False)}


def send_chat_action(state: State, params: Params) -> object:
    chat, action = state.writable(params.text("chat_id")), params.text("action")
    if action not in ACTIONS:
        raise limits.bad(limits.BAD_ACTION)
    chat.typing = action, time.monotonic()
    state.tell(Change(chat.id, ChangeKind.TYPING))
    return True


def answer_callback_query(state: State, params: Params) -> object:
    """An answer without a text only stops the button's clock."""
    identifier, text = params.text("callback_query_id"), params.text("text")
    press = state.open_press(identifier)
    if len(text.encode("utf-16-le")) // 2 > limits.CALLBACK_TEXT:
        raise limits.bad(limits.LONG_CALLBACK_TEXT)
    press.answered = True
    url = params.text("url") or None
    toast = Toast(identifier, text, alert=params.flag("show_alert"), url=url)
    state.tell(Change(press.chat.id, ChangeKind.TOAST, toast=toast))
    return True


def get_file(state: State, params: Params) -> object:
    file = state.files.by_id(params.text("file_id"))
    if file is None:
        raise limits.bad(limits.BAD_FILE_ID)
    if file.size > limits.DOWNLOAD:
        raise limits.bad(limits.BIG_FILE)
    return {**file.as_json(), "file_path": file.path}


def pin_chat_message(state: State, params: Params) -> object:
    chat = state.writable(params.text("chat_id"))
    message = chat.message(params.integer("message_id"))
    if message is None:
        raise limits.bad(limits.PIN_NOT_FOUND)
    chat.pinned = [*(number for number in chat.pinned if number != message.id), message.id]
    return True


def unpin_chat_message(state: State, params: Params) -> object:
    """Without a message the newest pin goes."""
    chat = state.writable(params.text("chat_id"))
    number = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise limits.bad(limits.UNPIN_NOT_FOUND)
    chat.pinned.remove(number)
    return True
