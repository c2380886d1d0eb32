"""Databases for the tests: `database_url` runs a test on SQLite and on PostgreSQL."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.postgres import AbsentError, Server, running


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
