"""Text, captions, replies and files of a call, read and checked."""

import re

from bot.sandbox.botapi import html, limits
from bot.sandbox.botapi.chats import Chat, Json, Message
from bot.sandbox.botapi.entities import Formatted, given, settled
from bot.sandbox.botapi.files import FileKind, StoredFile
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.state import State


def formatted(params: Params, name: str, *, entities: str) -> Formatted:
    """A text with its entities, by `parse_mode` or given as JSON, as the server keeps it."""
    text, mode = params.text(name), params.text("parse_mode").lower()
    if mode == "html":
        return settled(html.parsed(text))
    if mode:
        raise limits.bad("unsupported parse_mode")
    listed = params.json(entities)
    return settled(Formatted(text) if listed is None else given(text, listed))


def text(params: Params, *, too_long: str) -> Formatted:
    """The text of a message; raises ApiError for none, a blank one and a long one."""
    if not params.text("text"):
        raise limits.bad(limits.NO_TEXT)
    result = formatted(params, "text", entities="entities")
    if not result.text:
        raise limits.bad(limits.BLANK_TEXT)
    if result.length > limits.TEXT:
        raise limits.bad(too_long)
    return result


def caption(params: Params) -> Formatted:
    result = formatted(params, "caption", entities="caption_entities")
    if result.length > limits.CAPTION:
        raise limits.bad(limits.LONG_CAPTION)
    return result


def file(state: State, params: Params, *, name: str, kind: FileKind) -> StoredFile:
    """The file of a send: uploaded, or known by its identifier. Addresses on the web are not fetched."""
    reference = params.text(name)
    upload = params.upload(reference or name)
    if upload is not None:
        return state.files.add(upload.data, kind=kind, name=upload.name, mime_type=upload.mime_type)
    if not reference:
        raise limits.bad(f"there is no {kind} in the request")
    known = state.files.by_id(reference)
    if known is None:
        raise limits.bad(limits.BAD_FILE)
    if known.kind is not kind:
        raise limits.bad(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


def replied(chat: Chat, params: Params) -> Message | None:
    """The message answered by `reply_parameters`; raises ApiError if it is gone and that matters."""
    reply = params.json("reply_parameters")
    if not isinstance(reply, dict):
        return None
    number = reply.get("message_id")
    found = chat.message(number) if isinstance(number, int) else None
    if found is None and not reply.get("allow_sending_without_reply"):
        raise limits.bad(limits.REPLY_NOT_FOUND)
    return found


def extras(params: Params) -> Json:
    """Fields that a message simply keeps."""
    result: Json = {}
    preview = params.json("link_preview_options")
    if isinstance(preview, dict) and preview:
        result["link_preview_options"] = preview
    if params.flag("protect_content"):
        result["has_protected_content"] = True
    for flag in ("has_spoiler", "show_caption_above_media"):
        if params.flag(flag):
            result["has_media_spoiler" if flag == "has_spoiler" else flag] = True
    return result


def payload_of(command: str) -> str:
    """A start payload, checked; raises ValueError for what no link can carry."""
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{1,{limits.START_PAYLOAD}}}", command):
        raise ValueError(f"not a start payload: {command!r}")
    return command
