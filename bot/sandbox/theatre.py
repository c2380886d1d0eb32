"""Plays one stage after another for the page: a world of its own for each, on fresh data."""

import asyncio
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import Clock
from bot.sandbox import stages
from bot.sandbox.live import LiveScene
from bot.sandbox.place import Bill, Place
from bot.sandbox.world import World


class Theatre:
    """Opens the place's scene, changes it, closes it. With `keep` the data stay in that folder."""

    def __init__(self, place: Place, *, keep: Path | None) -> None:
        self._place = place
        self._keep = keep
        self._stack = AsyncExitStack()
        self._changing = asyncio.Lock()

    async def open(self, stage: str, seed: int) -> None:
        """Set the stage up and let the audience in."""
        opening = stages.OPENINGS[stage]()
        world = World(self._directory(), clock=Clock(stages.start_of(stage, opening)))
        await self._stack.enter_async_context(world)
        cast = await stages.play(world, stage, seed, opening)
        scene = LiveScene(world, people=cast.people, boxes=stages.BOXES)
        await scene.look()
        watching = asyncio.create_task(scene.watch())
        self._stack.push_async_callback(_end, world, watching, scene)
        self._place.opens(scene, Bill(stage, seed, self._place.bill.number + 1))

    def _directory(self) -> Path:
        if self._keep is None:
            return Path(self._stack.enter_context(TemporaryDirectory(prefix="abonement-")))
        number = self._place.bill.number
        return self._keep / str(number) if number else self._keep

    async def change(self, stage: str, seed: int) -> None:
        """Play another stage instead."""
        async with self._changing:
            await self.close()
            await self.open(stage, seed)

    async def close(self) -> None:
        """Stop the program, then what watches it, then end the streams, then the servers around it."""
        self._place.closes()
        await self._stack.aclose()


async def _end(world: World, watching: asyncio.Task[None], scene: LiveScene) -> None:
    # The order matters: the bot stops polling first, then the page's streams end, then the servers close.
    await world.stop()
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    scene.close()
