"""An update as it came, strictly read: only what is needed to store it and to keep its chat in order."""

from typing import Any

from handlers.telegram.router import ALLOWED_UPDATES
from models.operations.inbox import Arrival

LARGEST = 2**63 - 1
"""What the database's numbers hold; Telegram's identifiers have at most 52 bits."""


def arrival_of(body: object) -> Arrival | None:
    """The update in a JSON value; None for what is none (Bot API: Update)."""
    if not isinstance(body, dict):
        return None
    number = body.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > LARGEST:
        return None
    return Arrival(update_id=number, chat=_chat(body), body=body)


def _chat(body: dict[str, Any]) -> int:
    """Taps queue under their message's chat, so that they stay in order with what is typed there."""
    for name in ALLOWED_UPDATES:
        content = _object(body.get(name))
        if content:
            message = _object(content.get("message")) or content
            chat = _object(message.get("chat")) or _object(content.get("from"))
            number = chat.get("id", 0)
            return number if isinstance(number, int) and abs(number) <= LARGEST else 0
    return 0


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
