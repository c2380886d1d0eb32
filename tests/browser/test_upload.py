"""The upload page in a real browser: a large scan, an interruption, a file of a wrong kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Route, expect

from models.operations.files import path_of
from models.rules.vocabulary import Act, Stage
from models.tables import Attachment, Event, Request
from tests.files.desk import PDF
from tests.http.conftest import Site, serving

LARGE = PDF + bytes(9 * 1024 * 1024)
"""More than two pieces."""


@pytest.fixture
async def site(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """The program's own pages, with a request for a copy behind them."""
    async with serving(migrated_file, tmp_path) as made:
        yield made


@pytest.fixture
async def upload(browser: Browser, site: Site) -> AsyncIterator[Page]:
    """Dana's upload page in English; an error in its script fails the test."""
    errors: list[str] = []
    page = await browser.new_page(viewport={"width": 360, "height": 740})
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(f"{site.upload_link()}?lang=en")
    yield page
    await page.close()
    assert errors == []


async def _chooses(page: Page, name: str, data: bytes) -> None:
    kind = "application/pdf"
    await page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})


async def test_large_scan_is_delivered_with_its_progress_shown(site: Site, upload: Page) -> None:
    await _chooses(upload, "scan.pdf", LARGE)

    await expect(upload.get_by_role("listitem")).to_contain_text("Copy delivered", timeout=30_000)
    await expect(upload.get_by_role("progressbar", name="scan.pdf")).to_have_attribute("value", "1")
    [kept] = await Attachment.all().prefetch_related("file")
    assert path_of(site.desk.root, kept.file.sha256).stat().st_size == len(LARGE)
    assert (await Request.get(id=site.desk.request)).stage is Stage.DELIVERED


async def test_interrupted_upload_goes_on_where_it_stopped(site: Site, upload: Page) -> None:
    pieces: list[str] = []

    async def breaks_once(route: Route) -> None:
        pieces.append(route.request.headers["upload-offset"])
        await (route.abort() if len(pieces) == 2 else route.continue_())

    await upload.route("**/files/*", breaks_once)
    await _chooses(upload, "scan.pdf", LARGE)

    await expect(upload.get_by_role("listitem")).to_contain_text("Copy delivered", timeout=30_000)
    assert pieces == ["0", "4194304", "4194304", "8388608"]
    assert await Event.filter(request_id=site.desk.request, act=Act.DELIVER).count() == 1


async def test_file_of_a_wrong_kind_is_refused_in_words(site: Site, upload: Page) -> None:
    await _chooses(upload, "scan.pdf", b"MZ\x90\x00 a program")

    await expect(upload.get_by_role("listitem")).to_contain_text("cannot be passed on", timeout=30_000)
    assert await Event.filter(request_id=site.desk.request, act=Act.DELIVER).count() == 0


async def test_page_is_accessible_in_every_language_and_fits_a_phone(site: Site, upload: Page) -> None:
    for language in ("az", "kk", "ru", "en"):
        await upload.goto(f"{site.upload_link()}?lang={language}")
        await expect(upload.get_by_role("heading")).to_be_visible()
        found = await Axe().run(upload)
        grave = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
        assert [(one["id"], one["nodes"][0]["html"]) for one in grave] == []
        assert await upload.evaluate("document.documentElement.scrollWidth") <= 360
