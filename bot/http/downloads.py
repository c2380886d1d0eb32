"""Signed downloads: a kept file for the person whom the link was made for, never opened in the browser."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from aiohttp import hdrs, web
from aiohttp.abc import AbstractStreamWriter

from bot.http.access import Access
from handlers.links import LinkKind
from models.operations import files
from models.queries import files as file_queries
from models.queries.files import FileView

CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Downloads:
    """`/files/<token>/<name>`, whole or by Range (RFC 9110 §14); what ran to its end counts as fetched."""

    access: Access
    root: Path

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it answers."""
        return [web.get("/files/{token}/{name}", self.fetch)]

    async def fetch(self, request: web.Request) -> web.StreamResponse:
        """Send the file; 404 for everything that is not exactly right."""
        visitor = await self.access.visitor(request, LinkKind.FILE)
        found = await file_queries.download(visitor.claim.ref, visitor.person)
        if found is None or request.match_info["name"] != found.file.name:
            raise web.HTTPNotFound
        path = files.path_of(self.root, found.file.sha256)
        if not path.is_file():
            raise web.HTTPNotFound
        fetched = partial(files.reached, [found.file.id], visitor.now)
        return _Sent(path, found.file, fetched)


class _Sent(web.FileResponse):
    """A file on its way; when its last byte was handed over, `then` is done. A peer that goes away raises."""

    def __init__(self, path: Path, file: FileView, then: Callable[[], Awaitable[None]]) -> None:
        super().__init__(path, chunk_size=CHUNK, headers=_headers(file))
        self._size, self._then = file.size, then

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send everything that was asked for."""
        writer = await super().prepare(request)
        if request.method == hdrs.METH_GET and self._ran_to_end():
            await self._then()
        return writer

    def _ran_to_end(self) -> bool:
        if self.status == 200:
            return True
        sent = self.headers.get(hdrs.CONTENT_RANGE, "")
        return self.status == 206 and f"-{self._size - 1}/" in sent


def _headers(file: FileView) -> dict[str, str]:
    name = quote(file.name, safe="")
    return {
        hdrs.CONTENT_TYPE: file.mime,
        hdrs.CONTENT_DISPOSITION: f"attachment; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
