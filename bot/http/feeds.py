"""Calendar feeds: a library's days at an address that is one member's alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import hdrs, web

from bot.http.access import Access
from handlers.links import LinkKind
from handlers.papers.press import calendar_for

FRESH = 3600
"""Seconds in which a client need not ask again."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """`/calendar/<token>/abonement.ics`; what has not changed is not sent again (RFC 9110 §13.1.2)."""

    access: Access

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it answers."""
        return [web.get("/calendar/{token}/abonement.ics", self.fetch)]

    async def fetch(self, request: web.Request) -> web.Response:
        """The calendar as of now; 404 for whoever left or works elsewhere, and for a bad link."""
        visitor = await self.access.visitor(request, LinkKind.CALENDAR)
        if visitor.claim.ref != visitor.person.library:
            raise web.HTTPNotFound
        made = await calendar_for(visitor.person, visitor.person.language, visitor.now)
        if made is None:
            raise web.HTTPNotFound
        tag = f'"{hashlib.sha256(made.content).hexdigest()[:32]}"'
        headers = {hdrs.ETAG: tag, hdrs.CACHE_CONTROL: f"private, max-age={FRESH}"}
        if _known(request, tag):
            return web.Response(status=304, headers=headers)
        headers[hdrs.CONTENT_DISPOSITION] = f'attachment; filename="{made.name}"'
        return web.Response(body=made.content, content_type=made.mime, charset="utf-8", headers=headers)


def _known(request: web.Request, tag: str) -> bool:
    return any(one.value == tag.strip('"') or one.value == "*" for one in request.if_none_match or ())
