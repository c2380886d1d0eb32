"""Where the page finds its scene: the page is served while the scene is still being set up.

Starting the whole program takes seconds; the page is there before. What it asks in the meantime waits here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.sandbox.scene import Scene

ASKS: Final = "/api/"


@dataclass(frozen=True, slots=True)
class Bill:
    """What is being played: a stage and the seed that shuffles it; `number` counts the openings."""

    stage: str
    seed: int
    number: int = 0


@dataclass(slots=True)
class Place:
    """The scene that plays now, if any. `change` sets up another one; None where nobody can."""

    stages: tuple[str, ...] = ()
    change: Callable[[str, int], Awaitable[None]] | None = None
    bill: Bill = field(default_factory=lambda: Bill("", 0))
    _run: str = field(default_factory=lambda: token_hex(4))
    _scene: Scene | None = None
    _opened: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def scene(self) -> Scene:
        """The scene; whoever comes through `curtain` finds one."""
        if self._scene is None:
            raise web.HTTPServiceUnavailable(text="the scene is being set up")
        return self._scene

    def opens(self, scene: Scene, bill: Bill | None = None) -> None:
        """Let everybody in who waits."""
        self._scene = scene
        self.bill = bill or Bill(self.bill.stage, self.bill.seed, self.bill.number + 1)
        self._opened.set()

    def closes(self) -> None:
        """Let nobody in until the next opening."""
        self._scene = None
        self._opened.clear()

    @property
    def opening(self) -> str:
        """Another one with every scene, also when the program was started anew behind the same address."""
        return f"{self._run}.{self.bill.number}"

    async def wait(self) -> None:
        """Until there is a scene."""
        await self._opened.wait()

    def billed(self) -> Mapping[str, object]:
        """For the page."""
        return {"stage": self.bill.stage, "seed": self.bill.seed, "stages": list(self.stages)}


def curtain(place: Place) -> Middleware:
    """Let what is asked of the scene wait until there is one; the page's own files do not."""

    @web.middleware
    async def wait(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(ASKS):
            await place.wait()
        return await handler(request)

    return wait
