"""What the page hears: server-sent events, one for each change of the scene."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.sandbox.place import Place
from bot.sandbox.scene import Change

_BEAT: Final = 15.0  # seconds: a browser that has gone is noticed when a write fails
_NOTHING: Final = b":\n\n"  # a comment of the event stream format


@dataclass(frozen=True, slots=True)
class Stream:
    """`/api/changes`. Its first event, `hello`, is sent once the subscription stands: whoever reads the scene
    after that misses nothing; it names the opening. Streams last until the browser leaves,
    the scene closes or `closing` is set.
    """

    place: Place
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        return [web.get("/api/changes", self.changes)]

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """One browser's stream."""
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        source = self.place.scene.changes()
        try:
            await self._relay(source, answer)
        except ConnectionResetError:
            pass  # the browser has gone; there is nobody to tell
        finally:
            await source.aclose()
        return answer

    async def _relay(self, source: AsyncGenerator[Change, None], answer: web.StreamResponse) -> None:
        closing = asyncio.ensure_future(self.closing.wait())
        coming = asyncio.ensure_future(_following(source))
        try:
            await asyncio.sleep(0)  # lets the generator subscribe
            await answer.write(_event({"kind": "hello", "opening": self.place.opening}))
            while True:
                await asyncio.wait({closing, coming}, timeout=_BEAT, return_when=asyncio.FIRST_COMPLETED)
                if closing.done():
                    return
                if not coming.done():
                    await answer.write(_NOTHING)
                    continue
                if (change := coming.result()) is None:
                    return
                await answer.write(_event(change))
                coming = asyncio.ensure_future(_following(source))
        finally:
            closing.cancel()
            coming.cancel()
            await asyncio.gather(closing, coming, return_exceptions=True)


async def _following(source: AsyncGenerator[Change, None]) -> Change | None:
    return await anext(source, None)


def _event(change: Mapping[str, object]) -> bytes:
    return f"data: {json.dumps(change, ensure_ascii=False)}\n\n".encode()
