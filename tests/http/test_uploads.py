"""The upload page over a real connection: pieces, interruptions, and what counts in the end."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from models.operations.files import PARTS
from models.rules.filelimits import WEB_IN
from models.rules.vocabulary import Act, Stage, Via
from models.tables import Attachment, Event, Request, Upload
from tests.files.desk import PDF
from tests.files.pictures import pieces, sparse_pdf
from tests.http.conftest import Site

PIECE = 4 * 1024 * 1024
LARGE = 60_000_000


async def begin(site: Site, *, name: str = "scan.pdf", size: int = len(PDF)) -> tuple[int, dict[str, int]]:
    body = {"name": name, "size": size}
    async with site.browser.post(f"{site.upload_link()}/files", json=body) as answer:
        return answer.status, await answer.json()


async def append(site: Site, upload: int, data: bytes, *, at: int) -> tuple[int, str | None]:
    headers = {"Upload-Offset": str(at)}
    link = f"{site.upload_link()}/files/{upload}"
    async with site.browser.patch(link, data=io.BytesIO(data), headers=headers) as answer:
        return answer.status, answer.headers.get("Upload-Offset")


async def finish(site: Site, upload: int, *, language: str = "en") -> tuple[int, dict[str, str]]:
    link = f"{site.upload_link()}/files/{upload}/done?lang={language}"
    async with site.browser.post(link) as answer:
        return answer.status, await answer.json()


async def until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.005)


async def stage(site: Site) -> Stage:
    return (await Request.get(id=site.desk.request)).stage


async def test_page_speaks_the_readers_language_and_runs_only_our_script(site: Site) -> None:
    async with site.browser.get(site.upload_link()) as answer:
        page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
    async with site.browser.get(f"{site.base}/page/upload.js") as script:
        assert (script.status, script.content_type) == (200, "text/javascript")

    assert '<html lang="kk">' in page
    assert "<script>" not in page
    assert "style=" not in page
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")


@pytest.mark.parametrize("language", ["az", "kk", "ru", "en"])
async def test_page_speaks_every_language(site: Site, language: str) -> None:
    async with site.browser.get(f"{site.upload_link()}?lang={language}") as answer:
        assert f'<html lang="{language}">' in await answer.text()


async def test_title_that_is_a_script_stays_a_title(site: Site) -> None:
    evil = '"><script>alert(1)</script>'
    await Request.filter(id=site.desk.request).update(values={"title": evil, "part_title": evil})
    async with site.browser.get(site.upload_link()) as answer:
        page = await answer.text()

    assert "<script>alert" not in page


async def test_finished_upload_is_the_delivery(site: Site) -> None:
    _, begun = await begin(site)
    sent = await append(site, begun["id"], PDF, at=0)
    before = await stage(site)
    done = await finish(site, begun["id"])

    assert (sent, before) == ((204, str(len(PDF))), Stage.SENT)
    assert (done[0], await stage(site), site.woken) == (200, Stage.DELIVERED, 1)
    event = await Event.get(act=Act.DELIVER)
    assert (event.via, event.actor_id) == (Via.WEB, site.desk.dana.id)
    assert not list((site.desk.root / PARTS).iterdir())


async def test_large_file_arrives_in_pieces(site: Site, tmp_path: Path) -> None:
    _, begun = await begin(site, name="large.pdf", size=LARGE)
    at = 0
    for piece in pieces(sparse_pdf(tmp_path / "large", LARGE), PIECE):
        status, reached = await append(site, begun["id"], piece, at=at)
        at += len(piece)
        assert (status, reached) == (204, str(at))
    status, _ = await finish(site, begun["id"])

    kept = await Attachment.get().prefetch_related("file")
    assert (status, kept.name, kept.file.size) == (200, "large.pdf", LARGE)


async def test_upload_goes_on_where_it_stopped(site: Site) -> None:
    _, begun = await begin(site)
    await append(site, begun["id"], PDF[:6], at=0)
    again = await begin(site)
    wrong = await append(site, begun["id"], PDF, at=0)
    rest = await append(site, begun["id"], PDF[6:], at=6)

    assert again == (201, {"id": begun["id"], "offset": 6})
    assert (wrong, rest) == ((409, "6"), (204, str(len(PDF))))
    assert (await finish(site, begun["id"]))[0] == 200


async def test_what_came_before_the_connection_broke_stays(site: Site) -> None:
    _, begun = await begin(site, size=100)
    path = f"{site.upload_link()}/files/{begun['id']}".removeprefix(site.base)
    host, _, port = site.base.removeprefix("http://").partition(":")
    _reader, writer = await asyncio.open_connection(host, int(port))
    head = f"PATCH {path} HTTP/1.1\r\nHost: desk\r\nUpload-Offset: 0\r\nContent-Length: 100\r\n\r\n"
    writer.write(head.encode() + PDF)
    await writer.drain()
    part = site.desk.root / PARTS / str(begun["id"])
    await until(part.exists)
    writer.transport.abort()
    await until(lambda: part.stat().st_size > 0)

    assert await append(site, begun["id"], PDF, at=len(PDF)) == (204, str(2 * len(PDF)))


async def test_more_than_announced_is_cut(site: Site) -> None:
    _, begun = await begin(site)

    assert await append(site, begun["id"], PDF + b"more", at=0) == (204, str(len(PDF)))


async def test_unfinished_upload_counts_for_nothing(site: Site) -> None:
    _, begun = await begin(site)
    await append(site, begun["id"], PDF[:6], at=0)
    status, answer = await finish(site, begun["id"])

    assert (status, list(answer), await stage(site)) == (422, ["error"], Stage.SENT)
    assert await Attachment.all().count() == 0


async def test_wrong_kind_is_refused_in_the_pages_language(site: Site) -> None:
    _, begun = await begin(site, size=4)
    await append(site, begun["id"], b"MZ\x90\x00", at=0)
    status, answer = await finish(site, begun["id"], language="ru")

    assert status == 422
    assert answer["error"].startswith("Файлы такого вида не передаются. Файл: scan.pdf")
    assert await Upload.all().count() == 0


async def test_repeated_finish_delivers_once(site: Site) -> None:
    _, begun = await begin(site)
    await append(site, begun["id"], PDF, at=0)
    link = f"{site.upload_link()}/files/{begun['id']}/done"

    async def once() -> int:
        async with site.browser.post(link) as answer:
            return answer.status

    statuses = await asyncio.gather(*(once() for _ in range(3)))

    assert 200 in statuses
    assert await Event.filter(act=Act.DELIVER).count() == 1
    assert await Attachment.filter(event_id=None).count() == 0


@pytest.mark.parametrize("size", [0, -1, WEB_IN + 1])
async def test_absurd_size_is_refused(site: Site, size: int) -> None:
    status, answer = await begin(site, size=size)

    assert (status, list(answer)) == (422, ["error"])


@pytest.mark.parametrize("body", ["", "[]", '{"name": 5, "size": 5}', '{"name": "a", "size": "5"}'])
async def test_nonsense_is_a_bad_request(site: Site, body: str) -> None:
    async with site.browser.post(f"{site.upload_link()}/files", data=body) as answer:
        assert answer.status == 400


async def test_another_persons_upload_is_not_there(site: Site) -> None:
    _, begun = await begin(site)
    link = f"{site.upload_link(site.desk.aysel)}/files/{begun['id']}"
    async with site.browser.patch(link, data=PDF, headers={"Upload-Offset": "0"}) as answer:
        assert answer.status == 404


async def test_the_side_that_asked_has_nothing_to_upload(site: Site) -> None:
    body = {"name": "a.pdf", "size": 5}
    async with site.browser.post(f"{site.upload_link(site.desk.aysel)}/files", json=body) as answer:
        assert answer.status == 422
