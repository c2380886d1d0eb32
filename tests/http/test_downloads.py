"""Signed downloads over a real connection."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from models.operations import expiry, files
from models.rules.filelimits import KEPT
from models.tables import Person
from tests.files.desk import NOW, PDF, Story
from tests.files.pictures import sparse_pdf
from tests.http.conftest import Site

LARGE = 60_000_000


async def delivered(desk: Story, name: str = "scan.pdf") -> int:
    kept = await desk.keep(name=name)
    await desk.deliver(kept)
    return kept


async def test_file_comes_whole_and_under_strict_headers(site: Site) -> None:
    link = await site.file_link(await delivered(site.desk, "Абай 1.pdf"), site.desk.aysel)
    async with site.browser.get(link) as answer:
        body = await answer.read()
        said = {name: answer.headers.get(name) for name in STRICT}

    assert (answer.status, body, said) == (200, PDF, STRICT)


STRICT = {
    "Content-Type": "application/pdf",
    "Content-Disposition": "attachment; filename*=UTF-8''%D0%90%D0%B1%D0%B0%D0%B9%201.pdf",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Set-Cookie": None,
}


async def test_whole_download_counts_as_fetched(site: Site) -> None:
    kept = await delivered(site.desk)
    async with site.browser.get(await site.file_link(kept, site.desk.aysel)) as answer:
        await answer.read()

    assert await site.is_reached(kept)


@pytest.mark.parametrize(
    ("span", "status", "body", "fetched"),
    [
        ("bytes=0-3", 206, PDF[:4], False),
        ("bytes=5-", 206, PDF[5:], True),
        ("bytes=-4", 206, PDF[-4:], True),
        ("bytes=900-", 416, None, False),
    ],
)
async def test_part_counts_when_it_is_the_last(
    site: Site, span: str, status: int, body: bytes | None, fetched: object
) -> None:
    kept = await delivered(site.desk)
    link = await site.file_link(kept, site.desk.aysel)
    async with site.browser.get(link, headers={"Range": span}) as answer:
        got = await answer.read()

    assert (answer.status, got if body else None) == (status, body)
    assert await site.is_reached(kept) is fetched


async def test_looking_at_the_headers_counts_for_nothing(site: Site) -> None:
    kept = await delivered(site.desk)
    async with site.browser.head(await site.file_link(kept, site.desk.aysel)) as answer:
        assert (answer.status, answer.headers["Content-Length"]) == (200, str(len(PDF)))

    assert not await site.is_reached(kept)


async def test_broken_download_counts_for_nothing(site: Site, tmp_path: Path) -> None:
    large = sparse_pdf(tmp_path / "large", LARGE)
    kept = await files.keep_part(site.desk.root, large, "large.pdf", owner=site.desk.dana.id, now=NOW)
    await site.desk.deliver(kept)
    path = (await site.file_link(kept, site.desk.aysel)).removeprefix(site.base)
    host, _, port = site.base.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: desk\r\n\r\n".encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.transport.abort()

    assert not await site.is_reached(kept)


async def test_large_file_comes_whole(site: Site, tmp_path: Path) -> None:
    large = sparse_pdf(tmp_path / "large", LARGE)
    kept = await files.keep_part(site.desk.root, large, "large.pdf", owner=site.desk.dana.id, now=NOW)
    await site.desk.deliver(kept)
    async with site.browser.get(await site.file_link(kept, site.desk.aysel)) as answer:
        size = sum([len(piece) async for piece in answer.content.iter_any()])

    assert size == LARGE


async def refused(site: Site, link: str) -> tuple[int, bytes, list[str]]:
    async with site.browser.get(link) as answer:
        return answer.status, await answer.read(), sorted(answer.headers)


async def test_everything_wrong_looks_the_same(site: Site) -> None:
    kept = await delivered(site.desk)
    loose = await site.desk.keep(PDF + b"2")
    good = await site.file_link(kept, site.desk.aysel)
    wrong = [
        f"{site.base}/nothing",
        good[:-1],
        good.replace("/f", "/u", 1),
        good.replace(f"f{kept}.", f"f{kept + 1}."),
        f"{site.base}/files/f1.1.1.{'A' * 22}/scan.pdf",
        f"{site.base}/files/%00/scan.pdf",
        await site.file_link(kept, site.desk.stranger),
        await site.file_link(loose, site.desk.dana),
        site.upload_link(site.desk.stranger),
    ]
    answers = [await refused(site, link) for link in wrong]

    assert {status for status, _body, _headers in answers} == {404}
    assert all(answer == answers[0] for answer in answers)


async def test_link_ends_with_the_file(site: Site) -> None:
    kept = await delivered(site.desk)
    link = await site.file_link(kept, site.desk.aysel)
    site.now = NOW + KEPT - timedelta(minutes=1)
    before, _, _ = await refused(site, link)
    site.now = NOW + KEPT
    after, _, _ = await refused(site, link)

    assert (before, after) == (200, 404)


async def test_link_ends_with_the_persons_epoch_and_with_the_copy(site: Site) -> None:
    kept = await delivered(site.desk)
    link = await site.file_link(kept, site.desk.aysel)
    await Person.filter(id=site.desk.aysel.id).update(epoch=2)
    revoked, _, _ = await refused(site, link)
    await Person.filter(id=site.desk.aysel.id).update(epoch=1)
    await expiry.expire_files(NOW + KEPT)
    expired, _, _ = await refused(site, link)

    assert (revoked, expired) == (404, 404)
