"""What the clock does by itself: a table of jobs, ticked by APScheduler. No logic lives here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from handlers.jobs import clocks, expiry, housekeeping

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
    Job("forget updates", 3600, housekeeping.forget_updates),
    Job("forget asides", 3600, housekeeping.forget_asides),
    Job("expire files", 3600, expiry.expire_files),
    Job("agreements", 60, clocks.renew),
    Job("plan items", 60, clocks.plan_items),
    Job("plan years", 900, clocks.plan_years),
    Job("exchanges", 300, clocks.move_exchanges),
    Job("weekly digest", 900, clocks.tell_week),
    Job("forget lists", 3600, housekeeping.forget_lists),
    Job("note planning", 60, housekeeping.note_planning),
)


async def tick(now: datetime, jobs: Sequence[Job] = JOBS) -> None:
    """Do everything once, as of `now`: what tests and the sandbox's clock call."""
    for job in jobs:
        await job.do(now)


class Ticker:
    """A ticker in memory. A job that is late runs once; two of a kind never run together."""

    def __init__(self, clock: Callable[[], datetime], wake: Callable[[], None]) -> None:
        self._clock = clock
        self._wake = wake
        self._under_way: set[asyncio.Future[object]] = set()
        self._leaving = False
        self.scheduler = AsyncIOScheduler(timezone=UTC)
        self.scheduler.add_listener(_failed, EVENT_JOB_ERROR)
        for job in JOBS:
            self._add(job)

    def _add(self, job: Job) -> None:
        self.scheduler.add_job(
            self._do,
            IntervalTrigger(seconds=job.every, timezone=UTC),
            args=[job],
            id=job.name,
            name=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )

    async def run(self) -> None:
        """Tick until cancelled. Leaving waits for jobs under way: the database closes after them."""
        self.scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            # The scheduler stops with the loop's next step: what it still starts until then does nothing.
            self._leaving = True
            self.scheduler.shutdown(wait=False)
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _do(self, job: Job) -> None:
        if self._leaving:
            return
        work = asyncio.ensure_future(job.do(self._clock()))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            if not self._stops():
                raise
            return  # `run` waits for the work itself
        self._wake()

    def _stops(self) -> bool:
        return self._leaving


def _failed(event: JobExecutionEvent) -> None:
    log.error("job %s failed", event.job_id, exc_info=event.exception)
