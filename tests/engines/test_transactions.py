"""What stock tortoise gets wrong; each of these fails or hangs on its own engines."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest
from tortoise.context import TortoiseContext
from tortoise.exceptions import IntegrityError, TransactionManagementError

from models.engines import sql, transaction
from models.engines.config import config
from tests.engines.history import TABLES
from tests.engines.shelf import Shelf

GUARD = 30  # seconds after which a hang is taken for one


async def add(name: str) -> None:
    await Shelf.create(name=name)


async def add_in_transaction(*names: str) -> None:
    async with transaction():
        for name in names:
            await add(name)


async def names() -> set[str]:
    return {row["name"] for row in await sql.rows("SELECT name FROM shelf")}


def pauses() -> Iterator[float]:
    """From none at all to longer than a transaction takes, in an order without a pattern."""
    return (step * 7919 % 40 / 20_000 for step in count())


async def test_cancelling_a_task_anywhere_in_a_transaction_blocks_nobody(shelves: str) -> None:
    pause = pauses()
    kept: set[str] = set()
    async with asyncio.timeout(GUARD):
        for number in range(300):
            task = asyncio.create_task(add_in_transaction(f"{number} a", f"{number} b"))
            await asyncio.sleep(next(pause))
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
                kept |= {f"{number} a", f"{number} b"}
        await add_in_transaction("last")

    found = await names()
    assert found >= kept | {"last"}
    assert {name[:-1] + "a" for name in found - {"last"}} == {name for name in found if name.endswith("a")}


async def test_cancelling_some_of_a_queue_lets_the_others_through(shelves: str) -> None:
    pause = pauses()
    async with asyncio.timeout(GUARD):
        for round_ in range(20):
            tasks = [asyncio.create_task(add_in_transaction(f"{round_}-{number}")) for number in range(12)]
            await asyncio.sleep(next(pause))
            for task in tasks[::2]:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert results[1::2] == [None] * 6
    assert {f"{round_}-{number}" for round_ in range(20) for number in range(1, 12, 2)} <= await names()


async def test_a_task_that_gave_up_entering_can_go_on_by_itself(shelves: str) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(0):
            await add_in_transaction("never")

    await add("after")
    await add_in_transaction("and again")

    assert await names() == {"after", "and again"}


async def test_writers_of_several_programs_queue_up(shelves: str) -> None:
    await add("counter")

    async def program() -> None:
        async with TortoiseContext() as context:
            await context.init(config=config(shelves, tables=TABLES))
            for _ in range(20):
                async with transaction():
                    await sql.rows("SELECT id FROM shelf")
                    await sql.execute("UPDATE shelf SET room = room || 'x'")

    async with asyncio.timeout(GUARD):
        await asyncio.gather(program(), program(), program())

    assert await sql.rows("SELECT length(room) AS n FROM shelf") == [{"n": 60}]


async def test_readers_see_the_last_commit_while_somebody_writes(shelves: str) -> None:
    written, seen = asyncio.Event(), asyncio.Event()

    async def writer() -> None:
        async with transaction():
            await add("new")
            written.set()
            await seen.wait()

    async with asyncio.timeout(GUARD), asyncio.TaskGroup() as group:
        group.create_task(writer())
        await written.wait()
        before = await names()
        seen.set()

    assert before == set()
    assert await names() == {"new"}


async def late(over: asyncio.Event) -> None:
    await over.wait()
    await add("late")
    await add_in_transaction("late too")
    await sql.execute("UPDATE shelf SET room = 'seen'")


async def leave_a_task_and_fail(over: asyncio.Event, born: list[asyncio.Task[None]]) -> None:
    async with transaction():
        born.append(asyncio.create_task(late(over)))
        await add("undone")
        raise ZeroDivisionError


async def test_a_late_task_writes_after_the_transaction_it_was_born_in(shelves: str) -> None:
    over, born = asyncio.Event(), list[asyncio.Task[None]]()
    with pytest.raises(ZeroDivisionError):
        await leave_a_task_and_fail(over, born)

    over.set()
    async with asyncio.timeout(GUARD):
        await asyncio.gather(*born)

    assert await sql.rows("SELECT name, room FROM shelf ORDER BY name") == [
        {"name": "late", "room": "seen"},
        {"name": "late too", "room": "seen"},
    ]


async def test_a_failure_inside_is_undone_alone_when_it_is_caught_outside(shelves: str) -> None:
    async with transaction():
        await add("outer")
        with pytest.raises(IntegrityError):
            await add_in_transaction("inner", "outer")
        await add_in_transaction("another")

    assert await names() == {"outer", "another"}


async def wait_inside_an_inner_transaction() -> None:
    async with transaction():
        await add("outer")
        async with transaction():
            await add("inner")
            await asyncio.sleep(GUARD)


async def test_a_cancelled_inner_transaction_takes_the_outer_one_along(shelves: str) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(wait_inside_an_inner_transaction(), 0.05)

    assert await names() == set()


async def test_a_transaction_with_a_swallowed_failure_never_looks_kept(shelves: str) -> None:
    try:
        async with transaction():
            await add("a")
            with suppress(IntegrityError):
                await add("a")
    except TransactionManagementError:
        assert sql.dialect() == "postgres"
        assert await names() == set()
    else:
        assert sql.dialect() == "sqlite"
        assert await names() == {"a"}


async def test_a_failed_bulk_insert_leaves_no_row_and_no_open_transaction(shelves: str) -> None:
    with pytest.raises(IntegrityError):
        await Shelf.bulk_create([Shelf(name="a"), Shelf(name="b"), Shelf(name="a")])

    await add("c")
    assert await names() == {"c"}
