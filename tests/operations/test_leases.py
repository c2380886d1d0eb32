"""Leases on what came in: of each lane the first, for one process; what a dead one leaves is free."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.database import database
from models.engines.crew import Crew
from models.operations import inbox, leases, outbox
from models.operations.inbox import Arrival, RawMail
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Notice, Update
from tests.desk import Desk, until


async def is_so(truth: object) -> bool:
    return bool(truth)


def arrivals(*pairs: tuple[int, int]) -> list[Arrival]:
    return [Arrival(update_id=number, chat=chat, body={"update_id": number}) for number, chat in pairs]


async def taken(holder: str = "one", machine: float = 0, limit: int = 10) -> list[int]:
    found = await inbox.claim_updates(machine=machine, token=holder, limit=limit)
    return [one.update_id for one in found]


async def test_of_each_chat_the_oldest_is_taken_and_the_next_after_it_is_done(desk: Desk) -> None:
    await inbox.store_updates(arrivals((1, 7), (2, 8), (3, 7)), desk.now)

    assert await taken() == [1, 2]
    assert await taken("other") == []
    assert await inbox.finish_update(1, [], desk.now, token="one")
    assert await taken("other") == [3]


async def test_a_lease_that_ran_out_goes_to_another_and_the_first_changes_nothing(desk: Desk) -> None:
    await inbox.store_updates(arrivals((1, 7)), desk.now)
    await taken("slow")

    assert await taken("next", machine=leases.LEASE + 1) == [1]
    assert not await inbox.finish_update(1, [], desk.now, token="slow")
    assert not await inbox.fail_update(1, "x", desk.now, token="slow")
    assert await inbox.finish_update(1, [], desk.now, token="next")


async def test_an_update_that_rests_holds_up_its_chat_until_then(desk: Desk) -> None:
    await inbox.store_updates(arrivals((1, 7), (2, 7)), desk.now)
    await taken("one")

    await inbox.rest_update(1, "one", until=50)

    assert await taken("other", machine=49) == []
    assert await taken("other", machine=51) == [1]


async def test_several_take_each_update_once(desk: Desk) -> None:
    await inbox.store_updates(arrivals(*((number, number) for number in range(40))), desk.now)

    found = await asyncio.gather(*(taken(f"{one}", limit=15) for one in range(4)))

    assert sorted(number for some in found for number in some) == list(range(40))


async def test_mails_of_one_writer_are_taken_in_their_order(desk: Desk) -> None:
    for key, sender in (("1", "a@x"), ("2", "a@x"), ("3", "b@x")):
        mail = RawMail(body=key.encode(), sender=sender, recipients=(), source="lmtp", key=key)
        await inbox.store_mail(mail, desk.now)

    first = await inbox.claim_mails(machine=0, token="one")
    assert [one.body for one in first] == [b"1", b"3"]
    await inbox.finish_mail(first[0].id, "acted", [], desk.now, token="one")
    assert [one.body for one in await inbox.claim_mails(machine=0, token="two")] == [b"2"]


async def test_whoever_is_alone_finds_nothing_held_when_it_begins(desk: Desk) -> None:
    await inbox.store_updates(arrivals((1, 7)), desk.now)
    await taken("dead")

    assert await leases.recover(0, alone=True) == 1
    assert await taken("next") == [1]


async def test_what_may_have_left_already_goes_before_everything_else_of_its_target(desk: Desk) -> None:
    facts = {"say": "help"}
    slips = [
        Slip(channel=Channel.CHAT, target="1", kind=kind, facts=facts, dedupe=name)
        for name, kind in (("news", NoticeKind.EVENT), ("answer", NoticeKind.SAY))
    ]
    await outbox.write(slips[:1], desk.now)
    await outbox.claim(Channel.CHAT, now=desk.now, machine=0, token="dead")
    await outbox.write(slips[1:], desk.now)

    await leases.recover(0, alone=True)

    [row] = await outbox.claim(Channel.CHAT, now=desk.now, machine=0, token="next")
    assert (await Notice.get(id=row.id)).dedupe == "news"


@asynccontextmanager
async def joined(url: str, heard: list[str]) -> AsyncIterator[Crew]:
    crew = Crew(url, heard=heard.append)
    running = asyncio.create_task(crew.run())
    async with asyncio.timeout(10):
        await crew.joined.wait()
    try:
        yield crew
    finally:
        running.cancel()
        await asyncio.wait([running])


@pytest.fixture
async def crew_url(postgres_url: str) -> AsyncIterator[str]:
    from models.engines.migrate import migrate

    await migrate(postgres_url)
    async with database(postgres_url):
        yield postgres_url


async def test_what_a_dead_process_held_is_free_at_once_and_what_a_living_one_holds_is_not(
    crew_url: str,
) -> None:
    desk = await Desk().open()
    await inbox.store_updates(arrivals((1, 7), (2, 8)), desk.now)
    async with joined(crew_url, []) as alive:
        async with joined(crew_url, []) as dying:
            assert await alive.count() == 2
            assert await taken(f"{dying.name}.1", limit=1) == [1]
            assert await taken(f"{alive.name}.1", limit=1) == [2]
            assert await leases.recover(0) == 0
        await asyncio.sleep(0.1)

        assert await leases.recover(0) == 1
        held = await Update.filter(lease_token__not_isnull=True).values_list("update_id", flat=True)
        assert held == [2]


async def test_whoever_writes_wakes_the_others(crew_url: str) -> None:
    heard: list[str] = []
    desk = await Desk().open()
    async with joined(crew_url, heard):
        await inbox.store_updates(arrivals((1, 7)), desk.now)
        await until(lambda: is_so("update" in heard))


async def test_a_duty_is_one_process_at_a_time_and_passes_on(crew_url: str) -> None:
    busy: list[str] = []

    async def work(name: str) -> None:
        busy.append(name)
        try:
            await asyncio.Event().wait()
        finally:
            busy.remove(name)

    async with joined(crew_url, []) as second:
        async with joined(crew_url, []) as first:
            one = asyncio.create_task(first.alone_on("plan", lambda: work("first")))
            await asyncio.sleep(0.2)
            other = asyncio.create_task(second.alone_on("plan", lambda: work("second")))
            await asyncio.sleep(0.2)
            assert busy == ["first"]
            one.cancel()
        await until(lambda: is_so(busy == ["second"]))
        other.cancel()
        await asyncio.wait([one, other])
