"""A real browser on a real sandbox: Debian's Chromium driven by Playwright, `abonement sandbox` as a process.

Absent locally the tests are skipped; in CI they are required.
"""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BAKU = "Aytən Məmmədova"
ALMATY = "Әсел Нұрланқызы"
PATIENCE = 60_000
"""Milliseconds for what takes a few seconds: a machine may be busy."""
expect.set_options(timeout=PATIENCE)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(autouse=True)
def _needs_chromium() -> None:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is required in CI")
        pytest.skip("Chromium is not installed here")


@asynccontextmanager
async def running(*options: str) -> AsyncIterator[str]:
    """A sandbox as a process of its own; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "sandbox", "--no-open", *options), stdout=asyncio.subprocess.PIPE
    )
    try:
        yield await _address(process)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


@pytest.fixture
async def sandbox() -> AsyncIterator[str]:
    """The address of the page of a sandbox of its own, opened on the busy stage."""
    async with running() as address:
        yield address


async def _address(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        raise RuntimeError("the sandbox has no output")
    async with asyncio.timeout(60):
        async for line in process.stdout:
            if line.startswith(b"http://"):
                return line.decode().strip()
    raise RuntimeError("the sandbox printed no address")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        await started.close()


@pytest.fixture
async def page(browser: Browser, sandbox: str) -> AsyncIterator[Page]:
    """The page in English; an error in its console fails the test."""
    errors: list[str] = []
    # Without motion the tour types and waits no longer than it must.
    opened = await browser.new_page(viewport={"width": 1400, "height": 950}, reduced_motion="reduce")
    opened.set_default_timeout(PATIENCE)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    await opened.goto(f"{sandbox}?lang=en")
    await expect(opened.get_by_role("article").first).to_be_visible(timeout=PATIENCE)
    yield opened
    assert errors == []


def phone(page: Page, name: str) -> Locator:
    """Somebody's telephone."""
    return page.get_by_role("region", name=name, exact=True)


async def types(one: Locator, text: str) -> None:
    """Write a line and send it."""
    await one.get_by_role("textbox", name="Message", exact=True).fill(text)
    await one.get_by_role("button", name="Send", exact=True).click()
