"""Take the README's pictures of the page: `make pictures`, with Chromium installed."""

import asyncio
import io
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.conftest import CHROMIUM, PATIENCE, QUIET, running

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
COLOURS = 200
FEW = 2
"""Steps after which the tour stays open in the picture."""


async def main() -> None:
    """Both pictures, each of a sandbox of its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        await _picture(browser, "page", width=1400, height=1000, scheme="light", language="en")
        await _picture(browser, "telephone", width=390, height=780, scheme="dark", language="ru")
        await browser.close()


async def _picture(
    browser: Browser, name: str, *, width: int, height: int, scheme: str, language: str
) -> None:
    async with running() as address:
        page = await browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.goto(f"{address}?lang={language}")
        await expect(page.get_by_role("article").first).to_be_visible(timeout=PATIENCE)
        await _tour(page, steps=4 if width > height else FEW)
        shot = await page.screenshot()
        await page.close()
    picture = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.png", optimize=True)


async def _tour(page: Page, *, steps: int) -> None:
    """Play the first steps, so that the picture has something to tell."""
    await page.locator("button.tour").click()
    card = page.locator(".tourcard")
    for step in range(steps):
        await card.locator(".actions .primary").click()
        await card.locator(".actions button:enabled").first.wait_for(timeout=PATIENCE)
        await expect(card).to_have_attribute("aria-busy", "false", timeout=PATIENCE)
        if step < steps - 1:
            await card.locator(".actions button").nth(1).click()
    if steps > FEW:
        await card.locator("header button").click()
        await page.evaluate("scrollTo(0, 0)")


if __name__ == "__main__":
    asyncio.run(main())
