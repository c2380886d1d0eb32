"""A backup taken while others write is whole; what is damaged is seen; nothing is ever overwritten."""

import asyncio
import os
import tarfile
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tortoise.context import TortoiseContext

from bot.backup import work
from bot.backup.archive import KEY, MANIFEST, BackupError
from bot.database import database
from bot.keys import secret_of
from bot.settings import Settings
from models.engines.config import config
from models.operations import files
from models.operations.files import Arrived, path_of
from models.rules.vocabulary import Act
from models.tables import Attachment, Event
from tests.desk import Desk, until
from tests.postgres import Server

NOW = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)


@dataclass
class Place:
    """A desk on one machine, somebody who writes all the time, and an empty machine beside it."""

    settings: Settings
    empty: Settings
    desk: Desk
    request: int
    written: int = 0
    attached: list[str] = field(default_factory=list)

    async def has_begun(self) -> bool:
        return self.written >= 10

    async def writes(self) -> None:
        while True:
            note = f"note {self.written}"
            await self.desk.act(self.request, Act.COMMENT, "leyla", note=note)
            if self.written % 5 == 0:
                scan = Arrived(name="scan.pdf", data=b"%PDF-1.7 " + note.encode() * 1000)
                await files.keep(self.settings.files, scan, NOW, owner=self.desk.people["leyla"])
            self.written += 1


@pytest.fixture
async def other_url(server: Server | None, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database of the same kind, elsewhere."""
    if server is None:
        yield f"sqlite://{tmp_path}/other/abonement.sqlite3"
        return
    async with server.database() as url:
        yield url


@pytest.fixture
def programs(server: Server | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, where the tests' server comes from, are on the path."""
    if server is not None:
        monkeypatch.setenv("PATH", f"{server.programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
async def place(desk_url: str, other_url: str, tmp_path: Path, programs: None) -> AsyncIterator[Place]:
    settings = Settings(data_dir=tmp_path / "here", database_url=desk_url)
    empty = Settings(data_dir=tmp_path / "other", database_url=other_url)
    secret_of(settings)
    async with database(desk_url):
        desk = await Desk().open()
        yield Place(settings, empty, desk, (await desk.files()).request)


async def taken(place: Place, target: Path, *, with_key: bool = False) -> tuple[int, int]:
    """A backup under load; how many notes there were when it began and when it was done."""
    writing = asyncio.create_task(place.writes())
    await until(place.has_begun)
    before = place.written
    await work.take(place.settings, target, NOW, with_key=with_key)
    after = place.written
    writing.cancel()
    with suppress(asyncio.CancelledError):
        await writing
    return before, after


async def test_a_backup_under_load_is_sound_and_comes_back_whole(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "desk.tar"
    before, after = await taken(place, target)

    manifest, faults = await work.examine(target)
    assert faults == []
    assert KEY not in manifest.entries
    assert target.stat().st_mode & 0o077 == 0

    await work.restore(place.empty, target)
    async with TortoiseContext() as beside:
        await beside.init(config=config(place.empty.database))
        notes = await Event.filter(act=Act.COMMENT).order_by("id")
        assert before <= len(notes) <= after + 1
        assert [row.details["note"] for row in notes] == [f"note {n}" for n in range(len(notes))]
        kept = await Attachment.all().prefetch_related("file")
        assert kept
        assert [row.name for row in kept if not path_of(place.empty.files, row.file.sha256).exists()] == []
        # The restored desk goes on: its numbers are free, its rows can be written.
        last = notes[-1]
        await Event.create(
            request_id=place.request,
            act=Act.COMMENT,
            via=last.via,
            key="new",
            stage_from=last.stage_from,
            stage_to=last.stage_to,
            version=last.version,
            at=NOW,
        )


async def test_a_backup_with_the_key_brings_it_back(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "desk.tar"
    await work.take(place.settings, target, NOW, with_key=True)

    await work.restore(place.empty, target)

    assert secret_of(place.empty) == secret_of(place.settings)
    assert (place.empty.data_dir / "secret.key").stat().st_mode & 0o077 == 0


async def test_nothing_is_restored_over_something(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "desk.tar"
    await work.take(place.settings, target, NOW, with_key=False)

    with pytest.raises(BackupError, match="empty place"):
        await work.restore(place.settings, target)


async def test_a_backup_of_the_other_kind_is_refused(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "desk.tar"
    await work.take(place.settings, target, NOW, with_key=False)
    is_sqlite = place.empty.database.startswith("sqlite:")
    other = "postgres://localhost/nothing" if is_sqlite else f"sqlite://{tmp_path}/new/desk.sqlite3"

    with pytest.raises(BackupError, match="is a backup of"):
        await work.restore(replace(place.empty, database_url=other), target)


async def test_damage_anywhere_is_seen(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "desk.tar"
    await taken(place, target)
    with tarfile.open(target) as tar:
        places = {one.name: (one.offset_data, one.size) for one in tar}

    for name, (begins, size) in places.items():
        damaged = bytearray(target.read_bytes())
        damaged[begins + size // 2] ^= 0xFF
        copy = tmp_path / "damaged.tar"
        copy.write_bytes(damaged)
        if name == MANIFEST:
            continue  # an altered list of contents is no list, or names what is not there
        _, faults = await work.examine(copy)
        assert faults[0] == f"{name} is damaged"
        with pytest.raises(BackupError, match="not sound"):
            await work.restore(place.empty, copy)


async def test_a_backup_that_was_not_finished_is_none(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "desk.tar"
    await work.take(place.settings, target, NOW, with_key=False)
    for part in (0, 100, target.stat().st_size // 2):
        cut = tmp_path / "cut.tar"
        cut.write_bytes(target.read_bytes()[:part])
        with pytest.raises(BackupError):
            await work.examine(cut)


async def test_a_missing_file_is_told_and_leaves_no_backup(place: Place, tmp_path: Path) -> None:
    scan = Arrived(name="scan.pdf", data=b"%PDF-1.7 lost")
    await files.keep(place.settings.files, scan, NOW, owner=place.desk.people["leyla"])
    for path in place.settings.files.glob("??/*"):
        path.unlink()

    with pytest.raises(BackupError, match="is missing"):
        await work.take(place.settings, tmp_path / "desk.tar", NOW, with_key=False)
    assert not (tmp_path / "desk.tar").exists()
