"""What the clock does by itself."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduler import JOBS, Job, Ticker, tick
from models.operations import inbox, outbox
from models.operations.inbox import Arrival
from models.rules.vocabulary import Act, Channel, NoticeKind, Reach, Role
from models.tables import Notice, Reader, Update
from tests.desk import Desk, until


def test_each_job_has_a_name_of_its_own_and_a_time_between() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert len({job.do for job in JOBS}) == len(JOBS)
    assert {job.every >= 60 for job in JOBS} == {True}


async def test_a_tick_does_everything_once_as_of_the_moment() -> None:
    done: list[tuple[str, datetime]] = []

    def job(name: str) -> Job:
        async def do(now: datetime) -> None:
            done.append((name, now))

        return Job(name, 60, do)

    now = datetime(2026, 3, 2, tzinfo=UTC)
    await tick(now, [job("one"), job("two")])

    assert done == [("one", now), ("two", now)]


async def test_the_years_go_by_and_the_desk_keeps_itself_in_order(desk: Desk) -> None:
    await desk.person("boss", desk.baku, chat=3001, role=Role.COORDINATOR)
    await desk.person("rauf", desk.almaty, email="rauf@nlrk.example", reach=Reach.MAIL)
    request = (await desk.files(reader="A. 17")).request
    await desk.act(request, Act.CANCEL, "leyla")
    await inbox.store_updates([Arrival(update_id=1, chat=1001, body={"text": "A. 17"})], desk.now)
    await inbox.finish_update(1, [], desk.now)
    [mail, *_] = await outbox.claim(Channel.MAIL, now=desk.now, machine=0, token="t")
    await outbox.postpone(mail, until=desk.now + timedelta(days=900), error="451")

    for _ in range(2):
        await tick(desk.now + timedelta(minutes=59))
    assert (await Reader.all().count(), await Update.all().count()) == (1, 1)
    assert await Notice.filter(kind=NoticeKind.MAIL_TROUBLE).count() == 0

    for days in (1, 8, 91, 400):
        await tick(desk.now + timedelta(days=days))
    assert (await Reader.all().count(), await Update.all().count()) == (0, 0)
    assert await Notice.filter(kind=NoticeKind.MAIL_TROUBLE, target="3001").count() == 4


async def test_the_ticker_begins_at_once_and_survives_failures(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The jobs find no database here: each fails, is logged under its name, and stays planned."""
    ticker = Ticker(lambda: datetime(2026, 3, 2, tzinfo=UTC), lambda: None)

    async def failed() -> list[object]:
        ours = [one for one in caplog.records if one.name == "bot.scheduler"]
        return [one.args[0] for one in ours if one.args] if len(ours) == len(JOBS) else []

    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(ticker.run())
        await until(failed)

    planned = ticker.scheduler.get_jobs()
    assert {job.id for job in planned} == {job.name for job in JOBS}
    assert set(await failed()) == {job.name for job in JOBS}
    assert {job.max_instances for job in planned} == {1}
    await ended(running)


async def ended(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.wait([running])


async def test_the_ticker_does_its_jobs_on_a_real_desk(desk: Desk) -> None:
    request = (await desk.files(reader="A. 17")).request
    await desk.act(request, Act.CANCEL, "leyla")
    woken = asyncio.Event()

    async def wiped() -> bool:
        return not await Reader.exists()

    running = asyncio.create_task(Ticker(lambda: desk.now + timedelta(days=91), woken.set).run())
    async with asyncio.timeout(5):
        await woken.wait()
    await until(wiped)
    await ended(running)
