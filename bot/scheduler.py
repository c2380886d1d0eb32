"""What the clock does by itself: a table of jobs, ticked by APScheduler. No logic lives here."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from handlers.jobs import clocks, housekeeping

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds, as of a moment."""

    name: str
    every: int
    do: Callable[[datetime], Awaitable[object]]


JOBS: tuple[Job, ...] = (
    Job("clocks", 60, clocks.remind),
    Job("digest", 60, clocks.greet),
    Job("mail trouble", 300, housekeeping.tell_of_mail_trouble),
    Job("wipe readers", 3600, housekeeping.wipe_readers),
    Job("forget screens", 3600, housekeeping.forget_screens),
)


async def tick(now: datetime, jobs: Sequence[Job] = JOBS) -> None:
    """Do everything once, as of `now`: what tests and the sandbox's clock call."""
    for job in jobs:
        await job.do(now)


def scheduler(clock: Callable[[], datetime], wake: Callable[[], None]) -> AsyncIOScheduler:
    """A ticker in memory. A job that is late runs once; two of a kind never run together."""
    ticker = AsyncIOScheduler(timezone=UTC)
    ticker.add_listener(_failed, EVENT_JOB_ERROR)
    for job in JOBS:
        ticker.add_job(
            _run,
            IntervalTrigger(seconds=job.every, timezone=UTC),
            args=[job, clock, wake],
            name=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )
    return ticker


async def _run(job: Job, clock: Callable[[], datetime], wake: Callable[[], None]) -> None:
    await job.do(clock())
    wake()


def _failed(event: JobExecutionEvent) -> None:
    log.error("job %s failed", event.job_id, exc_info=event.exception)
