"""The upload page: large scans in pieces, resumable, signed, without a cookie.

The pieces follow the core of tus 1.0 (resumable upload protocol): `Upload-Offset` says where a piece belongs,
`PATCH` appends it, a wrong offset is answered with 409 and the right one. Only `…/done` makes it a delivery.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.http import pages
from bot.http.access import Access, Visitor
from handlers.links import LinkKind
from handlers.text.notices import headline
from handlers.text.refusals import refusal_text
from handlers.text.voice import Voice
from models.operations import uploads
from models.operations.uploads import Growing
from models.queries import history, requests
from models.queries.requests import CardView
from models.rules.errors import FileWrongKind, Refusal
from models.rules.vocabulary import Language

OFFSET = "Upload-Offset"
CHUNK = 256 * 1024
LONGEST_NAME = 1000


@dataclass(frozen=True, slots=True)
class _Visit:
    """A visitor at the request that the link names."""

    visitor: Visitor
    card: CardView
    voice: Voice


@dataclass(frozen=True, slots=True)
class Uploads:
    """`/upload/<token>`. `wake` tells the outbox that a delivery was made."""

    access: Access
    root: Path
    wake: Callable[[], None]
    _busy: set[int] = field(default_factory=set)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it answers."""
        here = "/upload/{token}"
        one = here + "/files/{upload:[0-9]{1,18}}"
        return [
            web.get("/page/upload.js", _script),
            web.get("/page/upload.css", _style),
            web.get(here, self.page),
            web.post(f"{here}/files", self.begin),
            web.get(one, self.offset),
            web.patch(one, self.append),
            web.post(f"{one}/done", self.finish),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The page, in the visitor's language or the one that `lang` asks for."""
        visit = await self._visit(request)
        return web.Response(
            text=pages.upload_page(visit.voice, visit.card),
            content_type="text/html",
            headers={"Content-Security-Policy": pages.POLICY},
        )

    async def _visit(self, request: web.Request) -> _Visit:
        visitor = await self.access.visitor(request, LinkKind.UPLOAD)
        card = await requests.card(visitor.claim.ref, visitor.person, visitor.now)
        if card is None:
            raise web.HTTPNotFound
        wished = request.query.get("lang", "")
        language = Language(wished) if wished in set(Language) else visitor.person.language
        return _Visit(visitor, card, Voice(language))

    async def begin(self, request: web.Request) -> web.Response:
        """Open an upload, or go on with the unfinished one of the same name and size."""
        visit = await self._visit(request)
        name, size = await _announced(request)
        person, now = visit.visitor.person, visit.visitor.now
        try:
            upload = await uploads.begin(self.root, visit.card, person, name=name, size=size, now=now)
        except Refusal as refusal:
            return _refused(visit.voice, refusal)
        return web.json_response({"id": upload.id, "offset": upload.offset}, status=201)

    async def offset(self, request: web.Request) -> web.Response:
        """How much has come."""
        upload = await self._upload(request, await self._visit(request))
        return web.Response(status=204, headers={OFFSET: str(upload.offset)})

    async def _upload(self, request: web.Request, visit: _Visit) -> Growing:
        number, person = int(request.match_info["upload"]), visit.visitor.person.id
        upload = await uploads.growing(self.root, number, request=visit.card.id, person=person)
        if upload is None:
            raise web.HTTPNotFound
        return upload

    async def append(self, request: web.Request) -> web.Response:
        """One piece, at the offset that has been reached; of two at once the second is told to wait."""
        upload = await self._upload(request, await self._visit(request))
        if request.headers.get(OFFSET) != str(upload.offset) or upload.id in self._busy:
            return web.Response(status=409, headers={OFFSET: str(upload.offset)})
        self._busy.add(upload.id)
        try:
            reached = await uploads.grow(upload, request.content.iter_chunked(CHUNK))
        finally:
            self._busy.discard(upload.id)
        return web.Response(status=204, headers={OFFSET: str(reached)})

    async def finish(self, request: web.Request) -> web.Response:
        """Everything has come: check it, and deliver it as any other door would."""
        visit = await self._visit(request)
        upload = await self._upload(request, visit)
        person, now = visit.visitor.person, visit.visitor.now
        try:
            outcome = await uploads.finish(self.root, upload, person, card=visit.card, now=now)
        except FileWrongKind as refusal:
            await uploads.forget(upload)
            return _refused(visit.voice, refusal)
        except Refusal as refusal:
            return _refused(visit.voice, refusal)
        self.wake()
        event = await history.event(outcome.event, person)
        done = headline(visit.voice, visit.card, event) if event else ""
        return web.json_response({"done": done})


async def _announced(request: web.Request) -> tuple[str, int]:
    try:
        body = await request.json()
        name, size = body["name"], body["size"]
    except (ValueError, KeyError, TypeError):
        raise web.HTTPBadRequest from None
    if not isinstance(name, str) or not isinstance(size, int) or len(name) > LONGEST_NAME:
        raise web.HTTPBadRequest
    return name, size


def _refused(voice: Voice, refusal: Refusal) -> web.Response:
    return web.json_response({"error": refusal_text(voice, refusal)}, status=422)


async def _script(_request: web.Request) -> web.Response:
    return web.Response(text=pages.SCRIPT, content_type="text/javascript")


async def _style(_request: web.Request) -> web.Response:
    return web.Response(text=pages.STYLE, content_type="text/css")
