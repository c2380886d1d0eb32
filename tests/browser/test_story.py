"""The story on the page, in a real browser, by typing and tapping."""

import re

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

BAKU = "Aytən Məmmədova"
ALMATY = "Әсел Нұрланқызы"
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def types(one: Locator, text: str) -> None:
    await one.get_by_role("textbox", name="Message", exact=True).fill(text)
    await one.get_by_role("button", name="Send", exact=True).click()


async def test_a_scan_is_asked_for_in_baku_and_delivered_from_almaty(page: Page) -> None:
    baku, almaty = phone(page, BAKU), phone(page, ALMATY)
    await types(baku, "Иванов И. И. Название статьи // Вопросы истории. — 1998. — № 5. — С. 12–40.")
    await baku.get_by_role("button", name="Sorğunu göndər").last.click()
    news = almaty.get_by_role("article").filter(has_text="Название статьи").last
    await expect(news).to_contain_text("Жаңа сұраныс")
    await news.get_by_role("button", name="Файлды жіберу").click()
    await expect(almaty.get_by_role("log")).to_contain_text("PDF, JPEG")
    await almaty.locator("input[type=file]").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": SCAN}
    )
    await almaty.get_by_role("button", name="Send", exact=True).click()
    await expect(baku.get_by_role("log")).to_contain_text("scan.pdf")
    await baku.get_by_role("button", name="Surət oxunur").last.click()
    await expect(baku.get_by_role("log")).to_contain_text("Tamamlandı")


async def test_a_mail_is_answered_with_one_word(page: Page) -> None:
    baku = phone(page, BAKU)
    await types(baku, "Сейфуллин С. Тар жол, тайғақ кешу : роман. — Алматы : Жазушы, 1977. — 320 б.")
    await baku.get_by_role("button", name="Sorğunu göndər").last.click()
    box = page.get_by_role("region", name="ill@nlrk.example", exact=True)
    await box.get_by_text(re.compile("Тар жол")).first.click()
    await box.get_by_role("textbox").last.fill("иә")
    await box.get_by_role("button", name=re.compile("^Send")).last.click()
    await expect(baku.get_by_role("log")).to_contain_text("Təqdim ediləcək")


async def test_a_title_that_is_a_script_is_a_title(page: Page) -> None:
    baku = phone(page, BAKU)
    await types(baku, "<script>document.title='taken'</script>")
    await expect(baku.get_by_role("log")).to_contain_text("<script>document.title='taken'</script>")
    assert await page.title() != "taken"


async def test_the_page_has_no_serious_fault_of_accessibility(page: Page) -> None:
    await expect(phone(page, BAKU).get_by_role("article").first).to_be_visible()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        found = await Axe().run(page)
        grave = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
        assert [(one["id"], one["nodes"][0]["html"]) for one in grave] == []


async def test_nothing_hangs_over_the_edge_of_a_small_screen(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await expect(phone(page, BAKU)).to_be_visible()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
