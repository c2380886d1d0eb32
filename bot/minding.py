"""What processes owe one another: to take up what a dead one left, and to share Telegram's pace."""

import asyncio
import logging
from collections.abc import Callable

from bot.alone import Solo
from bot.hand import Hand
from bot.pace import Pace
from models.engines.crew import Crew
from models.operations import leases

log = logging.getLogger(__name__)

EVERY = 2.0


class Minding:
    """Looks around every two seconds. `wake` is called when something was freed."""

    def __init__(self, crew: Crew | Solo, pace: Pace | None, hand: Hand, *, wake: Callable[[], None]) -> None:
        self._crew = crew
        self._pace = pace
        self._hand = hand
        self._wake = wake

    async def run(self) -> None:
        """Look around until cancelled; a database that is away is waited for."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except Exception:
                log.exception("what others left could not be looked for")

    async def look(self) -> int:
        """Once; returns how many rows were freed."""
        if self._pace is not None:
            self._pace.divided(await self._crew.count())
        freed = await leases.recover(self._hand.machine())
        if freed:
            log.warning("%d things that somebody had in hand were left; they are done again", freed)
            self._wake()
        return freed
