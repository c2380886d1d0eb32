"""What the parts of a running scene share: the world, the people, and the telling of what has changed."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from bot.sandbox.botapi import Person
from bot.sandbox.scene import Change
from bot.sandbox.world import World
from models.queries.parties import LibraryView, PersonView
from models.rules.vocabulary import Language


class Live:
    """A running world with its audience. `close` ends everybody's stream."""

    def __init__(self, world: World, *, people: Sequence[Person], boxes: Sequence[str]) -> None:
        self._world = world
        self._people = {person.id: person for person in people}
        self._boxes = list(boxes)
        self._members: dict[int, PersonView] = {}
        self._libraries: dict[int, LibraryView] = {}
        self._answered: set[str] = set()
        self._listeners: set[asyncio.Queue[Change | None]] = set()

    def _language(self, address: str) -> Language:
        own = (one.language for one in self._libraries.values() if one.email == address)
        return next(own, Language.RU)

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener.put_nowait(change)

    async def changes(self) -> AsyncGenerator[Change, None]:
        """Everything that becomes stale, from now on until `close`."""
        own: asyncio.Queue[Change | None] = asyncio.Queue()
        self._listeners.add(own)
        try:
            while (change := await own.get()) is not None:
                yield change
        finally:
            self._listeners.discard(own)

    def close(self) -> None:
        """End the streams: the world behind them goes."""
        for listener in self._listeners:
            listener.put_nowait(None)
