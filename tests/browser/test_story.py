"""The story on the page, in a real browser, by typing and tapping."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import ALMATY, BAKU, phone, types

SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


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
