"""What the page reads and does: every route hands on to the scene, and only to this machine's own page."""

from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.place import Place
from bot.sandbox.scene import Blob
from bot.sandbox.web import SandboxServer
from tests.sandbox.browser import opened
from tests.sandbox.plain_scene import ALMATY, BAKU, PIXEL, START

ANL = "ill@anl.example"


async def test_page_answers_with_a_policy_that_allows_nothing_from_outside() -> None:
    async with opened() as browser:
        answer = await browser.get("/")
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status == 200
        assert "<!doctype html>" in await answer.text()
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert "Set-Cookie" not in answer.headers


async def test_every_file_of_the_page_is_served_with_its_type() -> None:
    page = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
    types = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json"}
    async with opened() as browser:
        for path in (p for p in page.rglob("*") if p.suffix in types):
            answer = await browser.get(f"/page/{path.relative_to(page).as_posix()}")
            assert (answer.status, answer.content_type) == (200, types[path.suffix]), path
            assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    "path", ["/page/../web.py", "/page/%2e%2e/web.py", "/page/..%2fweb.py", "/page/none.js", "/no"]
)
async def test_nothing_but_the_page_is_served(path: str) -> None:
    async with opened() as browser:
        answer = await browser.get(path)
        assert answer.status == 404
        assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1.evil.example:{port}"]
)
async def test_foreign_host_is_refused(host: str) -> None:
    async with opened() as browser:
        port = browser.url.rpartition(":")[2]
        answer = await browser.get("/", Host=host.format(port=port))
        assert answer.status == 403


async def test_localhost_is_the_same_page() -> None:
    async with opened() as browser:
        port = browser.url.rpartition(":")[2]
        assert (await browser.get("/", Host=f"localhost:{port}")).status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://{own}", "http://localhost:1"])
async def test_foreign_origin_is_refused_and_nothing_is_sent(origin: str) -> None:
    async with opened() as browser:
        headers = {"Origin": origin.format(own=browser.url.partition("//")[2])}
        async with browser.http.post(
            f"{browser.url}/api/phones/{BAKU}/send", json={"text": "x"}, headers=headers
        ) as a:
            posted = a.status
        assert (posted, (await browser.get("/api/phones", **headers)).status) == (403, 403)
        assert browser.scene.told == []


async def test_post_without_an_origin_is_refused() -> None:
    async with opened() as browser:
        async with browser.http.post(f"{browser.url}/api/phones/{BAKU}/send", json={"text": "x"}) as answer:
            assert answer.status == 403
        assert browser.scene.told == []


@pytest.mark.parametrize("host", ["::", "192.0.2.1", "example.org", ""])
def test_server_refuses_to_leave_loopback(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        SandboxServer(Place(), host=host)


async def test_phones_say_who_holds_them() -> None:
    async with opened() as browser:
        first, second = await (await browser.get("/api/phones")).json()
        assert (first["user_id"], first["role"], first["language"], first["zone"]) == (
            BAKU,
            "librarian",
            "az",
            "Asia/Baku",
        )
        assert second["library"]["en"] == "National Library of the Republic of Kazakhstan"


async def test_line_sent_reaches_the_scene_and_the_chat_shows_both_sides() -> None:
    async with opened() as browser:
        status = await browser.post(f"/api/phones/{BAKU}/send", {"text": "Абай", "reply_to": None})
        chat = await (await browser.get(f"/api/phones/{BAKU}/chat")).json()
        assert status == 200
        assert browser.scene.told == [("send", BAKU, "Абай", None)]
        assert [(m["from_bot"], m["text"]) for m in chat] == [(False, "Абай"), (True, "You said: Абай")]


async def test_key_pressed_reaches_the_scene_with_its_message() -> None:
    async with opened() as browser:
        card = browser.scene.post(BAKU, "card")
        assert (
            await browser.post(f"/api/phones/{BAKU}/press", {"message": card["id"], "data": "1:1:send"})
            == 200
        )
        assert browser.scene.told == [("press", BAKU, card["id"], "1:1:send")]


async def test_key_of_a_message_that_is_gone_answers_404() -> None:
    async with opened() as browser:
        assert await browser.post(f"/api/phones/{BAKU}/press", {"message": 7, "data": "x"}) == 404


async def test_person_blocks_the_bot() -> None:
    async with opened() as browser:
        assert await browser.post(f"/api/phones/{ALMATY}/block", {"blocked": True}) == 200
        assert [phone["blocked"] for phone in await (await browser.get("/api/phones")).json()] == [
            False,
            True,
        ]


async def test_files_are_attached_in_order_with_the_caption_on_the_first() -> None:
    pages = (Blob(b"one", "бет 1.png", "image/png"), Blob(b"two", "бет 2.png", "image/png"))
    async with opened() as browser:
        fields = {"caption": "pages 1-2", "reply_to": "4"}
        assert await browser.form(f"/api/phones/{BAKU}/attach", fields, *pages) == 200
        assert browser.scene.told == [
            ("attach", BAKU, pages[0], "pages 1-2", 4),
            ("attach", BAKU, pages[1], "", 4),
        ]


async def test_photos_are_sent_together() -> None:
    photos = [Blob(b"one", "1.png", "image/png"), Blob(b"two", "2.png", "image/png")]
    async with opened() as browser:
        fields = {"caption": "barcodes", "reply_to": "", "photo": "true"}
        assert await browser.form(f"/api/phones/{BAKU}/attach", fields, *photos) == 200
        assert browser.scene.told == [("show", BAKU, photos, "barcodes", None)]


async def test_machine_of_a_mailbox_answers() -> None:
    async with opened() as browser:
        mail = browser.scene.receive(ANL, subject="x", text="x")
        where = f"/api/mailboxes/{ANL}/mails/{mail['id']}/robot"
        assert await browser.post(where, {"robot": "away"}) == 200
        assert await browser.post(where, {"robot": "butler"}) == 400
        assert browser.scene.told == [("robot", ANL, mail["id"], "away")]


async def test_picture_is_shown_and_any_other_file_is_only_kept() -> None:
    async with opened() as browser:
        browser.scene.files = {
            "p": Blob(PIXEL, "pixel.png", "image/png"),
            "h": Blob(b"<script>", "Мұқаба.html", "text/html"),
            "s": Blob(b"<svg/>", "x.svg", "image/svg+xml"),
        }
        picture, page, drawing = [await browser.get(f"/api/files/{name}") for name in "phs"]
        assert (picture.content_type, await picture.read()) == ("image/png", PIXEL)
        assert picture.headers["Content-Disposition"].startswith("inline")
        for kept in (page, drawing):
            assert kept.content_type == "application/octet-stream"
            assert kept.headers["Content-Disposition"].startswith("attachment")
            assert "sandbox" in kept.headers["Content-Security-Policy"]
            assert kept.headers["X-Content-Type-Options"] == "nosniff"
        assert page.content_disposition is not None
        assert page.content_disposition.filename == "Мұқаба.html"


async def test_mail_is_listed_and_read_as_text_source_and_page() -> None:
    async with opened() as browser:
        mail = browser.scene.receive(
            ANL, subject="Сұраныс", text="Сәлем", html="<p>Сәлем</p><script>1</script>"
        )
        here = f"/api/mailboxes/{ANL}/mails"
        listed = await (await browser.get(here)).json()
        raw = await browser.get(f"{here}/{mail['id']}/raw")
        html = await browser.get(f"{here}/{mail['id']}/html")
        assert [m["subject"] for m in listed] == ["Сұраныс"]
        assert raw.content_type == "text/plain"
        assert "Subject: Сұраныс" in await raw.text()
        assert html.headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"
        )


async def test_attachment_of_a_mail_is_downloaded_under_its_name() -> None:
    async with opened() as browser:
        mail = browser.scene.receive(ANL, subject="s", text="t")
        mail["attachments"] = [{"index": 0, "name": "blank.pdf", "type": "application/pdf", "size": 8}]
        here = f"/api/mailboxes/{ANL}/mails/{mail['id']}/attachments"
        found = await browser.get(f"{here}/0")
        assert await found.read() == b"%PDF-1.7"
        assert found.content_disposition is not None
        assert found.content_disposition.filename == "blank.pdf"
        assert (await browser.get(f"{here}/1")).status == 404


async def test_reply_reaches_the_scene_with_client_and_files() -> None:
    scan = Blob(b"%PDF", "scan.pdf", "application/pdf")
    async with opened() as browser:
        mail = browser.scene.receive(ANL, subject="s", text="t")
        fields = {"body": "YES\nсәлем", "client": "outlook", "html": "true"}
        assert await browser.form(f"/api/mailboxes/{ANL}/mails/{mail['id']}/reply", fields, scan) == 200
        assert browser.scene.told == [("reply", ANL, mail["id"], "YES\nсәлем", "outlook", True, [scan])]


async def test_new_letter_reaches_the_scene() -> None:
    async with opened() as browser:
        assert await browser.form(f"/api/mailboxes/{ANL}/write", {"subject": "ISBN", "body": "978"}) == 200
        assert browser.scene.told == [("write", ANL, "ISBN", "978", [])]


async def test_upload_above_the_limit_is_refused_and_nothing_is_sent() -> None:
    large = Blob(bytes(25 * 1024 * 1024 + 1), "large.bin", "application/octet-stream")
    async with opened() as browser:
        try:
            status = await browser.form(f"/api/mailboxes/{ANL}/write", {"subject": "s", "body": "b"}, large)
        except aiohttp.ClientOSError:
            status = 413  # the server has stopped reading, which a client may see before the answer
        assert status == 413
        assert browser.scene.told == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/api/phones/{BAKU}/send", {"text": 5}),
        (f"/api/phones/{BAKU}/send", {}),
        (f"/api/phones/{BAKU}/send", ["text"]),
        (f"/api/phones/{BAKU}/send", {"text": "x", "reply_to": "first"}),
        (f"/api/phones/{BAKU}/press", {"data": "x"}),
        (f"/api/phones/{BAKU}/block", {"blocked": "perhaps"}),
        ("/api/clock", {"to": "tomorrow", "zone": "Asia/Baku"}),
        ("/api/clock", {"to": "2026-02-01T09:30", "zone": "../etc/passwd"}),
    ],
)
async def test_what_is_not_understood_answers_400(path: str, body: object) -> None:
    async with opened() as browser:
        assert await browser.post(path, body) == 400
        assert browser.scene.told == []


async def test_unfinished_form_answers_400() -> None:
    async with opened() as browser:
        headers = {**browser.own, "Content-Type": "multipart/form-data; boundary=x"}
        url = f"{browser.url}/api/phones/{BAKU}/attach"
        for body in (b"nothing", b'--x\r\nContent-Disposition: form-data; name="caption"\r\n\r\nhalf', b""):
            async with browser.http.post(url, data=body, headers=headers) as answer:
                assert answer.status == 400
        assert browser.scene.told == []


@pytest.mark.parametrize(
    "path", ["/api/phones/9/chat", "/api/phones/x/chat", "/api/files/none", "/api/mailboxes/a@b/mails"]
)
async def test_what_does_not_exist_answers_404(path: str) -> None:
    async with opened() as browser:
        assert (await browser.get(path)).status == 404


async def test_clock_is_read_with_the_next_event_in_the_language_of_the_page() -> None:
    async with opened() as browser:
        clock = await (await browser.get("/api/clock?lang=ru")).json()
        assert clock == {
            "now": "2026-01-05T05:30:00+00:00",
            "zones": ["Asia/Baku", "Asia/Almaty"],
            "next": {
                "name": "Срок возврата: ANL-2026-0042",
                "at": "2026-01-08T05:30:00+00:00",
                "distance": "in 3 days",
            },
        }


@pytest.mark.parametrize(
    ("wish", "then"),
    [
        ({"hours": 1}, datetime(2026, 1, 5, 6, 30, tzinfo=UTC)),
        ({"hours": 168}, datetime(2026, 1, 12, 5, 30, tzinfo=UTC)),
        ({"to": "2026-02-01T09:30", "zone": "Asia/Almaty"}, datetime(2026, 2, 1, 4, 30, tzinfo=UTC)),
        ({}, datetime(2026, 1, 8, 5, 30, tzinfo=UTC)),
    ],
)
async def test_clock_moves_by_hours_to_a_local_time_or_to_the_next_event(
    wish: dict[str, object], then: datetime
) -> None:
    async with opened() as browser:
        assert await browser.post("/api/clock", wish) == 200
        assert browser.scene.told == [("advance", then)]


@pytest.mark.parametrize("wish", [{"hours": -1}, {"to": "2026-01-05T09:29", "zone": "Asia/Baku"}])
async def test_clock_does_not_go_back(wish: dict[str, object]) -> None:
    async with opened() as browser:
        assert await browser.post("/api/clock", wish) == 409
        assert browser.scene.now == START


async def test_switch_is_set_and_refusal_of_the_scene_answers_409() -> None:
    async with opened() as browser:
        assert await browser.post("/api/chaos", {"name": "telegram_down", "on": True}) == 200
        assert await browser.post("/api/chaos", {"name": "smtp_refuses", "on": True}) == 409
        assert await browser.post("/api/chaos", {"name": "earthquake", "on": True}) == 404
        assert await (await browser.get("/api/chaos")).json() == {
            "telegram_down": True,
            "smtp_refuses": False,
        }
