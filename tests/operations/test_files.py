"""Kept files: once each, as long as somebody needs them."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.operations import expiry, files, inbox, uploads
from models.operations.files import NAME_BYTES, PARTS, path_of, safe_name
from models.operations.inbox import RawMail
from models.queries import files as file_queries
from models.rules.errors import FileWrongKind
from models.rules.filelimits import KEPT, MAIL_OUT, WARNED_BEFORE
from models.rules.vocabulary import NoticeKind
from models.tables import Attachment, File, Mail, Notice, Person
from tests.files.desk import NOW, PDF, Story, story

DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\scans\\стр 1.pdf", "стр 1.pdf"),
        ("gpj\u202efdp.exe", "gpjfdp.exe"),
        ("e\u0301t\u00e9.pdf", "été.pdf"),
        ("a:b*c?.pdf", "a_b_c_.pdf"),
        ("\ud800scan.pdf", "scan.pdf"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_name_is_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@given(st.text())
def test_name_of_any_text_is_safe(name: str) -> None:
    kept = safe_name(name)

    assert 0 < len(kept.encode()) <= NAME_BYTES
    assert not set(kept) & set('/\\\0\n<>:"|?*')
    assert kept == safe_name(kept)


async def test_the_same_bytes_are_kept_once(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        first = await desk.keep()
        again = await desk.keep()
        other_name = await desk.keep(name="other.pdf")

        assert (first == again, first == other_name) == (True, False)
        assert await File.all().count() == 1
        assert path_of(desk.root, DIGEST).read_bytes() == PDF


async def test_a_name_gets_the_ending_of_the_content(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        [view] = await file_queries.those([await desk.keep(name="photo.jpg")])

        assert (view.name, view.mime) == ("photo.pdf", "application/pdf")


async def test_a_locked_file_is_taken_and_said_so(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        [view] = await file_queries.those([await desk.keep(PDF + b"trailer <</Encrypt 5 0 R>>")])

        assert view.locked


async def test_a_wrong_kind_leaves_nothing(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        with pytest.raises(FileWrongKind):
            await desk.keep(b"MZ", "scan.pdf")

        assert (await File.all().count(), desk.root.exists()) == (0, False)


async def test_bytes_stay_while_one_attachment_needs_them(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        first, second = await desk.keep(name="a.pdf"), await desk.keep(name="b.pdf")
        await files.discard([first])
        kept_still = await files.sweep(desk.root)
        await files.discard([second])

        assert (kept_still, await files.sweep(desk.root)) == (0, 1)
        assert not path_of(desk.root, DIGEST).exists()


async def test_a_delivered_file_is_not_discarded(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        kept = await desk.keep()
        await desk.deliver(kept)

        assert (await files.discard([kept]), await files.sweep(desk.root)) == (0, 0)


async def test_sweeping_never_takes_what_is_being_kept(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        for round_ in range(8):
            data = PDF + bytes([round_])
            await files.discard([await desk.keep(data)])
            kept, *_ = await asyncio.gather(desk.keep(data), files.sweep(desk.root), files.sweep(desk.root))
            [view] = await file_queries.those([kept])

            assert path_of(desk.root, view.sha256).read_bytes() == data


async def test_rows_and_disk_are_compared(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        await desk.keep()
        await files.discard([await desk.keep(PDF + b"2")])
        path_of(desk.root, DIGEST).unlink()

        assert await files.compare(desk.root) == files.Disk(missing=(DIGEST,), unwanted=1)


async def notices(kind: NoticeKind) -> list[tuple[int | None, list[int]]]:
    rows = await Notice.filter(kind=kind).order_by("id")
    return [(row.person_id, row.facts["files"]) for row in rows]


async def delivered(desk: Story) -> int:
    kept = await desk.keep()
    await desk.deliver(kept)
    return kept


async def test_an_unfetched_file_is_warned_of_once(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        kept = await delivered(desk)
        await expiry.expire_files(NOW + KEPT - WARNED_BEFORE - timedelta(minutes=1))
        early = await notices(NoticeKind.FILE_EXPIRES)
        await expiry.expire_files(NOW + KEPT - WARNED_BEFORE)
        await expiry.expire_files(NOW + KEPT - timedelta(days=1))

        assert (early, await notices(NoticeKind.FILE_EXPIRES)) == ([], [(desk.aysel.id, [kept])])


async def test_a_fetched_file_goes_silently(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        await files.reached([await delivered(desk)], NOW)
        await expiry.expire_files(NOW + KEPT)

        assert await notices(NoticeKind.FILE_EXPIRES) == []


async def test_a_file_goes_after_thirty_days(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        kept = await delivered(desk)
        await expiry.expire_files(NOW + KEPT - timedelta(seconds=1))
        there = await file_queries.download(kept, desk.aysel)
        await expiry.expire_files(NOW + KEPT)

        assert there is not None
        assert await file_queries.download(kept, desk.aysel) is None
        assert await files.sweep(desk.root) == 1
        [view] = (await desk.card(desk.aysel)).files
        assert (view.name, view.expired) == ("scan.pdf", True)


async def test_thirty_days_count_from_the_delivery(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        kept = await desk.keep()
        await desk.deliver(kept, now=NOW + timedelta(days=10))
        await expiry.expire_files(NOW + KEPT + timedelta(days=9))

        assert await Attachment.exists(id=kept, expired_at=None)


async def test_the_mail_that_brought_it_is_emptied_too(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files"):
        for key, outcome in (("a", "acted"), ("b", "poisoned")):
            raw = RawMail(body=b"scan inside", sender="", recipients=(), source="lmtp", key=key)
            await inbox.store_mail(raw, NOW)
            await Mail.filter(key=key).update(done_at=NOW, outcome=outcome)
        await expiry.expire_files(NOW + KEPT)

        bodies = {row.key: bytes(row.body) for row in await Mail.all()}
        assert bodies == {"a": b"", "b": b"scan inside"}

        await expiry.expire_files(NOW + expiry.POISON_KEPT)
        assert {bytes(row.body) for row in await Mail.all()} == {b""}


async def test_old_parts_of_uploads_go(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        card = await desk.card(desk.dana)
        upload = await uploads.begin(desk.root, card, desk.dana, name="a.pdf", size=9, now=NOW)
        (desk.root / PARTS).mkdir(parents=True)
        upload.part.write_bytes(b"part")
        await uploads.sweep(desk.root)
        kept = upload.part.exists()
        await expiry.expire_files(NOW + timedelta(days=8))
        await uploads.sweep(desk.root)

        assert (kept, upload.part.exists()) == (True, False)


async def test_sender_hears_of_what_no_way_carries(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        await Person.filter(id=desk.aysel.id).update(telegram_id=None, email="a@anl.example")
        kept = await desk.keep(PDF + bytes(MAIL_OUT))
        await desk.deliver(kept)

        assert await notices(NoticeKind.TOO_LARGE) == [(desk.dana.id, [kept])]


async def test_sender_hears_nothing_where_one_way_carries_it(desk_url: str, tmp_path: Path) -> None:
    async with story(desk_url, tmp_path / "files") as desk:
        await desk.deliver(await desk.keep(PDF + bytes(MAIL_OUT)))

        assert await notices(NoticeKind.TOO_LARGE) == []
