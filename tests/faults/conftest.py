from collections.abc import AsyncIterator

import pytest

from bot.database import database
from tests.desk import Desk


@pytest.fixture
async def desk(desk_url: str) -> AsyncIterator[Desk]:
    """Two libraries and two librarians, in each dialect."""
    async with database(desk_url):
        yield await Desk().open()
