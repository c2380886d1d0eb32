"""Tour, clock, switches and scenes: the real controls in a real browser."""

import re

from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import BAKU, PATIENCE, phone, running, types
from tests.journeys.process import free_port


async def test_tour_plays_itself_to_its_end(page: Page) -> None:
    await page.get_by_role("button", name="Tour in six steps").click()
    await page.get_by_role("button", name="Play to the end").click()
    card = page.get_by_role("dialog", name="Nothing is lost")
    await expect(card.get_by_role("status")).to_have_text(
        re.compile("^That was the tour"), timeout=3 * PATIENCE
    )
    await card.get_by_role("button", name="Close").click()
    await expect(card).to_be_hidden()


async def test_next_event_is_named_and_reached(page: Page) -> None:
    clock = page.get_by_role("region", name="Clock", exact=True)
    before = await clock.locator("time").first.get_attribute("datetime")
    await expect(clock.get_by_role("button", name="Next event")).to_have_text(
        re.compile(r"in \d+ (hour|day)s?")
    )
    await clock.get_by_role("button", name="Next event").click()
    await expect(clock).to_have_attribute("aria-busy", "false")
    after = await clock.locator("time").first.get_attribute("datetime")
    assert before is not None
    assert after is not None
    assert after > before


async def test_stopped_program_answers_when_it_runs_again(page: Page) -> None:
    baku = phone(page, BAKU)
    switch = page.get_by_role("checkbox", name="The program is stopped")
    await switch.check()
    await expect(page.get_by_role("link", name="Faults on: 1")).to_be_visible()
    articles = await baku.get_by_role("article").count()
    await types(baku, "/help")
    await expect(baku.get_by_role("article")).to_have_count(articles + 1)
    await switch.uncheck()
    await expect(baku.get_by_role("article")).to_have_count(articles + 2)


async def test_blocked_bot_cannot_be_written_to(page: Page) -> None:
    baku = phone(page, BAKU)
    await baku.get_by_role("button", name="Block the bot", exact=True).click()
    await expect(baku.get_by_role("textbox", name="Message", exact=True)).to_be_hidden()
    await baku.get_by_role("button", name="Unblock the bot").last.click()
    await expect(baku.get_by_role("textbox", name="Message", exact=True)).to_be_visible()


async def test_letter_shows_its_three_faces_and_a_machine_answers(page: Page) -> None:
    box = page.get_by_role("region", name="ill@nlrk.example", exact=True)
    await box.locator(".mails button").first.click()
    letter = box.get_by_role("article")
    await letter.get_by_role("button", name="Formatted", exact=True).click()
    await expect(letter.locator("iframe")).to_have_attribute("sandbox", "")
    await letter.get_by_role("button", name="Source").click()
    await expect(letter.locator("pre")).to_contain_text("Message-ID:")
    await letter.get_by_role("button", name="Out of office").click()
    await expect(page.get_by_role("region", name="State")).to_contain_text("auto")


async def test_another_scene_begins_on_fresh_data(page: Page) -> None:
    await page.get_by_label("Scene").get_by_role("combobox").select_option("fresh")
    await page.get_by_role("button", name="Begin anew").click()
    await expect(phone(page, BAKU).get_by_role("article")).to_have_count(2)


async def test_page_finds_a_sandbox_that_was_started_anew(browser: Browser) -> None:
    port = str(free_port())
    page = await browser.new_page()
    async with running("--port", port, "--stage", "fresh") as address:
        await page.goto(f"{address}?lang=en")
        await expect(phone(page, BAKU).get_by_role("article")).to_have_count(2)
        await types(phone(page, BAKU), "/help")
        await expect(phone(page, BAKU).get_by_role("article")).to_have_count(4)
    await expect(page.get_by_role("alert")).to_contain_text("does not answer")
    async with running("--port", port, "--stage", "fresh"):
        await expect(phone(page, BAKU).get_by_role("article")).to_have_count(2)
        await expect(page.get_by_role("alert")).to_be_hidden()
