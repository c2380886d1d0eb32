"""The wires' own clock: when nothing moves any more, and when something never will."""

from pathlib import Path

import pytest

from bot.sandbox.world import World
from models.tables import Update


async def test_what_never_comes_to_rest_is_named_after_a_while(tmp_path: Path) -> None:
    async with World(tmp_path) as world:
        await Update.create(
            update_id=1, chat_id=1, body={}, received_at=world.clock(), lease_token="gone", lease_until=1e12
        )

        with pytest.raises(TimeoutError, match="updates=1"):
            await world.settle(within=0.2)
