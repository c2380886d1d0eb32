"""Telegram's limits, and what comes first when there is not room for all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.hand import Hand
from bot.outbox import Worker
from bot.pace import BURST, CHAT, GROUP, NEWCOMER, OVERALL, Pace
from bot.transports.result import AccountTrouble, Delivered, Flooded, Moved, Permanent, Result
from models.operations import outbox
from models.operations.outbox import Leased, Slip
from models.rules.urgency import NEWS, ROUTINE, Rank, is_unpaced, rank
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Notice
from tests.desk import Desk


@dataclass
class Wire:
    """Telegram, which notes when it was sent what; `answer` says what becomes of a row."""

    machine: float = 1000.0
    answer: Callable[[Leased], Result] = lambda row: Delivered(f"m{row.id}")
    channel: Channel = Channel.CHAT
    sent: list[tuple[float, str, str]] = field(default_factory=list)

    async def carry(self, row: Leased, _now: datetime) -> Result | None:
        self.sent.append((self.machine, row.target, row.facts["name"]))
        return self.answer(row)

    async def gave_up(self, row: Leased, why: Permanent, now: datetime) -> None: ...

    async def shut(self, why: AccountTrouble, now: datetime) -> None: ...

    @property
    def names(self) -> list[str]:
        return [name for _, _, name in self.sent]

    def worker(self, desk: Desk, *, paced: bool = True) -> Worker:
        hand = Hand(machine=lambda: self.machine)
        pace = Pace(machine=lambda: self.machine) if paced else None
        return Worker(self, lambda: desk.now, hand=hand, pace=pace)

    async def runs(self, work: Worker, desk: Desk, seconds: float) -> None:
        """Let so much time pass, a hundredth of a second at a time."""
        for _ in range(int(seconds * 100)):
            self.machine += 0.01
            desk.now += timedelta(seconds=0.01)
            while await work.sweep():
                pass


def slip(name: str, target: str, kind: NoticeKind = NoticeKind.SAY, **facts: object) -> Slip:
    return Slip(channel=Channel.CHAT, target=target, kind=kind, facts={"name": name, **facts}, dedupe=name)


async def test_a_broadcast_does_not_delay_an_answer(desk: Desk) -> None:
    wire = Wire()
    work = wire.worker(desk)
    await outbox.write([slip(f"news{n}", f"{n}", NoticeKind.DIGEST) for n in range(300)], desk.now)
    await wire.runs(work, desk, 1)

    await outbox.write([slip("answer", "997"), slip("place", "998", edit=1)], desk.now)
    asked = wire.machine
    await wire.runs(work, desk, 0.1)

    answered = {name: at - asked for at, _, name in wire.sent}
    assert answered["answer"] <= 0.02
    assert answered["place"] <= 0.02


async def test_an_answer_overtakes_the_news_that_waits_for_the_same_chat(desk: Desk) -> None:
    wire = Wire()
    await outbox.write(
        [slip("news", "1", NoticeKind.EVENT), slip("digest", "1", NoticeKind.DIGEST)], desk.now
    )
    await outbox.write([slip("one", "1"), slip("two", "1")], desk.now)
    work = wire.worker(desk, paced=False)

    while await work.sweep():
        pass

    assert wire.names == ["one", "two", "news", "digest"]


async def test_in_no_second_more_than_thirty_messages_leave(desk: Desk) -> None:
    wire = Wire()
    await outbox.write([slip(f"{n}", f"{n}", NoticeKind.EVENT) for n in range(120)], desk.now)

    await wire.runs(wire.worker(desk), desk, 4)

    times = [at for at, _, _ in wire.sent]
    assert max(sum(at <= other < at + 1 for other in times) for at in times) <= 30
    assert len(times) >= 3.5 * OVERALL


@pytest.mark.parametrize(("target", "gap"), [("7", CHAT), ("-7", GROUP)])
async def test_a_chat_gets_one_message_a_second_and_a_group_one_in_three(
    desk: Desk, target: str, gap: float
) -> None:
    wire = Wire()
    await outbox.write([slip(f"{n}", target) for n in range(4)], desk.now)

    await wire.runs(wire.worker(desk), desk, 3.2 * gap)

    times = [at for at, _, _ in wire.sent]
    assert len(times) == 4
    assert all(after - before >= gap for before, after in pairwise(times))


async def test_two_processes_keep_the_pace_of_a_chat_together(desk: Desk) -> None:
    one, other = Wire(), Wire()
    await outbox.write([slip(f"{n}", "7") for n in range(4)], desk.now)
    works = [one.worker(desk), other.worker(desk)]

    for wire, work in ((one, works[0]), (other, works[1])) * 2:
        while await work.sweep():
            pass
        assert wire is one or other.sent == []

    assert one.names == ["0"]


async def test_what_changes_a_message_in_place_waits_for_no_pace(desk: Desk) -> None:
    wire = Wire()
    await outbox.write([slip(f"{n}", "7", edit=n) for n in range(5)], desk.now)
    work = wire.worker(desk)

    while await work.sweep():
        pass

    assert wire.names == ["0", "1", "2", "3", "4"]


async def test_429_stops_that_chat_for_its_time_and_no_other(desk: Desk) -> None:
    asked = iter([Flooded(30)])
    wire = Wire(answer=lambda _row: next(asked, None) or Delivered("m"))
    await outbox.write([slip("a1", "a"), slip("a2", "a", NoticeKind.EVENT)], desk.now)
    work = wire.worker(desk, paced=False)
    await work.sweep()

    await outbox.write([slip("a3", "a", edit=1), slip("b1", "b")], desk.now)
    while await work.sweep():
        pass
    assert wire.names == ["a1", "b1"]
    assert (await Notice.get(dedupe="a1")).attempts == 0

    desk.now += timedelta(seconds=30)
    while await work.sweep():
        pass
    assert wire.names == ["a1", "b1", "a1", "a3", "a2"]


async def test_429_from_several_chats_at_once_stops_all_of_them_in_every_process(desk: Desk) -> None:
    wire = Wire(answer=lambda row: Flooded(5) if row.target in "abc" else Delivered("m"))
    await outbox.write([slip(name, name) for name in "abc"], desk.now)
    await wire.worker(desk).sweep()
    other = Wire(machine=wire.machine)

    await outbox.write([slip("d", "d")], desk.now)
    await other.worker(desk).sweep()
    assert other.names == []

    other.machine += 5.1
    await other.worker(desk).sweep()
    assert "d" in other.names


async def test_a_group_that_became_another_is_written_to_there(desk: Desk) -> None:
    moved = {"-7": Moved("-1007")}
    wire = Wire(answer=lambda row: moved.get(row.target) or Delivered("m"))
    await outbox.write([slip("one", "-7"), slip("two", "-7")], desk.now)
    work = wire.worker(desk, paced=False)

    while await work.sweep():
        pass

    assert [(target, name) for _, target, name in wire.sent] == [
        ("-7", "one"),
        ("-1007", "one"),
        ("-1007", "two"),
    ]


async def test_a_clock_that_is_put_back_holds_nothing_up(desk: Desk) -> None:
    wire = Wire()
    work = wire.worker(desk, paced=False)
    await work.sweep()
    await outbox.write([slip("one", "7")], desk.now)
    later = Slip(
        channel=Channel.CHAT,
        target="8",
        kind=NoticeKind.SAY,
        facts={"name": "later"},
        dedupe="later",
        not_before=desk.now + timedelta(hours=1),
    )
    await outbox.write([later], desk.now)

    desk.now -= timedelta(hours=3)
    await work.sweep()

    assert wire.names == ["one"]


async def test_a_clock_that_jumps_ends_no_lease(desk: Desk) -> None:
    await outbox.write([slip("one", "7")], desk.now)
    await outbox.claim(Channel.CHAT, now=desk.now, machine=Hand().machine(), token="busy")
    wire = Wire()

    desk.now += timedelta(days=2)
    await wire.worker(desk, paced=False).sweep()

    assert wire.names == []


def test_the_thirty_are_divided_and_a_newcomer_waits() -> None:
    now = 1000.0
    pace = Pace(machine=lambda: now)
    pace.divided(3)
    assert pace.room()[0].sends is False

    now += NEWCOMER + 10
    room, most = pace.room()
    assert room.sends
    assert most <= BURST / 3


def test_every_kind_has_its_rank() -> None:
    assert not NEWS & ROUTINE
    assert rank(NoticeKind.CARD, {}) is Rank.ANSWER
    assert rank(NoticeKind.CARD, {"follows": True, "edit": 1}) is Rank.NEWS
    assert {rank(kind, {}) for kind in NoticeKind} == set(Rank)
    assert [kind for kind in NoticeKind if is_unpaced(kind, {})] == [NoticeKind.MENU]
