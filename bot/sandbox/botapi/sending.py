"""Methods that put a message into a chat."""

from bot.sandbox.botapi import content, forums, limits, markup
from bot.sandbox.botapi.chats import Chat, Json, Message
from bot.sandbox.botapi.files import FileKind
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.state import State

ALBUM_KINDS = {"document": FileKind.DOCUMENT, "photo": FileKind.PHOTO}


def send_message(state: State, params: Params) -> object:
    chat = state.writable(params.text("chat_id"))
    body = content.text(params, too_long=limits.LONG_TEXT)
    message = _drafted(state, chat, params)
    message.text, message.entities = body.text, body.entities
    return state.add(chat, message).as_json()


def send_document(state: State, params: Params) -> object:
    return _send_file(state, params, FileKind.DOCUMENT)


def send_photo(state: State, params: Params) -> object:
    return _send_file(state, params, FileKind.PHOTO)


def _send_file(state: State, params: Params, kind: FileKind) -> object:
    chat = state.writable(params.text("chat_id"))
    message = _drafted(state, chat, params)
    _fill(state, message, params, name=str(kind), kind=kind)
    return state.add(chat, message).as_json()


def _fill(state: State, message: Message, params: Params, *, name: str, kind: FileKind) -> None:
    body = content.caption(params)
    message.file = content.file(state, params, name=name, kind=kind)
    message.text, message.entities = body.text, body.entities


def _drafted(state: State, chat: Chat, params: Params) -> Message:
    """A message with everything but its content, not in the chat yet."""
    reply_to, keyboard, extras = content.replied(chat, params), markup.read(params), content.extras(params)
    message = state.blank(chat, state.me)
    message.reply_to, message.markup = reply_to, keyboard
    message.extras = extras | forums.placed(chat, params)
    return message


def send_media_group(state: State, params: Params) -> object:
    """All items or none: every one is read before the first is shown."""
    chat = state.writable(params.text("chat_id"))
    items = params.json("media")
    if not isinstance(items, list) or len(items) < limits.ALBUM.start:
        raise limits.bad(limits.SHORT_ALBUM)
    if len(items) >= limits.ALBUM.stop:
        raise limits.bad(limits.LONG_ALBUM)
    album = [_album_item(state, chat, params, item) for item in items]
    for message in album:
        message.extras = {**message.extras, "media_group_id": str(13_000_000_000_000_000 + album[0].id)}
    return [state.add(chat, message).as_json() for message in album]


def _album_item(state: State, chat: Chat, params: Params, item: object) -> Message:
    if not isinstance(item, dict) or item.get("type") not in ALBUM_KINDS:
        raise limits.bad(limits.BAD_MEDIA)
    message = _drafted(state, chat, params)
    _fill(state, message, params.within(item), name="media", kind=ALBUM_KINDS[item["type"]])
    return message


def copy_message(state: State, params: Params) -> object:
    chat = state.writable(params.text("chat_id"))
    original = _original(state, params, limits.COPY_NOT_FOUND)
    message = _drafted(state, chat, params)
    message.file, message.text, message.entities = original.file, original.text, original.entities
    if original.file is not None and params.text("caption"):
        body = content.caption(params)
        message.text, message.entities = body.text, body.entities
    return {"message_id": state.add(chat, message).id}


def forward_message(state: State, params: Params) -> object:
    chat = state.writable(params.text("chat_id"))
    original = _original(state, params, limits.FORWARD_NOT_FOUND)
    message = _drafted(state, chat, params)
    message.file, message.text, message.entities = original.file, original.text, original.entities
    message.extras["forward_origin"] = _origin(original)
    return state.add(chat, message).as_json()


def _original(state: State, params: Params, missing: str) -> Message:
    original = state.chat(params.text("from_chat_id")).message(params.integer("message_id"))
    if original is None:
        raise limits.bad(missing)
    if original.extras.get("has_protected_content"):
        raise limits.bad(limits.PROTECTED)
    return original


def _origin(original: Message) -> Json:
    known = original.extras.get("forward_origin")
    if isinstance(known, dict):
        return known
    sender, date = original.sender.as_json(), int(original.date.timestamp())
    return {"type": "user", "date": date, "sender_user": sender}
