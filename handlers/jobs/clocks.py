"""What the clocks of requests and the mornings bring: thin calls of operations."""

from datetime import datetime

from models.operations import digests, planclock, reminders, renewals, weeklies
from models.operations.gaps import clock as exchange_clock


async def remind(now: datetime) -> None:
    """Take every step of a clock that is due."""
    await reminders.plan(now)


async def greet(now: datetime) -> None:
    """Tell everybody at their hour of the morning what waits for their library."""
    await digests.plan(now)


async def renew(now: datetime) -> None:
    """Tell coordinators what they have to know of their agreements."""
    await renewals.plan(now)


async def plan_items(now: datetime) -> None:
    """Remind of the items of cooperation plans, and ask for their results."""
    await planclock.plan(now)


async def plan_years(now: datetime) -> None:
    """Ask for next year's plan and for last year's report."""
    await planclock.plan_years(now)


async def move_exchanges(now: datetime) -> None:
    """Remind of documents that were offered, wanted or sent, and of which nothing was heard since."""
    await exchange_clock.plan(now)


async def tell_week(now: datetime) -> None:
    """Tell what colleagues shared, to those who hear of it once a week."""
    await weeklies.plan(now)
