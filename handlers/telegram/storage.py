"""Conversations live in the database: an open question survives a restart (aiogram `BaseStorage`).

Changes wait until the update that made them is done, and are written in its transaction: an update that is
handled again after a crash finds the conversation as it was.
"""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from models.operations import traces
from models.operations.traces import Talk


class ConversationStorage(BaseStorage):
    """State and data of a conversation as one row, keyed by all six parts of aiogram's key."""

    def __init__(self) -> None:
        self._changed: dict[int, dict[str, Talk]] = {}

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Set the state; None ends the conversation unless data is left."""
        talk = await self._talk(key)
        self._keep(key, Talk(_name(key), state.state if isinstance(state, State) else state, talk.data))

    async def get_state(self, key: StorageKey) -> str | None:
        """The state as it was set last."""
        return (await self._talk(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Set the data (JSON values)."""
        talk = await self._talk(key)
        self._keep(key, Talk(_name(key), talk.state, dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data as it was set last."""
        return dict((await self._talk(key)).data)

    async def close(self) -> None:
        """The database is closed by whoever opened it."""

    def take(self, chat: int) -> list[Talk]:
        """What changed in this chat since the last update of it was done."""
        return list(self._changed.pop(chat, {}).values())

    def discard(self, chat: int) -> None:
        """Forget what changed: the update will be handled again."""
        self._changed.pop(chat, None)

    def _keep(self, key: StorageKey, talk: Talk) -> None:
        self._changed.setdefault(key.chat_id, {})[talk.key] = talk

    async def _talk(self, key: StorageKey) -> Talk:
        name = _name(key)
        changed = self._changed.get(key.chat_id, {}).get(name)
        return changed or await traces.conversation(name)


def _name(key: StorageKey) -> str:
    parts = (
        key.bot_id,
        key.chat_id,
        key.user_id,
        key.thread_id,
        key.business_connection_id,
        key.destiny,
    )
    return ":".join("" if part is None else str(part) for part in parts)
