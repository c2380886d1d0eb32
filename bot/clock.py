"""The civil clock: what day and hour it is for facts, due dates and invitations.

The machine's clock (leases, pacing, time-outs) is `time.time` and the event loop's; it is never moved.
"""

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time, unless the sandbox has moved it forward."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, to: datetime) -> None:
        """Go on to a later moment; raises `ValueError` for an earlier one."""
        step = to - self()
        if step < timedelta():
            raise ValueError("the clock goes forward only")
        self._ahead += step
