"""Keeping files: once each, under the SHA-256 of their bytes, with a name that is safe to show and send."""

import asyncio
import hashlib
import os
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.engines import transaction
from models.rules.errors import FileWrongKind
from models.rules.filekinds import kind_of
from models.tables import Attachment, File

NAME_BYTES = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file as a door received it."""

    name: str
    data: bytes
    telegram_file_id: str | None = None


HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that a name must not hold: control, bidi and other format, half a pair, line ends."""


def safe_name(name: str) -> str:
    """Base name only, NFC, no control or bidi characters, at most 120 bytes with its ending kept."""
    shown = "".join(c for c in name if unicodedata.category(c) not in HIDDEN)
    base = unicodedata.normalize("NFC", shown).replace("\\", "/").rsplit("/", 1)[-1].strip(". ") or "file"
    stem, dot, ending = base.rpartition(".")
    if not dot or len(ending) > 10:
        return _cut(base, NAME_BYTES)
    return f"{_cut(stem, NAME_BYTES - len(ending.encode()) - 1)}.{ending}"


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


async def keep(root: Path, arrived: Arrived, now: datetime, *, owner: int | None) -> int:
    """Store the bytes, then the row; returns the attachment's number, attached to nothing yet.

    Raises `FileWrongKind` for content that is none of the desk's kinds.
    """
    kind = kind_of(arrived.data)
    if kind is None:
        raise FileWrongKind(name=safe_name(arrived.name))
    digest = hashlib.sha256(arrived.data).hexdigest()
    await asyncio.to_thread(_write, path_of(root, digest), arrived.data)
    async with transaction():
        file, _ = await File.get_or_create(
            sha256=digest, defaults={"size": len(arrived.data), "mime": kind.mime, "created_at": now}
        )
        row = await Attachment.create(
            file_id=file.id,
            owner_id=owner,
            name=safe_name(arrived.name),
            telegram_file_id=arrived.telegram_file_id,
            created_at=now,
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
    handle, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
