"""The reader's reference: kept apart, seen by one side, wiped in time."""

import json
from datetime import timedelta
from pathlib import Path

from models.engines import sql
from models.operations import drafts, readers
from models.operations.drafts import Changes
from models.rules.vocabulary import Act, Service
from models.tables import Draft, Event, Notice, Reader, Request
from tests.desk import BOOK, Desk

REFERENCE = "Oxucu 4711-xq"


async def ended(desk: Desk) -> int:
    request = (await desk.files(reader=REFERENCE)).request
    await desk.act(request, Act.CANCEL, "leyla")
    return request


async def test_the_reference_stands_in_its_own_table_alone(desk: Desk) -> None:
    request = await ended(desk)

    assert (await Reader.get(request_id=request)).reference == REFERENCE
    rows = [await table.all().values() for table in (Event, Notice, Request, Draft)]
    assert REFERENCE not in json.dumps(rows, default=str, ensure_ascii=False)


async def test_it_is_wiped_ninety_days_after_the_end(desk: Desk) -> None:
    await ended(desk)
    end = desk.now

    assert await readers.wipe(end + timedelta(days=90) - timedelta(seconds=1)) == 0
    assert await readers.wipe(end + timedelta(days=90)) == 1
    assert await Reader.all().count() == 0
    assert await Request.all().count() == 1


async def test_an_open_or_reopened_request_keeps_it(desk: Desk) -> None:
    await desk.files(reader="open")
    reopened = await ended(desk)
    await desk.act(reopened, Act.REOPEN, "leyla", note="again")

    assert await readers.wipe(desk.now + timedelta(days=900)) == 0


async def test_a_draft_that_was_left_alone_forgets_it_and_stays(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    draft = await drafts.start(leyla, Service.LOAN, desk.now, values=BOOK, reader=REFERENCE)
    await drafts.change(draft, leyla, desk.now + timedelta(days=1), changes=Changes(step="title"))

    assert await readers.wipe(desk.now + timedelta(days=90)) == 0
    assert await readers.wipe(desk.now + timedelta(days=91)) == 1
    assert (await Draft.get(id=draft)).reader is None


async def test_nothing_of_it_is_left_in_the_file(desk: Desk, desk_url: str) -> None:
    await ended(desk)

    await readers.wipe(desk.now + timedelta(days=90))

    if sql.dialect() == "sqlite":
        file = Path(desk_url.removeprefix("sqlite://"))
        left = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
        assert REFERENCE.encode() not in left
