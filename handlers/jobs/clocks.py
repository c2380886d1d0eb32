"""What the clocks of requests and the mornings bring: thin calls of operations."""

from datetime import datetime

from models.operations import digests, reminders, renewals


async def remind(now: datetime) -> None:
    """Take every step of a clock that is due."""
    await reminders.plan(now)


async def greet(now: datetime) -> None:
    """Tell everybody at their hour of the morning what waits for their library."""
    await digests.plan(now)


async def renew(now: datetime) -> None:
    """Tell coordinators what they have to know of their agreements."""
    await renewals.plan(now)
