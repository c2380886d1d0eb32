"""Databases for the tests: `database_url` and `desk_url` run a test on SQLite and on PostgreSQL."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import first_use
from models.engines.migrate import migrate
from tests.postgres import AbsentError, Server, running

first_use.load()  # what is tested is what runs

# Machines are noisy: no example fails for its time.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL for the session; skips without any, but not in CI."""
    try:
        with running() as server:
            yield server
    except AbsentError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture
async def postgres_url(postgres: Server) -> AsyncIterator[str]:
    """The address of an empty PostgreSQL database of the test's own."""
    async with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest) -> Server | None:
    """Where the test's database is; None is a file."""
    return request.getfixturevalue("postgres") if request.param == "postgres" else None


@pytest.fixture
async def database_url(server: Server | None, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database of the test's own, once in each dialect."""
    if server is None:
        yield f"sqlite://{tmp_path}/desk.sqlite"
        return
    async with server.database() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the desk's schema, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "desk.sqlite"
    asyncio.run(migrate(f"sqlite://{path}"))
    return path


@pytest.fixture
async def desk_url(server: Server | None, migrated_file: Path, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database of the test's own with the desk's schema, once in each dialect."""
    if server is None:
        yield f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
        return
    async with server.database(await server.template("desk", migrate)) as url:
        yield url
