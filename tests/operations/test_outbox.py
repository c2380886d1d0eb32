"""The outbox: due rows are claimed one per target, in order, by one worker; a lost claim comes back."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import takewhile

import pytest

from models.operations import leases, outbox
from models.operations.outbox import FIRST_RETRIES, GIVE_UP_AFTER, Leased, Slip
from models.queries.traffic import is_quiet, queues
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Notice
from tests.desk import Desk

CHAT, MAIL = Channel.CHAT, Channel.MAIL


def slip(dedupe: str, target: str = "1", channel: Channel = CHAT, **more: object) -> Slip:
    given = {"kind": NoticeKind.SAY, "facts": {"say": dedupe}}
    return Slip(channel=channel, target=target, dedupe=dedupe, **(given | more))


async def written(desk: Desk, *dedupes: str, target: str = "1") -> None:
    await outbox.write([slip(one, target) for one in dedupes], desk.now)


async def claim(desk: Desk, *, channel: Channel = CHAT, machine: float = 0, **more: object) -> list[Leased]:
    given = {"now": desk.now, "machine": machine, "token": "worker"}
    return await outbox.claim(channel, **(given | more))


def names(rows: list[Leased]) -> list[str]:
    return [row.facts["say"] for row in rows]


async def states() -> dict[str, str]:
    return {row.dedupe: row.status for row in await Notice.all().order_by("id")}


async def test_a_known_dedupe_is_written_once(desk: Desk) -> None:
    await written(desk, "a")
    await outbox.write([slip("a", "other"), slip("b")], desk.now)

    assert await states() == {"a": "pending", "b": "pending"}
    assert await Notice.filter(dedupe="a").values_list("target", flat=True) == ["1"]


async def test_a_claim_takes_the_first_of_each_target_and_hands_over_its_facts(desk: Desk) -> None:
    await written(desk, "a1", "a2")
    await written(desk, "b1", target="2")
    person = desk.people["leyla"]
    await outbox.write([slip("c", "3", person=person)], desk.now)

    rows = await claim(desk)

    assert names(rows) == ["a1", "b1", "c"]
    assert rows[2] == Leased(
        id=rows[2].id,
        channel=CHAT,
        target="3",
        person=person,
        kind=NoticeKind.SAY,
        facts={"say": "c"},
        attempts=0,
        created_at=desk.now,
        token="worker",
    )
    assert await claim(desk) == []


async def test_a_target_goes_on_once_its_first_row_has_left(desk: Desk) -> None:
    await written(desk, "a1", "a2", "a3")
    left = []
    while rows := await claim(desk):
        left += names(rows)
        assert await outbox.finish(rows[0], provider_id="m1", now=desk.now)

    assert left == ["a1", "a2", "a3"]
    assert await states() == dict.fromkeys(("a1", "a2", "a3"), "sent")


async def test_each_channel_takes_its_own(desk: Desk) -> None:
    await outbox.write([slip("chat"), slip("mail", channel=MAIL)], desk.now)

    assert names(await claim(desk, channel=MAIL)) == ["mail"]


async def test_a_claim_takes_no_more_than_its_limit_the_longest_due_first(desk: Desk) -> None:
    for number in range(5):
        early = desk.now - timedelta(minutes=number)
        await outbox.write([slip(f"{number}", f"{number}", not_before=early)], desk.now)

    assert sorted(names(await claim(desk, limit=2))) == ["3", "4"]


async def test_what_is_not_due_stays_and_holds_nobody_up(desk: Desk) -> None:
    await outbox.write([slip("later", not_before=desk.now + timedelta(hours=1)), slip("now")], desk.now)

    assert names(await claim(desk)) == ["now"]
    assert await claim(desk) == []


async def test_a_lease_runs_out_by_machine_time(desk: Desk) -> None:
    await written(desk, "a")
    await claim(desk, machine=1000, lease=120, token="dead")

    assert await claim(desk, machine=1121, token="next") == []
    assert await leases.recover(1121) == 1
    [row] = await claim(desk, machine=1121, token="next")

    assert row.token == "next"


async def test_whoever_lost_the_lease_changes_nothing(desk: Desk) -> None:
    await written(desk, "a", "behind")
    [lost] = await claim(desk, machine=0, lease=1, token="dead")
    await leases.recover(2)
    [held] = await claim(desk, machine=2, token="next")

    later = desk.now + timedelta(days=1)
    assert await outbox.finish(lost, provider_id="x", now=desk.now) is False
    assert await outbox.postpone(lost, until=later, error="x") is False
    assert await outbox.bury(lost, error="x") is False

    assert await states() == {"a": "sending", "behind": "pending"}
    assert (await Notice.get(dedupe="behind")).next_at == desk.now
    assert await outbox.finish(held, provider_id="m1", now=desk.now) is True
    row = await Notice.get(dedupe="a")
    assert (row.provider_id, row.sent_at, row.lease_token, row.lease_until) == ("m1", desk.now, None, None)


async def test_a_postponed_row_keeps_its_place_before_what_waits_and_what_comes(desk: Desk) -> None:
    await written(desk, "a1", "a2")
    await written(desk, "b1", target="2")
    row, _ = await claim(desk)
    until = desk.now + timedelta(minutes=5)

    await outbox.postpone(row, until=until, error="451 greylisted")
    await written(desk, "a3")

    assert await claim(desk) == []
    assert await is_quiet(desk.now) is False  # b1 is being sent
    desk.now = until
    left = []
    while rows := await claim(desk):
        left += names(rows)
        await outbox.finish(rows[0], provider_id=None, now=desk.now)
    assert left == ["a1", "a2", "a3"]


async def test_a_row_at_fault_itself_lets_the_others_pass(desk: Desk) -> None:
    await written(desk, "a1", "a2")
    [row] = await claim(desk)

    await outbox.postpone(row, until=desk.now + timedelta(minutes=5), error="no words", holds=False)

    assert names(await claim(desk)) == ["a2"]


async def test_a_pause_is_no_attempt(desk: Desk) -> None:
    await written(desk, "a")
    [row] = await claim(desk)
    await outbox.postpone(row, until=desk.now, error="429", counted=False)
    [row] = await claim(desk)
    assert row.attempts == 0

    await outbox.postpone(row, until=desk.now, error="451")

    assert [one.attempts for one in await claim(desk)] == [1]


async def test_a_paused_channel_rests_and_the_other_does_not(desk: Desk) -> None:
    await outbox.write([slip("chat"), slip("mail", channel=MAIL)], desk.now)
    until = desk.now + timedelta(seconds=30)

    await outbox.pause(CHAT, until)

    assert await claim(desk) == []
    assert names(await claim(desk, channel=MAIL)) == ["mail"]
    desk.now = until
    assert names(await claim(desk)) == ["chat"]


async def test_a_dead_head_never_blocks_its_chat(desk: Desk) -> None:
    await written(desk, "a1", "a2")
    [row] = await claim(desk)
    await outbox.postpone(row, until=desk.now, error="x")
    [row] = await claim(desk)

    await outbox.bury(row, error="e" * 900)

    buried = await Notice.get(dedupe="a1")
    assert (buried.status, len(buried.last_error or ""), buried.attempts) == ("dead", 500, 2)
    assert names(await claim(desk)) == ["a2"]


def tried(attempts: int, created: datetime) -> Leased:
    return Leased(
        id=1,
        channel=MAIL,
        target="a@b.example",
        person=None,
        kind=NoticeKind.EVENT,
        facts={},
        attempts=attempts,
        created_at=created,
        token="",
    )


def test_retries_reach_over_five_days_and_never_come_at_once() -> None:
    now = created = datetime(2026, 3, 2, tzinfo=UTC)
    waits = []
    for attempts in range(200):
        until = outbox.retry_at(tried(attempts, created), now)
        if until is None:
            break
        waits.append(until - now)
        now = until

    assert waits[:5] == [*FIRST_RETRIES, timedelta(hours=4)]
    assert min(waits) >= timedelta(minutes=1)
    assert GIVE_UP_AFTER < now - created <= GIVE_UP_AFTER + timedelta(hours=4)
    assert list(takewhile(bool, waits)) == waits


def test_what_waited_long_for_its_first_attempt_is_still_tried_again() -> None:
    created = datetime(2026, 3, 2, tzinfo=UTC)
    now = created + timedelta(days=9)

    retries = [outbox.retry_at(tried(attempts, created), now) for attempts in range(5)]

    assert retries == [*(now + wait for wait in FIRST_RETRIES), None]


@pytest.mark.parametrize(("asked", "seconds"), [(90.0, 90), (0.0, 1)])
def test_a_named_wait_is_kept_but_ends_too(asked: float, seconds: int) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)

    assert outbox.retry_at(tried(3, now), now, asked=asked) == now + timedelta(seconds=seconds)
    assert outbox.retry_at(tried(30, now - timedelta(days=6)), now, asked=asked) is None


async def test_workers_at_once_never_take_a_row_twice(desk: Desk) -> None:
    for target in range(12):
        await written(desk, *(f"{target}-{n}" for n in range(3)), target=str(target))
    left: list[str] = []

    async def work(token: str) -> None:
        while len(left) < 36:
            rows = await outbox.claim(CHAT, now=desk.now, machine=0, token=token, limit=4)
            for row in rows:
                left.append(row.facts["say"])
                assert await outbox.finish(row, provider_id=token, now=desk.now)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(f"worker-{n}") for n in range(5)))

    assert len(left) == len(set(left)) == 36
    by_target = {target: [one for one in left if one.startswith(f"{target}-")] for target in range(12)}
    assert by_target == {target: [f"{target}-{n}" for n in range(3)] for target in range(12)}


async def test_queues_count_what_waits_and_since_when_a_mail_is_tried_in_vain(desk: Desk) -> None:
    await outbox.write([slip("chat"), slip("m1", "a", MAIL), slip("m2", "b", MAIL)], desk.now)
    assert (await queues()).oldest_mail_out is None
    row, other = await claim(desk, channel=MAIL)
    await outbox.postpone(row, until=desk.now + timedelta(hours=1), error="535", counted=False)
    await outbox.bury(other, error="550")

    found = await queues()

    assert found.notices == {CHAT: 1, MAIL: 1}
    assert (found.dead, found.oldest_mail_out) == (1, desk.now)


async def test_quiet_is_when_nothing_is_due_nor_under_way(desk: Desk) -> None:
    assert await is_quiet(desk.now)
    await written(desk, "a1")
    assert not await is_quiet(desk.now)
    [row] = await claim(desk)
    assert not await is_quiet(desk.now)
    await outbox.postpone(row, until=desk.now + timedelta(minutes=1), error="x")
    await written(desk, "a2")

    assert await is_quiet(desk.now)
    assert not await is_quiet(desk.now + timedelta(minutes=1))


async def test_a_story_told_as_the_past_says_nothing(desk: Desk) -> None:
    await written(desk, "a", "b")

    assert await outbox.skip_waiting() == 2
    assert await claim(desk) == []
