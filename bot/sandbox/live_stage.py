"""Clock, weather and inspector of a running world."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox import weather
from bot.sandbox.botapi import Person
from bot.sandbox.live_base import Live
from bot.sandbox.scene import Clock, Happening, RefusedError, UnknownError
from bot.sandbox.weather import Switch
from bot.sandbox.world import World
from handlers.text.ahead import name_of
from handlers.text.page import distance
from handlers.text.voice import Voice
from models.operations import ahead
from models.operations.ahead import Ahead
from models.queries import inspector, parties
from models.rules.vocabulary import Language

HOME = ZoneInfo("Asia/Baku")
OPENING = time(9)
FARTHEST = timedelta(days=5 * 366)
SHOWN = ("requests", "outbox", "updates", "mails", "waiting")
PATIENCE = 2.0
"""Seconds that a day waits for queues while a fault keeps them from draining."""


def tomorrow(now: datetime) -> datetime:
    """The next morning in Baku."""
    local = now.astimezone(HOME)
    return datetime.combine(local.date() + timedelta(days=1), OPENING, HOME)


class LiveStage(Live):
    """What surrounds the people. What the page shows of the database is refreshed by `look`."""

    def __init__(self, world: World, *, people: Sequence[Person], boxes: Sequence[str]) -> None:
        super().__init__(world, people=people, boxes=boxes)
        self._state: dict[str, object] = {}
        self._coming: Ahead | None = None
        self._on: frozenset[Switch] = frozenset()
        self._turning = asyncio.Lock()
        self._looking = asyncio.Lock()

    async def look(self) -> None:
        """Read what the page shows of the database. A stopped program has none open: what was read stays."""
        async with self._looking:
            if self._world.running:
                await self._read()

    async def _read(self) -> None:
        members = {one: await parties.person_in_chat(one) for one in self._people}
        self._members = {one: member for one, member in members.items() if member}
        self._libraries = {one.id: one for one in await parties.libraries()}
        found = await inspector.look(self._world.clock())
        self._state = {name: found[name] for name in SHOWN}
        self._coming = await ahead.coming(self._world.clock())

    def clock(self, language: Language) -> Clock:
        """The civil time in both cities; what comes next by itself."""
        now = self._world.clock()
        return Clock(now=now, zones=["Asia/Baku", "Asia/Almaty"], next=self._next(Voice(language), now))

    def _next(self, voice: Voice, now: datetime) -> Happening:
        """The next step of a clock, as it was when the page was last refreshed; else the next morning."""
        coming = self._coming
        if coming is None or coming.at <= now:
            at, name = tomorrow(now), name_of(voice, None)
        else:
            at, name = coming.at, name_of(voice, coming.step)
        return Happening(name, at, distance(voice, at - now))

    async def advance(self, to: datetime) -> None:
        """Move the clock, day by day through the same ticks."""
        if not self._world.running:
            raise RefusedError("the program is stopped")
        if to - self._world.clock() > FARTHEST:
            raise RefusedError("five years at once at most")
        async with self._turning:
            patience = PATIENCE if self._on else None
            await self._world.advance(to, passed=self._day_passed, patience=patience)
        await self.look()
        self._tell({"kind": "clock"})
        self._tell({"kind": "state"})

    def _day_passed(self) -> None:
        self._tell({"kind": "clock"})

    def state(self) -> Mapping[str, object]:
        """Requests, outbox and inboxes as rows."""
        return self._state

    def chaos(self) -> Mapping[str, bool]:
        """Every switch."""
        return {switch.value: switch in self._on for switch in Switch}

    async def set_chaos(self, name: str, *, on: bool) -> None:
        """Turn a fault on or off; returns when the world is so."""
        if name not in set(Switch):
            raise UnknownError("no such switch")
        async with self._turning, self._looking:
            self._on = self._on | {Switch(name)} if on else self._on - {Switch(name)}
            await weather.make(self._world, self._on, boxes=self._boxes)
        await self.look()
        self._tell({"kind": "chaos"})
