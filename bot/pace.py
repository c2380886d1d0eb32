"""How fast new messages may leave for Telegram, over all processes together.

Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second over all, one a
second into a chat, 20 a minute into a group. What changes a message in place is not counted.

The second and the minute of a chat are shared through the table `pace`; the 30 are divided by the number of
processes that send. One that has just come waits until the others have seen it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.clock import steady
from models.operations.outbox import Room
from models.rules.urgency import Rank

OVERALL = 24.0
"""New messages a second."""
BURST = 6.0
"""So many at once after a silence: in no second more than 30."""
RESERVE = 3.0
"""Of these, what answers may use and a broadcast may not."""
CHAT = 1.0
"""Seconds between two messages into one chat."""
GROUP = 60 / 18
NEWCOMER = 3.0


@dataclass(slots=True)
class Pace:
    """Tokens of one process. `share` is by how many processes the pace is divided."""

    machine: Callable[[], float] = steady
    overall: float = OVERALL
    burst: float = BURST
    share: int = 1
    chat: float = CHAT
    group: float = GROUP
    _tokens: float = field(default=BURST, init=False)
    _at: float = field(default=0.0, init=False)

    def divided(self, share: int) -> None:
        """The number of processes changed; whoever was not alone before it sent anything waits a little."""
        if share == self.share:
            return
        if self._at == 0.0 and share > 1:
            self._at, self._tokens = self.machine() + NEWCOMER, 0.0
        self.share = share

    def room(self) -> tuple[Room, int]:
        """What may leave now, and how many new messages at most."""
        self._fill()
        if self._tokens >= 1 + self._reserve():
            return Room(), int(self._tokens - self._reserve())
        if self._tokens >= 1:
            return Room(rank=Rank.ANSWER), int(self._tokens)
        return Room(rank=Rank.ANSWER, sends=False), 0

    def spend(self, count: int) -> None:
        """So many new messages leave."""
        self._tokens -= count

    def wait(self) -> float:
        """Seconds until there is room for a broadcast's next message."""
        self._fill()
        missing = 1 + self._reserve() - self._tokens
        return max(0.0, missing * self.share / self.overall, self._at - self.machine())

    def rest(self, target: str) -> float:
        """How long a chat rests after a message; the identifiers of groups are negative (Bot API: Chat)."""
        return self.group if target.startswith("-") else self.chat

    def _reserve(self) -> float:
        return RESERVE * self.burst / BURST / self.share

    def _fill(self) -> None:
        now = self.machine()
        if now < self._at:
            return
        most = max(self.burst / self.share, 1.0 + self._reserve())
        gained = (now - self._at) * self.overall / self.share
        self._tokens, self._at = min(most, self._tokens + gained), now
