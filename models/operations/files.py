"""Keeping files: once each, under the SHA-256 of their bytes, with a name that is safe to show and send.

The bytes of a file stay on disk as long as an attachment that has not expired, or the text of an agreement,
refers to them. `sweep` deletes the others; it and `keep` may run at the same time, also in two processes.
"""

import asyncio
import hashlib
import mmap
import os
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from models.engines import transaction
from models.queries.files import LOOSE
from models.rules.errors import FileWrongKind
from models.rules.filekinds import FileKind, is_locked, kind_of, named_as
from models.tables import AgreementText, Attachment, File

NAME_BYTES = 120
PARTS = "parts"
"""The folder, beside those of kept files, where uploads grow."""
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
RESERVED = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
"""Characters that file systems of some readers refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file as a door received it."""

    name: str
    data: bytes
    telegram_file_id: str | None = None
    note: str | None = None


def safe_name(name: str) -> str:
    """Base name only, NFC, no control or bidi characters, at most 120 bytes with its ending kept."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1].translate(RESERVED)
    seen = "".join(c for c in base if unicodedata.category(c) not in INVISIBLE)
    clean = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". ") or "file"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 10:
        return _cut(clean, NAME_BYTES)
    return f"{_cut(stem, NAME_BYTES - len(ending.encode()) - 1)}.{ending}"


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the bytes say of themselves."""

    kind: FileKind
    digest: str
    size: int
    locked: bool


async def keep(root: Path, arrived: Arrived, now: datetime, *, owner: int | None) -> int:
    """Store the bytes, then the row; returns the attachment's number, attached to nothing yet.

    The same file of the same owner that no request has yet is the same attachment.
    Raises `FileWrongKind` for content that is none of the desk's kinds.
    """
    found = await asyncio.to_thread(_look, arrived.data)
    if found is None:
        raise FileWrongKind(name=safe_name(arrived.name))
    path = path_of(root, found.digest)
    await asyncio.to_thread(_write, path, arrived.data)
    number = await _row(found, arrived.name, now, owner=owner, arrived=arrived)
    # A sweep may have seen the bytes before this row, and nobody who wanted them.
    await asyncio.to_thread(_write, path, arrived.data)
    return number


async def keep_part(root: Path, part: Path, name: str, *, owner: int, now: datetime) -> int:
    """Keep a finished upload as `keep` does, without reading it into memory; the part stays where it is."""
    found = await asyncio.to_thread(_look_into, part)
    if found is None:
        raise FileWrongKind(name=safe_name(name))
    path = path_of(root, found.digest)
    await asyncio.to_thread(_link, part, path)
    number = await _row(found, name, now, owner=owner)
    await asyncio.to_thread(_link, part, path)
    return number


def _look(data: bytes | mmap.mmap) -> _Found | None:
    kind = kind_of(data)
    if kind is None:
        return None
    digest = hashlib.sha256(data).hexdigest()
    return _Found(kind=kind, digest=digest, size=len(data), locked=is_locked(data, kind))


def _look_into(path: Path) -> _Found | None:
    if not path.stat().st_size:
        return None
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _look(data)


async def _row(
    found: _Found, name: str, now: datetime, *, owner: int | None, arrived: Arrived | None = None
) -> int:
    async with transaction():
        file, _ = await File.get_or_create(
            sha256=found.digest,
            defaults={
                "size": found.size,
                "mime": found.kind.mime,
                "locked": found.locked,
                "created_at": now,
            },
        )
        safe = safe_name(named_as(safe_name(name), found.kind))
        known = {"file_id": file.id, "owner_id": owner, "name": safe, "expired_at": None}
        row = await Attachment.filter(**known, **LOOSE).first() or await Attachment.create(
            **known,
            telegram_file_id=arrived.telegram_file_id if arrived else None,
            note=arrived.note if arrived else None,
            since=now,
        )
        number: int = row.id
    return number


def path_of(root: Path, digest: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return root / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a file is there whole or not at all, however many write it at once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path)
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def _link(part: Path, path: Path) -> None:
    """The part's bytes under their final name as well, on the same file system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.link(part, path)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{token_hex(4)}")


async def discard(numbers: Sequence[int]) -> int:
    """Forget loose attachments: no request and no letter has them. Their bytes go with the next sweep."""
    return await Attachment.filter(id__in=list(numbers), **LOOSE).delete() if numbers else 0


async def reached(numbers: Iterable[int], now: datetime) -> None:
    """The other side has these now: in a chat, in a mail, or by a completed download."""
    await Attachment.filter(id__in=list(numbers), reached_at=None).update(reached_at=now)


async def sweep(root: Path) -> int:
    """Delete the bytes that nobody refers to any more; returns how many files went."""
    return sum([await _sweep(path) for path in await asyncio.to_thread(_kept, root)])


def _kept(root: Path) -> list[Path]:
    return [path for path in root.glob("??/*") if len(path.name) == hashlib.sha256().digest_size * 2]


async def _sweep(path: Path) -> int:
    if await _is_wanted(path.name):
        return 0
    # First out of the way, then asked again: who attached these bytes meanwhile finds them missing and writes
    # them anew, or is seen here and gets them back.
    aside = _beside(path)
    try:
        await asyncio.to_thread(path.replace, aside)
    except FileNotFoundError:
        return 0
    if await _is_wanted(path.name):
        await asyncio.to_thread(_give_back, aside, path)
        return 0
    await asyncio.to_thread(aside.unlink)
    return 1


def _give_back(aside: Path, path: Path) -> None:
    with suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()


async def _is_wanted(digest: str) -> bool:
    attached = await Attachment.exists(file__sha256=digest, expired_at=None)
    return attached or await AgreementText.exists(sha256=digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Whether rows and bytes agree: digests that are missing on disk, and how many files nobody refers to."""

    missing: tuple[str, ...]
    unwanted: int


async def compare(root: Path) -> Disk:
    """Compare the rows of kept files with the folder."""
    rows = await Attachment.filter(expired_at=None).prefetch_related("file")
    wanted = {row.file.sha256 for row in rows} | {row.sha256 for row in await AgreementText.all()}
    there = {path.name for path in await asyncio.to_thread(_kept, root)}
    return Disk(missing=tuple(sorted(wanted - there)), unwanted=len(there - wanted))
