"""The page for everybody: with a screen reader, on a telephone, without a mouse, in the dark."""

import re

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

from models.rules.vocabulary import Language
from tests.browser.conftest import ALMATY, BAKU, phone
from tests.journeys.props import BOOK

NARROW = 360
DARK = 40
"""Of 255, in each colour."""
LONGEST_WALK = 400


async def grave_faults(page: Page) -> list[tuple[str, str]]:
    found = await Axe().run(page)
    grave = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
    return [(one["id"], one["nodes"][0]["html"]) for one in grave]


async def test_nothing_serious_stands_in_anybodys_way(page: Page) -> None:
    await page.get_by_role("region", name="ill@nlrk.example").locator(".mails button").first.click()
    assert await grave_faults(page) == []
    await page.emulate_media(color_scheme="dark")
    colour = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(int(part) < DARK for part in re.findall(r"\d+", str(colour))[:3])
    assert await grave_faults(page) == []
    await page.get_by_role("button", name="Tour in six steps").click()
    await page.set_viewport_size({"width": NARROW, "height": 740})
    assert await grave_faults(page) == []


async def test_nothing_hangs_over_the_edge_of_a_small_screen(page: Page) -> None:
    await page.set_viewport_size({"width": NARROW, "height": 740})
    await page.locator("button.tour").click()
    for language in Language:
        await page.locator(".title select").select_option(language.value)
        await expect(page.locator("html")).to_have_attribute("lang", language.value)
        assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW
        assert await page.get_by_role("dialog").evaluate("node => node.scrollWidth <= node.clientWidth")


async def test_book_is_asked_for_and_promised_without_a_mouse(page: Page) -> None:
    baku, almaty = phone(page, BAKU), phone(page, ALMATY)
    await reaches(page, baku.get_by_role("textbox", name="Message", exact=True))
    await page.keyboard.type(BOOK)
    await page.keyboard.press("Enter")
    send = baku.get_by_role("button", name="Sorğunu göndər").last
    await expect(send).to_be_visible()
    await reaches(page, send, key="Shift+Tab")
    await page.keyboard.press("Enter")
    yes = (
        almaty.get_by_role("article")
        .filter(has_text="Путь Абая")
        .last.get_by_role("button", name="Бере аламыз", exact=True)
    )
    await expect(yes).to_be_visible()
    await reaches(page, yes)
    await page.keyboard.press("Space")
    await expect(baku.get_by_role("log")).to_contain_text("Təqdim ediləcək")


async def test_tour_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    opener = page.get_by_role("button", name="Tour in six steps")
    await reaches(page, opener)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(opener).to_be_focused()


async def reaches(page: Page, control: Locator, *, key: str = "Tab") -> None:
    """Go there with the keyboard alone."""
    for _ in range(LONGEST_WALK):
        if await control.evaluate("node => node === document.activeElement"):
            return
        await page.keyboard.press(key)
    raise AssertionError("no key leads there")
