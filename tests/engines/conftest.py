from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from tortoise import Tortoise

from bot.database import database
from tests.engines.history import History


@pytest.fixture
async def shelves(database_url: str) -> AsyncIterator[str]:
    """Connected, with the tests' own tables."""
    async with database(database_url, tables="tests.engines.shelf"):
        await Tortoise.generate_schemas()
        yield database_url


@pytest.fixture
async def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """Migrations of the test's own, begun with the tests' tables."""
    monkeypatch.syspath_prepend(tmp_path)
    made = History(tmp_path / f"history_{uuid4().hex}")
    await made.begin()
    return made
