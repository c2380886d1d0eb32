from collections.abc import AsyncIterator

import pytest
from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE

from bot.database import database


@pytest.fixture
async def shelves(database_url: str) -> AsyncIterator[str]:
    """Connected, with the tests' own tables; the dialect's statements are cached by connection name only."""
    EXECUTOR_CACHE.clear()
    async with database(database_url, tables="tests.engines.shelf"):
        await Tortoise.generate_schemas()
        yield database_url
    EXECUTOR_CACHE.clear()
