"""Each switch of the page, in a real browser: what it does is seen, and turning it off mends it."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import BAKU, phone, types

A_WHILE = 1500
"""Milliseconds in which an answer would long have come."""
DELAYS = {
    "The mail server is down": "Конец легенды",
    "The mail server asks to come back later": "Баллады степей",
}
"""What holds mail up, and a book that is asked for meanwhile."""


def state(page: Page) -> Locator:
    return page.get_by_role("region", name="State")


async def test_telegram_fails_asks_to_wait_and_is_slow(page: Page) -> None:
    baku = phone(page, BAKU)
    articles = await baku.get_by_role("article").count()
    for name in ("Telegram fails (502)", "Telegram asks to wait (429)"):
        switch = page.get_by_role("checkbox", name=name)
        await switch.check()
        await types(baku, "/help")
        await expect(baku.get_by_role("article")).to_have_count(articles + 1)
        await page.wait_for_timeout(A_WHILE)
        await expect(baku.get_by_role("article")).to_have_count(articles + 1)
        await switch.uncheck()
        await expect(baku.get_by_role("article")).to_have_count(articles + 2)
        articles += 2
    await page.get_by_role("checkbox", name="Telegram is slow").check()
    await types(baku, "/help")
    await expect(baku.get_by_role("article")).to_have_count(articles + 2)


async def test_mail_waits_for_its_server_and_leaves_later(page: Page) -> None:
    letters = page.get_by_role("region", name="ill@nlrk.example", exact=True).locator(".mails button")
    for name, title in DELAYS.items():
        switch = page.get_by_role("checkbox", name=name)
        await switch.check()
        await asks(page, title)
        await expect(outgoing(page, "mail", "waits")).to_be_visible()
        await expect(letters.filter(has_text=title)).to_have_count(0)
        await switch.uncheck()
        await page.get_by_role("button", name="+1 day").click()
        await expect(letters.filter(has_text=title).first).to_be_visible()


async def test_refused_mail_is_given_up(page: Page) -> None:
    await page.get_by_role("checkbox", name="The mail server refuses").check()
    await asks(page)
    await expect(outgoing(page, "mail", "given up")).to_contain_text("No such user")


@pytest.mark.parametrize(("language", "stage"), [("az", "Göndərilib"), ("kk", "Жіберілді")])
async def test_state_speaks_the_language_of_the_page(page: Page, language: str, stage: str) -> None:
    await asks(page)
    await expect(state(page)).to_contain_text("Outgoing messages")
    await page.goto(f"{page.url.partition('?')[0]}?lang={language}")
    rows = page.locator("#state table").first
    await expect(rows).to_contain_text(stage)
    await expect(rows.locator("[title=sent]").first).to_be_visible()


async def asks(page: Page, title: str = "Конец легенды") -> None:
    baku = phone(page, BAKU)
    await types(baku, f"Кекилбаев А. {title} : роман. — Алматы : Жазушы, 1979. — 320 с.")
    await baku.get_by_role("button", name="Sorğunu göndər").last.click()


def outgoing(page: Page, channel: str, status: str) -> Locator:
    """The newest row of the outbox for that channel and in that state."""
    rows = state(page).get_by_role("row").filter(has=page.get_by_text(channel, exact=True))
    return rows.filter(has=page.get_by_text(status, exact=True)).first
