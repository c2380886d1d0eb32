"""The program's own pages on a free port, with a request behind them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.http.access import Access
from bot.http.downloads import Downloads
from bot.http.feeds import Feeds
from bot.http.health import Health
from bot.http.metrics import Metrics
from bot.http.server import HttpServer, application
from bot.http.uploads import Uploads
from handlers.links import Links
from models.queries import files as file_queries
from models.queries.parties import PersonView
from models.tables import Attachment
from tests.files.desk import NOW, Story, story


@dataclass(slots=True)
class Site:
    """The server and one browser. `now` and `polled` are what its clock and its poller say."""

    desk: Story
    browser: aiohttp.ClientSession
    base: str = ""
    now: datetime = NOW
    polled: float | None = 1.0
    woken: int = 0
    links: Links = field(default_factory=lambda: Links("", b"k" * 32))

    def wake(self) -> None:
        """The outbox is told."""
        self.woken += 1

    async def is_reached(self, kept: int) -> bool:
        """Whether the desk knows that somebody has the file."""
        async with self.browser.get(f"{self.base}/healthz"):
            return await Attachment.exists(id=kept, reached_at__not_isnull=True)

    async def file_link(self, kept: int, person: PersonView) -> str:
        """The path of a download."""
        [view] = await file_queries.those([kept])
        return self.base + self.links.file(view, person)

    def upload_link(self, person: PersonView | None = None) -> str:
        """The path of Dana's upload page."""
        return self.base + self.links.upload(self.desk.request, person or self.desk.dana, self.now)


def _browser() -> aiohttp.ClientSession:
    """With one connection: an answer means that everything asked before is done, to the last row."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1))


@asynccontextmanager
async def serving(migrated_file: Path, directory: Path) -> AsyncIterator[Site]:
    """A site in a folder of its own."""
    url = f"sqlite://{shutil.copy(migrated_file, directory)}"
    async with story(url, directory / "files") as desk, _browser() as browser:
        site = Site(desk, browser)
        access = Access(site.links, lambda: site.now)
        health = Health(lambda: site.now, lambda: site.polled)
        uploads = Uploads(access, desk.root, site.wake)
        parts = [health, Metrics(lambda: site.now), Downloads(access, desk.root), uploads, Feeds(access)]
        async with HttpServer(application(parts), "127.0.0.1", 0) as server:
            site.base = f"http://127.0.0.1:{server.port}"
            yield site


@pytest.fixture
async def site(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """A site of the test's own."""
    async with serving(migrated_file, tmp_path) as made:
        yield made
