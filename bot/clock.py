"""The civil clock: what day and hour it is for facts, due dates and invitations.

The machine's clock (leases, pacing, time-outs) is `steady` and the event loop's; nobody moves it.
"""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Real time, unless the sandbox starts it elsewhere or moves it forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = start - datetime.now(UTC) if start else timedelta()

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, to: datetime) -> None:
        """Go on to a later moment; raises `ValueError` for an earlier one."""
        step = to - self()
        if step < timedelta():
            raise ValueError("the clock goes forward only")
        self._ahead += step


_BEGUN = time.time() - time.monotonic()


def steady() -> float:
    """Machine time: Unix seconds as they were when the program began, and on without a jump.

    Several machines agree on it as well as their clocks agreed then.
    """
    return _BEGUN + time.monotonic()
