"""Whose hand a lease is in, and how long something is held on to that the database would not take down."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.clock import steady

log = logging.getLogger(__name__)

AGAIN = 1.0


@dataclass(slots=True)
class Hand:
    """The name of this process, and of each of its leases; `leaving` is set when the program stops."""

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    machine: Callable[[], float] = steady
    leaving: asyncio.Event = field(default_factory=asyncio.Event)

    def token(self) -> str:
        """The token of a new lease."""
        return f"{self.name}.{secrets.token_hex(8)}"

    async def noted(self, note: Callable[[], Awaitable[object]], what: str, *, patience: float) -> bool:
        """Try to write down what happened until the database takes it, or as long as it is ours to say.

        A delivery that cannot be noted because a disk is full must not be made again for that.
        """
        until = self.machine() + patience
        while True:
            try:
                await note()
            except Exception:
                log.exception("%s could not be noted", what)
            else:
                return True
            if self.machine() + AGAIN > until or await self.left_within(AGAIN):
                return False

    async def left_within(self, seconds: float) -> bool:
        """Wait so long, or until the program leaves."""
        try:
            async with asyncio.timeout(seconds):
                await self.leaving.wait()
        except TimeoutError:
            return False
        return True
