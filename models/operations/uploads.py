"""Uploads in pieces: only a finished one counts, and it becomes a delivery like any other."""

import os
import shutil
from asyncio import to_thread
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedWriter
from pathlib import Path

from models.operations import files, requests
from models.operations.intents import Intent, Outcome
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.errors import FileTooLarge, Missing, NoRoom, NotPossibleNow
from models.rules.filelimits import WEB_IN
from models.rules.lifecycle import Detail, Details
from models.rules.vocabulary import Act, Via
from models.tables import Upload

MOST_OPEN = 20
"""Unfinished uploads of one person for one request: more than a page ever has."""
SPARE = 1_000_000_000
"""Octets that stay free on the disk whatever is uploaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growing:
    """An upload under way: `offset` octets of `size` have come."""

    id: int
    name: str
    size: int
    offset: int
    part: Path


async def begin(
    root: Path, card: CardView, person: PersonView, *, name: str, size: int, now: datetime
) -> Growing:
    """Open an upload, or find the unfinished one of this name and size, to go on where it stopped.

    Raises `NotPossibleNow` where the request takes no scan, `FileTooLarge`, and `NoRoom` on a full disk.
    """
    if not card.offers(Act.DELIVER):
        raise NotPossibleNow(act=Act.DELIVER, stage=card.stage)
    safe = files.safe_name(name)
    if not 0 < size <= WEB_IN:
        raise FileTooLarge(name=safe, limit=WEB_IN // 1_000_000)
    mine = Upload.filter(person_id=person.id, request_id=card.id, done_at=None)
    row = await mine.filter(name=safe, size=size).first()
    if row is None:
        if await mine.count() >= MOST_OPEN or await to_thread(_free, root) < size + SPARE:
            raise NoRoom(name=safe)
        row = await Upload.create(
            person_id=person.id, request_id=card.id, name=safe, size=size, created_at=now
        )
    return await _growing(root, row)


def _free(root: Path) -> int:
    root.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(root).free


async def _growing(root: Path, row: Upload) -> Growing:
    part = root / files.PARTS / str(row.id)
    return Growing(id=row.id, name=row.name, size=row.size, offset=await to_thread(_size, part), part=part)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


async def growing(root: Path, upload: int, *, request: int, person: int) -> Growing | None:
    """An own unfinished upload."""
    row = await Upload.get_or_none(id=upload, request_id=request, person_id=person, done_at=None)
    return await _growing(root, row) if row else None


async def grow(upload: Growing, pieces: AsyncIterator[bytes]) -> int:
    """Write on at the end, never beyond the announced size; returns the new offset.

    What has come before a connection breaks stays.
    """
    await to_thread(upload.part.parent.mkdir, parents=True, exist_ok=True)
    stream = await to_thread(upload.part.open, "ab")
    try:
        offset = upload.offset
        async for piece in pieces:
            taken = piece[: upload.size - offset]
            await to_thread(stream.write, taken)
            offset += len(taken)
        return offset
    finally:
        await to_thread(_close, stream)


def _close(stream: BufferedWriter) -> None:
    with stream:
        stream.flush()
        os.fsync(stream.fileno())


async def finish(
    root: Path, upload: Growing, person: PersonView, *, card: CardView, now: datetime
) -> Outcome:
    """Keep the whole file and deliver it, once; where none is awaited any more it is a comment with a file.

    Raises `FileWrongKind`, and `Missing` while a piece is missing.
    """
    if upload.offset != upload.size:
        raise Missing(act=Act.DELIVER, detail=Detail.CONTENT)
    kept = await files.keep_part(root, upload.part, upload.name, owner=person.id, now=now)
    intent = Intent(
        request=card.id,
        act=Act.DELIVER if card.offers(Act.DELIVER) else Act.COMMENT,
        actor=person.id,
        via=Via.WEB,
        key=f"upload:{upload.id}",
        details=Details(files=(kept,)),
    )
    outcome = await requests.act(intent, now)
    if outcome.repeated:
        await files.discard([kept])
    # Last, so that whoever was interrupted finds the part and finishes once more.
    await Upload.filter(id=upload.id).update(done_at=now)
    await to_thread(upload.part.unlink, missing_ok=True)
    return outcome


async def forget(upload: Growing) -> None:
    """Give an upload up, with what has come of it."""
    await Upload.filter(id=upload.id, done_at=None).delete()
    await to_thread(upload.part.unlink, missing_ok=True)


async def sweep(root: Path) -> None:
    """Delete the parts of uploads that are over."""
    there = await to_thread(lambda: [path for path in (root / files.PARTS).glob("*") if path.name.isdigit()])
    open_now = {row.id for row in await Upload.filter(done_at=None)}
    for path in there:
        if int(path.name) not in open_now:
            await to_thread(path.unlink, missing_ok=True)
