"""Conversations live in the database: an open question survives a restart (aiogram `BaseStorage`)."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from models.operations import traces


class ConversationStorage(BaseStorage):
    """State and data of a conversation as one row, keyed by all six parts of aiogram's key."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Write the state; None ends the conversation unless data is left."""
        _, data = await traces.conversation(_name(key))
        await traces.open_conversation(_name(key), state.state if isinstance(state, State) else state, data)

    async def get_state(self, key: StorageKey) -> str | None:
        """The state as it was written last."""
        state, _ = await traces.conversation(_name(key))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Write the data (JSON values)."""
        state, _ = await traces.conversation(_name(key))
        await traces.open_conversation(_name(key), state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data as it was written last."""
        _, data = await traces.conversation(_name(key))
        return data

    async def close(self) -> None:
        """The database is closed by whoever opened it."""


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
