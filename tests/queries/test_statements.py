"""How the database is asked: statements do not grow with the rows, and what is to do is found by an index."""

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from sqlite3 import Connection

import pytest
from tortoise.context import require_context

from bot.database import database
from models.engines import sql, transaction
from models.operations import inbox, outbox, requests
from models.operations.files import Arrived, keep
from models.queries import lists
from models.queries import requests as reads
from models.queries.traffic import is_quiet, queues
from models.rules.vocabulary import Act, Channel, Filter, Service
from tests.desk import MORNING, SCAN, Desk


@pytest.fixture
async def desk(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    """On SQLite alone: it tells each statement, and how it would go about it."""
    async with database(f"sqlite://{shutil.copy(migrated_file, tmp_path)}"):
        yield await Desk().open()


async def said(work: Callable[[], Awaitable[object]]) -> list[str]:
    """The statements, with their values, that the work makes the database run."""
    heard: list[str] = []

    def listen(connection: Connection) -> None:
        connection.set_trace_callback(heard.append)

    async with transaction():  # all of it on one connection
        client = require_context().db()
        await client.run(listen)
        await work()
        await client.run(lambda connection: connection.set_trace_callback(None))
    return [
        one for one in heard if one.startswith(("SELECT", "UPDATE", "INSERT", "DELETE", "\nWITH", "\nSELECT"))
    ]


async def plan(statement: str) -> str:
    return " / ".join(row["detail"] for row in await sql.rows(f"EXPLAIN QUERY PLAN {statement.strip()}"))


async def test_a_card_takes_as_many_statements_with_a_long_history_as_with_a_short_one(
    desk: Desk, tmp_path: Path
) -> None:
    leyla = await desk.view("leyla")
    request = (await desk.files(service=Service.COPY, values=SCAN, reader="A. 17")).request
    counts = []
    for number in range(3):
        file = await keep(
            tmp_path, Arrived(name="a.pdf", data=b"%PDF-" + bytes([number])), desk.now, owner=None
        )
        await desk.act(request, Act.DELIVER, "gulnar", files=(file,))
        await desk.act(request, Act.UNDO, "gulnar")
        await desk.act(request, Act.COMMENT, "leyla", files=(file,), note="a")
        statements = await said(lambda: reads.card(request, leyla, desk.now, history=100))
        counts.append(len(statements))

    assert counts == [counts[0]] * 3


async def test_a_list_takes_as_many_statements_with_a_full_page_as_with_one_line(desk: Desk) -> None:
    leyla, today = await desk.view("leyla"), desk.now.date()
    counts = []
    for _ in range(4):
        await desk.files()
        counts.append(len(await said(lambda: lists.listing(leyla, Filter.MINE, today))))

    assert counts == [counts[0]] * 4


async def test_an_act_reads_as_often_for_many_people_as_for_one(desk: Desk) -> None:
    request = (await desk.files()).request
    counts = []
    for number in range(3):
        await desk.person(f"one-{number}", desk.almaty, chat=3000 + number)
        intent = desk.intent(request, Act.COMMENT, "leyla", note="a")
        statements = await said(lambda intent=intent: requests.act(intent, desk.now))
        counts.append(sum(one.startswith("SELECT") for one in statements))

    assert counts == [counts[0]] * 3


async def test_a_claim_finds_what_is_due_and_what_holds_it_up_by_index(desk: Desk) -> None:
    [claim] = await said(lambda: outbox.claim(Channel.CHAT, now=desk.now, machine=0, token="t"))

    way = await plan(claim)

    assert [name for name in ("notice_due", "notice_order") if name not in way] == []
    assert not re.search(r"SCAN [nNe]\b(?! USING)", way)
    assert "TEMP B-TREE" not in way


@pytest.mark.parametrize("work", [queues, lambda: is_quiet(MORNING)], ids=["queues", "is_quiet"])
async def test_looking_what_waits_reads_no_history(desk: Desk, work: Callable[[], Awaitable[object]]) -> None:
    statements = await said(work)

    ways = [await plan(one) for one in statements if "dead" not in one]

    assert [way for way in ways if "USING" not in way] == []


async def test_what_came_in_and_waits_is_found_by_index(desk: Desk) -> None:
    updates = await said(lambda: inbox.claim_updates(machine=0, token="t", limit=9))
    mails = await said(lambda: inbox.claim_mails(machine=0, token="t"))

    for table, statement in (("update", updates[0]), ("mail", mails[0])):
        way = await plan(statement)
        assert f"{table}_waiting" in way
        assert f"{table}_order" in way
