"""Signed downloads: a kept file for the person whom the link was made for, never opened in the browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from aiohttp import hdrs, web

from bot.http.access import Access
from handlers.links import LinkKind
from models.operations import files
from models.queries import files as file_queries
from models.queries.requests import FileView

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
        response = web.FileResponse(path, chunk_size=CHUNK, headers=_headers(found.file))
        await response.prepare(request)
        if request.method == hdrs.METH_GET and _ran_to_end(response, found.file.size):
            await files.reached([found.file.id], visitor.now)
        return response


def _headers(file: FileView) -> dict[str, str]:
    name = quote(file.name, safe="")
    return {
        hdrs.CONTENT_TYPE: file.mime,
        hdrs.CONTENT_DISPOSITION: f"attachment; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def _ran_to_end(response: web.FileResponse, size: int) -> bool:
    """Whether the last byte left: `prepare` returns when all is handed over; it raises when the peer goes."""
    if response.status == 200:
        return True
    sent = response.headers.get(hdrs.CONTENT_RANGE, "")
    return response.status == 206 and sent.startswith("bytes ") and f"-{size - 1}/" in sent
