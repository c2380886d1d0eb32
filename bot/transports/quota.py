"""How many mails a provider lets one account send in a day."""

import logging
from collections import deque
from datetime import datetime, timedelta

from models.operations import delivery
from models.queries import traffic

DAY = timedelta(days=1)
CAP = 400
"""Most providers allow 500 a day and lock an account that goes beyond."""
WARNS_AT = 0.8
PACE = 2.0
"""Seconds between two mails that no provider takes for a flood."""

log = logging.getLogger(__name__)


class Quota:
    """Counts what left within a day, begun from what the outbox remembers."""

    def __init__(self, cap: int = CAP) -> None:
        self._cap = cap
        self._left: deque[datetime] | None = None
        self._warned: datetime | None = None

    async def pause(self, now: datetime) -> float:
        """Seconds until one more may leave; 0: now, and it is counted. At 80 % coordinators are told."""
        if self._left is None:
            self._left = deque(await traffic.mails_out(now - DAY))
        while self._left and self._left[0] <= now - DAY:
            self._left.popleft()
        if len(self._left) >= self._cap:
            return (self._left[0] + DAY - now).total_seconds()
        self._left.append(now)
        await self._warn(len(self._left), now)
        return 0.0

    async def _warn(self, left: int, now: datetime) -> None:
        if left < self._cap * WARNS_AT or (self._warned and now - self._warned < DAY):
            return
        self._warned = now
        log.warning("%d of %d mails that may leave in a day have left", left, self._cap)
        await delivery.mail_cap(now, left=left, cap=self._cap)
