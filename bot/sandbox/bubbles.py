"""A message of the embedded server as the page draws it."""

from collections.abc import Mapping

from bot.sandbox.botapi import Button as ApiButton
from bot.sandbox.botapi import Change as ApiChange
from bot.sandbox.botapi import Message as ApiMessage
from bot.sandbox.scene import Button, Change, Entity, Message


def bubble(message: ApiMessage) -> Message:
    """One bubble with what it brings: keys, labels, a file, a question that wants a reply."""
    drawn: Message = {
        "id": message.id,
        "date": message.date.isoformat(),
        "from_bot": message.from_bot,
        "text": message.text,
        "entities": [_entity(entity.as_json()) for entity in message.entities],
        "keyboard": [[_button(one) for one in row] for row in message.keyboard],
        "edited": message.edited,
        "reply_to": message.reply_to.id if message.reply_to else None,
        "force_reply": bool(message.markup.get("force_reply")),
    }
    if "keyboard" in message.markup or "remove_keyboard" in message.markup:
        drawn["reply_keyboard"] = [[one.text for one in row] for row in message.reply_keyboard]
    if document := message.document:
        name = document.name or "file"
        drawn["document"] = {"file_id": document.file_id, "name": name, "size": document.size}
    if message.photo is not None:
        drawn["photo"] = message.photo.file_id
    return drawn


def _entity(found: Mapping[str, object]) -> Entity:
    entity: Entity = {
        "type": str(found["type"]),
        "offset": int(str(found["offset"])),
        "length": int(str(found["length"])),
    }
    if url := found.get("url"):
        entity["url"] = str(url)
    return entity


def _button(found: ApiButton) -> Button:
    button: Button = {"text": found.text, "style": found.style}
    if found.callback_data:
        button["data"] = found.callback_data
    elif found.url:
        button["url"] = found.url
    elif found.copies:
        button["copy"] = found.copies
    return button


def told(change: ApiChange, people: list[int]) -> list[Change]:
    """What a change on the wire makes stale on the page; chat 0 concerns everybody."""
    concerned = [one for one in people if change.chat_id in (0, one)]
    if change.kind == "toast" and change.toast is not None:
        text, alert = change.toast.text, change.toast.alert
        if not text:
            return []
        return [{"kind": "toast", "user_id": one, "text": text, "alert": alert} for one in concerned]
    if change.kind == "typing":
        return [{"kind": "typing", "user_id": one} for one in concerned]
    return [{"kind": "chat", "user_id": one} for one in concerned]
