"""The world as the page shows it: phones, mailboxes, clock, switches, a look behind the scenes."""

import asyncio
from typing import TypeVar

from bot.sandbox.botapi import Change as ApiChange
from bot.sandbox.bubbles import told
from bot.sandbox.live_mail import LiveMailboxes
from bot.sandbox.live_phones import LivePhones
from bot.sandbox.live_stage import LiveStage
from bot.sandbox.mail import StoredMail

T = TypeVar("T")
GLANCE = 1.0  # seconds


class LiveScene(LivePhones, LiveMailboxes, LiveStage):
    """A running world."""

    async def watch(self) -> None:
        """Turn what happens on the wires into changes; runs as long as the page is served."""
        chats, letters = self._world.api.subscribe(), self._world.mail.subscribe()
        try:
            async with asyncio.TaskGroup() as watching:
                watching.create_task(self._watch_chats(chats))
                watching.create_task(self._watch_letters(letters))
                watching.create_task(self._watch_rows())
        finally:
            self._world.api.unsubscribe(chats)
            self._world.mail.unsubscribe(letters)

    async def _watch_chats(self, chats: "asyncio.Queue[ApiChange]") -> None:
        while True:
            for change in await _all(chats):
                for one in told(change, list(self._people)):
                    self._tell(one)
            await self._looked()

    async def _watch_letters(self, letters: asyncio.Queue[StoredMail]) -> None:
        while True:
            for letter in await _all(letters):
                self._tell({"kind": "mail", "address": letter.recipient})
            await self._looked()

    async def _watch_rows(self) -> None:
        """What happens without a word on a wire: a letter that is put off, an update that fails."""
        while True:
            await asyncio.sleep(GLANCE)
            before = self._state
            await self.look()
            if self._state != before:
                self._tell({"kind": "state"})

    async def _looked(self) -> None:
        await self.look()
        self._tell({"kind": "state"})
        self._tell({"kind": "phones"})


async def _all(queue: asyncio.Queue[T]) -> list[T]:
    """What waits in the queue, at least one: a burst costs one look at the database."""
    found = [await queue.get()]
    while not queue.empty():
        found.append(queue.get_nowait())
    return found
