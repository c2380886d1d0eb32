"""What the browser posts, read once and within limits: a JSON object, or a form with files."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from aiohttp import BodyPartReader, MultipartReader, web

from bot.sandbox.scene import Blob

MIB: Final = 1024 * 1024
PHONE_LIMIT: Final = 50 * MIB
MAIL_LIMIT: Final = 25 * MIB
_JSON_LIMIT: Final = MIB
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Fields:
    """Named values of a request. A value that is missing or of another kind is the caller's mistake: 400."""

    values: Mapping[str, object]

    def text(self, name: str, default: str | None = None) -> str:
        """A string."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise web.HTTPBadRequest(text=f"{name}: text is missing")
        return value

    def number(self, name: str) -> int | None:
        """A whole number, also written as text, or None."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise web.HTTPBadRequest(text=f"{name}: not a whole number")
        try:
            return int(value)
        except ValueError:
            raise web.HTTPBadRequest(text=f"{name}: not a whole number") from None

    def flag(self, name: str) -> bool:
        """True or false; in a form `true` and `false`."""
        value = self.values.get(name, False)
        if value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            raise web.HTTPBadRequest(text=f"{name}: neither true nor false")
        return value


@dataclass(frozen=True, slots=True)
class Form(Fields):
    """A form's fields and its files, in the order of the form."""

    files: list[Blob] = field(default_factory=list)


async def read_json(request: web.Request) -> Fields:
    """The posted JSON object; 400 for anything else, 413 above 1 MiB."""
    body = await _read(request.content.read, limit=_JSON_LIMIT)
    try:
        values = json.loads(body)
    except ValueError:
        raise web.HTTPBadRequest(text="not JSON") from None
    if not isinstance(values, dict):
        raise web.HTTPBadRequest(text="not a JSON object")
    return Fields(values)


async def read_form(request: web.Request, *, limit: int) -> Form:
    """The posted multipart form; 413 when its fields and files are more than `limit` bytes together."""
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType(text="multipart/form-data is expected")
    values: dict[str, object] = {}
    files: list[Blob] = []
    left = limit
    try:
        async for part in await request.multipart():
            data = await _read(_part(part).read_chunk, limit=left)
            left -= len(data)
            _sort(_part(part), data, values=values, files=files)
    except ValueError:
        raise web.HTTPBadRequest(text="not a form") from None
    return Form(values, files)


def _part(part: MultipartReader | BodyPartReader | None) -> BodyPartReader:
    if not isinstance(part, BodyPartReader):
        raise web.HTTPBadRequest(text="a form within a form")
    return part


def _sort(part: BodyPartReader, data: bytes, *, values: dict[str, object], files: list[Blob]) -> None:
    if part.filename is None:
        values[part.name or ""] = data.decode(errors="replace")
    elif part.filename or data:  # a browser posts an unused file field as an empty nameless file
        mime = part.headers.get("Content-Type", "application/octet-stream")
        files.append(Blob(data, _bare(part.filename), mime))


def _bare(filename: str) -> str:
    """The last component, whichever system's slashes it came with."""
    return filename.replace("\\", "/").rpartition("/")[2] or "file"


async def _read(read: Callable[[int], Awaitable[bytes]], *, limit: int) -> bytes:
    """Everything that `read` gives, never holding more than one chunk above `limit`."""
    body = bytearray()
    while chunk := await read(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=len(body))
    return bytes(body)
