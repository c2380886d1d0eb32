"""A running world with its cast, as the page has it; nothing has happened yet."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import Clock
from bot.sandbox.live import LiveScene
from bot.sandbox.stages import BOXES, Cast, set_up
from bot.sandbox.world import World
from handlers.text import labels
from handlers.text.voice import Voice
from models.rules.vocabulary import Language

MONDAY = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
BOOK = "Ауэзов М. О. Путь Абая : роман. — Алма-Ата : Жазушы, 1977. — 480 с."
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Play:
    """The scene, and the people behind it."""

    scene: LiveScene
    world: World
    cast: Cast

    async def asks(self) -> None:
        """Baku asks Almaty for a book: news in chat, a letter in the mailbox."""
        baku = self.cast.baku
        baku.sends(BOOK)
        await self.world.settle()
        baku.presses(Voice(Language.AZ).label(labels.SEND))

    @property
    def letters(self) -> int:
        """How many lie in Almaty's mailbox."""
        return len(self.world.mail.box(BOXES[1]))

    @property
    def answers(self) -> int:
        """How many messages of the bot stand on Baku's telephone."""
        return sum(message.from_bot for message in self.cast.baku.messages)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something on the real wires."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if condition():
                    return
                await asyncio.sleep(0.01)


@asynccontextmanager
async def played(directory: Path, migrated_file: Path) -> AsyncIterator[Play]:
    """Run it while the block lasts."""
    url = f"sqlite://{shutil.copy(migrated_file, directory)}"
    async with World(directory, database_url=url, clock=Clock(MONDAY)) as world:
        cast = await set_up(world)
        scene = LiveScene(world, people=cast.people, boxes=BOXES)
        await scene.look()
        watching = asyncio.create_task(scene.watch())
        yield Play(scene, world, cast)
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
