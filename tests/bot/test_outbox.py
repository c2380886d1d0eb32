"""The outbox at work: what becomes of a row for each result of its way out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.hand import Hand
from bot.outbox import SHUT_FOR, WORDING_ATTEMPTS, Outbox, Worker
from bot.transports.result import AccountTrouble, Delivered, Paused, Permanent, Result, Temporary
from models.operations import leases, outbox
from models.operations.outbox import Leased, Slip
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Notice
from tests.desk import Desk, until

Answer = Callable[[Leased], Result | None]


def delivered(row: Leased) -> Result:
    return Delivered(f"m{row.id}")


@dataclass
class Carrier:
    """A way out that keeps what it carried; `answer` says what becomes of it."""

    answer: Answer = delivered
    channel: Channel = Channel.CHAT
    carried: list[str] = field(default_factory=list)
    given_up: list[tuple[str, str, str]] = field(default_factory=list)
    shut_because: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def carry(self, row: Leased, _now: datetime) -> Result | None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        self.carried.append(row.facts["say"])
        return self.answer(row)

    async def gave_up(self, row: Leased, why: Permanent, _now: datetime) -> None:
        self.given_up.append((row.facts["say"], why.reason, (await Notice.get(id=row.id)).status))

    async def shut(self, why: AccountTrouble, _now: datetime) -> None:
        self.shut_because.append(why.reason)


def failing(row: Leased) -> Result:
    raise KeyError(row.facts["say"])


async def written(desk: Desk, *dedupes: str) -> None:
    """Rows whose target is the first letter of their name."""
    slips = [
        Slip(channel=Channel.CHAT, target=one[0], kind=NoticeKind.SAY, facts={"say": one}, dedupe=one)
        for one in dedupes
    ]
    await outbox.write(slips, desk.now)


def worker(desk: Desk, answer: Answer = delivered) -> tuple[Worker, Carrier]:
    carrier = Carrier(answer)
    return Worker(carrier, lambda: desk.now), carrier


async def emptied(work: Worker) -> None:
    while await work.sweep():
        pass


async def row(dedupe: str) -> Notice:
    return await Notice.get(dedupe=dedupe)


async def test_what_is_delivered_keeps_its_reference_and_its_order(desk: Desk) -> None:
    await written(desk, "a1", "b1", "a2", "a3")
    work, carrier = worker(desk)

    await emptied(work)

    assert [one for one in carrier.carried if one[0] == "a"] == ["a1", "a2", "a3"]
    sent = await row("a1")
    assert (sent.status, sent.provider_id, sent.sent_at) == ("sent", f"m{sent.id}", desk.now)


async def test_targets_are_served_side_by_side(desk: Desk) -> None:
    await written(desk, "a1", "b1", "c1", "a2")
    work, carrier = worker(desk)

    assert await work.sweep() == 3

    assert carrier.most_at_once == 3


async def test_what_has_nothing_to_say_any_more_is_skipped(desk: Desk) -> None:
    await written(desk, "a1")
    work, _ = worker(desk, lambda _row: None)

    await emptied(work)

    assert (await row("a1")).status == "skipped"


async def test_a_temporary_failure_waits_a_minute_and_holds_its_target(desk: Desk) -> None:
    await written(desk, "a1", "a2", "b1")
    failures = iter([Temporary("451 greylisted")])
    work, carrier = worker(desk, lambda row: next(failures, None) if row.target == "a" else delivered(row))

    await emptied(work)

    assert sorted(carrier.carried) == ["a1", "b1"]
    waiting = await row("a1")
    assert (waiting.status, waiting.attempts, waiting.last_error) == ("pending", 1, "451 greylisted")
    assert waiting.next_at == desk.now + timedelta(minutes=1)


async def test_a_temporary_failure_waits_as_long_as_it_was_told(desk: Desk) -> None:
    await written(desk, "a1")
    work, _ = worker(desk, lambda _row: Temporary("later", retry_after=90))

    await emptied(work)

    assert (await row("a1")).next_at == desk.now + timedelta(seconds=90)


async def test_after_five_days_it_is_given_up_and_the_rest_goes_on(desk: Desk) -> None:
    await written(desk, "a1")
    work, carrier = worker(desk, lambda _row: Temporary("451"))
    start = desk.now
    while (waiting := await row("a1")).status == "pending":
        desk.now = waiting.next_at
        await work.sweep()

    assert timedelta(days=5) < desk.now - start < timedelta(days=5, hours=5)
    assert carrier.given_up == [("a1", "451", "sending")]
    assert (await row("a1")).status == "dead"


async def test_a_permanent_failure_is_handed_on_before_it_is_buried(desk: Desk) -> None:
    await written(desk, "a1", "a2")
    work, carrier = worker(desk, lambda row: Permanent("550") if row.facts["say"] == "a1" else delivered(row))

    await emptied(work)

    assert carrier.given_up == [("a1", "550", "sending")]
    assert ((await row("a1")).status, (await row("a2")).status) == ("dead", "sent")


async def test_what_could_not_be_handed_on_comes_back_with_its_lease(desk: Desk) -> None:
    await written(desk, "a1", "b1")

    class Failing(Carrier):
        async def gave_up(self, _row: Leased, _why: Permanent, _now: datetime) -> None:
            raise OSError("the database is away")

    leaving = Hand()
    leaving.leaving.set()  # else it would try for as long as its lease lasts
    failing = Failing(lambda row: Permanent("550") if row.target == "a" else delivered(row))
    work = Worker(failing, lambda: desk.now, hand=leaving)

    assert await work.sweep() == 2

    assert ((await row("a1")).status, (await row("b1")).status) == ("sending", "sent")


async def test_a_pause_silences_the_whole_channel_and_is_no_attempt(desk: Desk) -> None:
    await written(desk, "a1", "a2", "b1")
    pauses = iter([Paused(retry_after=30, reason="429")])
    work, carrier = worker(desk, lambda row: next(pauses, None) or delivered(row))
    await work.sweep()
    first, before = await row("a1"), len(carrier.carried)
    assert (first.attempts, first.next_at) == (0, desk.now + timedelta(seconds=30))

    await written(desk, "c1")
    assert await work.sweep() == 0
    assert len(carrier.carried) == before

    desk.now += timedelta(seconds=30)
    await emptied(work)
    assert sorted(carrier.carried[before:]) == ["a1", "a2", "c1"]


@pytest.mark.parametrize("seconds", [0.0, -1.0])
async def test_a_pause_of_nothing_is_a_second(desk: Desk, seconds: float) -> None:
    await written(desk, "a1")
    work, _ = worker(desk, lambda _row: Paused(retry_after=seconds))

    await emptied(work)

    assert (await row("a1")).next_at == desk.now + timedelta(seconds=1)


async def test_a_shut_account_stops_the_channel_and_is_told(desk: Desk) -> None:
    await written(desk, "a1", "a2")
    work, carrier = worker(desk, lambda _row: AccountTrouble("535"))

    await emptied(work)

    assert carrier.shut_because == ["535"]
    rows = [await row("a1"), await row("a2")]
    assert [(one.status, one.attempts, one.next_at) for one in rows] == [
        ("pending", 0, desk.now + SHUT_FOR)
    ] * 2


async def test_a_row_without_words_lets_the_others_pass_and_is_buried_in_the_end(desk: Desk) -> None:
    await written(desk, "a1", "a2")
    work, carrier = worker(desk, lambda row: failing(row) if row.facts["say"] == "a1" else delivered(row))

    await emptied(work)
    assert (await row("a2")).status == "sent"

    while (waiting := await row("a1")).status == "pending":
        desk.now = waiting.next_at
        await work.sweep()
    assert (waiting.status, waiting.attempts, waiting.last_error) == (
        "dead",
        WORDING_ATTEMPTS,
        "KeyError: 'a1'",
    )
    assert carrier.given_up == []


async def test_a_worker_that_dies_in_the_middle_loses_nothing(desk: Desk) -> None:
    await written(desk, "a1")
    reached, never = asyncio.Event(), asyncio.Event()

    class Stuck(Carrier):
        async def carry(self, _row: Leased, _now: datetime) -> Result | None:
            reached.set()
            await never.wait()
            return None

    dying = asyncio.create_task(Worker(Stuck(), lambda: desk.now).sweep())
    await reached.wait()
    dying.cancel()
    await asyncio.wait([dying])

    assert (await row("a1")).status == "sending"
    await leases.recover(2e10)
    [again] = await outbox.claim(Channel.CHAT, now=desk.now, machine=2e10, token="next")
    assert again.facts == {"say": "a1"}


@pytest.fixture
async def running(desk: Desk) -> AsyncIterator[tuple[Outbox, Carrier]]:
    carrier = Carrier()
    box = Outbox([carrier], lambda: desk.now)
    task = asyncio.create_task(box.workers[0].run())
    yield box, carrier
    box.stop()
    await asyncio.wait_for(task, 5)


async def test_a_running_worker_delivers_when_it_is_woken(
    desk: Desk, running: tuple[Outbox, Carrier]
) -> None:
    box, carrier = running
    await written(desk, "a1")

    box.wake()
    await until(lambda: Notice.exists(dedupe="a1", status="sent"))

    assert carrier.carried == ["a1"]


@pytest.mark.parametrize("refusal", [Permanent("closed"), AccountTrouble("535")])
async def test_a_refusal_wakes_the_other_channels_once_its_rows_are_written(
    desk: Desk, refusal: Result
) -> None:
    await written(desk, "a1")
    woken: list[str] = []
    carrier = Carrier(lambda _row: refusal)
    work = Worker(carrier, lambda: desk.now, wakes=lambda: woken.extend(["woken", *carrier.shut_because[:1]]))

    await work.sweep()

    assert woken[0] == "woken"
    assert carrier.given_up or woken == ["woken", "535"]


async def test_two_programs_deliver_each_row_once(desk: Desk) -> None:
    await written(desk, *(f"{target}{number}" for target in "abcdef" for number in range(4)))
    workers = [worker(desk) for _ in range(3)]

    await asyncio.gather(*(emptied(work) for work, _ in workers))
    await emptied(workers[0][0])

    carried = [one for _, carrier in workers for one in carrier.carried]
    assert len(carried) == len(set(carried)) == 24
