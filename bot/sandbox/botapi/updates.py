"""The queue of updates, shared by getUpdates and the webhook.

Source: core.telegram.org/bots/api#getting-updates. Updates wait until they are confirmed; their real life of
24 hours is machine time, longer than any run, so none grows old here.
"""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.sandbox.botapi import limits

FIRST = 100_000_001
#: Kinds that come only when asked for by name (getUpdates.allowed_updates).
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One update that waits. Those of one chat are delivered in order."""

    id: int
    kind: str
    chat_id: int
    body: dict[str, object]

    def as_json(self) -> dict[str, object]:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """Increasing identifiers, confirmed by offset; one poller at a time."""

    def __init__(self) -> None:
        self.waiting: list[Update] = []
        self.allowed: frozenset[str] = frozenset()
        self.arrived = asyncio.Event()
        self._next = FIRST
        self.repeats: list[Update] = []
        self._handed = 0
        self._poller: asyncio.Future[limits.ApiError | None] | None = None

    def push(self, kind: str, chat_id: int, body: dict[str, object]) -> None:
        """Queue an update, unless the bot does not want its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted:
            return
        self.waiting.append(Update(self._next, kind, chat_id, body))
        self._next += 1
        self.arrived.set()
        self._wake()

    def allow(self, kinds: Iterable[str]) -> None:
        """What is queued from now on; updates that wait already stay."""
        self.allowed = frozenset(kinds)

    def confirm(self, identifiers: Collection[int]) -> None:
        self.waiting = [update for update in self.waiting if update.id not in identifiers]

    def repeat(self, update: Update) -> None:
        """Deliver an update once more although it was confirmed, as Telegram may after a trouble."""
        self.repeats.append(update)
        self._wake()

    def clear(self) -> None:
        self.waiting = []

    async def poll(self, *, offset: int, limit: int, seconds: int) -> list[Update]:
        """Updates from `offset` on, waiting up to `seconds` for the first. A second poller ends the first."""
        self.interrupt(limits.conflict(limits.POLLED_TWICE))
        self._forget_before(offset)
        # A repeat stays until the next poll shows that the bot has it.
        self.repeats, self._handed = self.repeats[self._handed :], 0
        if not self.waiting and not self.repeats and seconds:
            await self._wait(seconds)
        found = [*self.repeats, *self.waiting][:limit]
        self._handed = min(len(self.repeats), limit)
        return found

    def interrupt(self, reason: limits.ApiError) -> None:
        """End the poll under way, if any, with an error."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(reason)

    def _forget_before(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset > 0:
            self.waiting = [update for update in self.waiting if update.id >= offset]

    async def _wait(self, seconds: int) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        await asyncio.wait([poller], timeout=seconds)
        if self._poller is poller:
            self._poller = None
        if poller.done() and (error := poller.result()) is not None:
            raise error

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
