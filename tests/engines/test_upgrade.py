"""From the first migration on, with data in it: nothing is lost, and what came later works on it."""

from datetime import date
from importlib import invalidate_caches
from pathlib import Path
from shutil import copy
from uuid import uuid4

import pytest

import models.migrations
from bot.database import database
from models.engines.migrate import check, migrate
from models.operations import outbox
from models.queries import search
from models.rules.vocabulary import Act, Channel
from models.tables import Event, Notice, Request
from tests.desk import Desk


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of the first migration alone."""
    package = tmp_path / f"first_{uuid4().hex}"
    package.mkdir()
    (package / "__init__.py").touch()
    copy(Path(models.migrations.__path__[0]) / "0001_initial.py", package)
    monkeypatch.syspath_prepend(tmp_path)
    invalidate_caches()
    return package.name


async def test_what_the_first_program_kept_is_there_in_the_last(database_url: str, first: str) -> None:
    assert await migrate(database_url, migrations=first) == ["0001_initial"]
    async with database(database_url):
        desk = await Desk().open()
        request = (await desk.files()).request
        await desk.act(request, Act.COMMENT, "leyla", note="before")
        kept = [await table.all().count() for table in (Request, Event, Notice)]

    later = await migrate(database_url)

    assert later[0].startswith("0002")
    assert (await check(database_url)).current
    async with database(database_url):
        assert [await table.all().count() for table in (Request, Event, Notice)] == kept
        leyla = await desk.view("leyla")
        found = await search.find(leyla, "Dədə Qorqud", date(2026, 3, 2))
        assert [line.id for line in found.lines] == [request]
        assert await outbox.claim(Channel.CHAT, now=desk.now, machine=0, token="t")
        await desk.act(request, Act.COMMENT, "leyla", note="after")
