import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.database import database
from models.engines.migrate import migrate
from tests.postgres import Server
from tests.queries.generated import fill_file, fill_server


@pytest.fixture(scope="session")
def archive_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a SQLite file with a hundred thousand requests; nobody writes to it."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("archive")))
    fill_file(path)
    return f"sqlite://{path}"


@pytest.fixture(scope="session")
def archive_server(postgres: Server) -> str:
    """The same in PostgreSQL."""

    async def prepare(url: str) -> None:
        await migrate(url)
        await fill_server(url)

    return postgres._address(asyncio.run(postgres.template("archive", prepare)))


@pytest.fixture(params=["archive_file", "archive_server"], ids=["sqlite", "postgres"])
async def archive(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Connected to a hundred thousand requests, once in each dialect."""
    url: str = request.getfixturevalue(request.param)
    async with database(url):
        yield url
