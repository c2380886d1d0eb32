"""Files that went through a chat: bytes, names, identifiers, the sides of a picture."""

import mimetypes
import struct
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePosixPath

from bot.sandbox.botapi import limits


class FileKind(StrEnum):
    """How a file is shown, which decides the fields of its message."""

    DOCUMENT = "document"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the server. `file_id` is for sending again, `unique_id` for comparing; `size` in bytes."""

    file_id: str
    unique_id: str
    kind: FileKind
    name: str
    mime_type: str
    path: str
    data: bytes = field(repr=False)
    sides: tuple[int, int] = (0, 0)

    @property
    def size(self) -> int:
        return len(self.data)

    def as_json(self) -> dict[str, object]:
        """The fields common to File, Document and PhotoSize."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def in_message(self) -> object:
        """The value of `Message.document` or `Message.photo`."""
        if self.kind is FileKind.DOCUMENT:
            return {**self.as_json(), "file_name": self.name, "mime_type": self.mime_type}
        width, height = self.sides
        return [{**self.as_json(), "width": width, "height": height}]


class Files:
    """Every file the server holds, by identifier and by download path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, data: bytes, *, kind: FileKind, name: str, mime_type: str | None = None) -> StoredFile:
        """Keep a file; raises ApiError for an empty one and for a picture that is none."""
        if not data:
            raise limits.bad(limits.EMPTY_FILE)
        sides = checked_sides(data) if kind is FileKind.PHOTO else (0, 0)
        number = len(self._by_id)
        mark = sha256(f"{number}:{kind}:{name}:{len(data)}".encode()).hexdigest()
        suffix = ".jpg" if kind is FileKind.PHOTO else PurePosixPath(name).suffix
        stored = StoredFile(
            file_id=f"{'AgAC' if kind is FileKind.PHOTO else 'BQAC'}{mark[:48]}",
            unique_id=f"AQAD{mark[48:60]}",
            kind=kind,
            name=name,
            mime_type=mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
            path=f"{kind}s/file_{number}{suffix}",
            data=data,
            sides=sides,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def checked_sides(data: bytes) -> tuple[int, int]:
    """Width and height of a picture; raises ApiError for what Telegram takes for no photo."""
    if len(data) > limits.PHOTO:
        size = f"file of size {len(data)} bytes is too big for a photo"
        raise limits.bad(f"{size}; the maximum size is {limits.PHOTO} bytes")
    sides = picture_sides(data)
    if sides is None:
        raise limits.bad(limits.NOT_A_PICTURE)
    if sum(sides) > limits.PHOTO_SIDES or max(sides) > limits.PHOTO_RATIO * min(sides):
        raise limits.bad(limits.BAD_SIDES)
    return sides


def picture_sides(data: bytes) -> tuple[int, int] | None:
    """Sides of a PNG (RFC 2083, IHDR), a GIF or a JPEG (ITU T.81, SOF marker); None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
    elif data[:2] == b"\xff\xd8":
        width, height = _jpeg_sides(data)
    else:
        return None
    return (width, height) if width and height else None


def _jpeg_sides(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
