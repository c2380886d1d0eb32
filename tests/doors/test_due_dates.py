"""A loan's due date as a calendar event, Outlook's thread, a ticket's tag, a line in Russian."""

import base64
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import icalendar
import pytest

from bot.clock import Clock
from bot.sandbox.world import World
from models.operations import libraries
from tests.doors.mail_desk import ILL, START, Desk

ANL = "ill@anl.example"
INDEX = base64.b64encode(b"\x01" + b"\x02" * 21).decode()


@pytest.fixture
async def desk(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Desk]:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with World(tmp_path, database_url=url, clock=Clock(START)) as world:
        yield await Desk(world).opens()


def events(desk: Desk, address: str) -> list[tuple[str, icalendar.Event]]:
    """Method and event of each calendar that lies in a box, oldest first."""
    parts = [
        part
        for mail in desk.world.mail.box(address)
        for part in mail.message.walk()
        if part.get_content_type() == "text/calendar"
    ]
    read = [icalendar.Calendar.from_ical(part.get_content()) for part in parts]
    return [(str(one["METHOD"]), one.walk("VEVENT")[0]) for one in read]


async def test_a_due_date_comes_as_an_event_changes_and_goes(desk: Desk) -> None:
    await desk.answers("SENT 01.04.2026", sender=ILL)
    await desk.answers("RECEIVED", sender=ANL)
    await desk.answers("DUE 15.04.2026", sender=ILL)
    await desk.answers("RETURNED", sender=ANL)

    told = events(desk, ANL)
    assert [method for method, _ in told] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["UID"]) for _, event in told}) == 1
    sequences = [int(event["SEQUENCE"]) for _, event in told]
    assert sequences == sorted(set(sequences))
    assert [event["DTSTART"].dt.isoformat() for _, event in told[:3]] == [
        "2026-04-01",
        "2026-04-01",
        "2026-04-15",
    ]
    assert str(told[0][1]["ATTENDEE"]) == f"mailto:{ANL}"


async def test_a_sent_parcel_that_is_undone_takes_its_event_back(desk: Desk) -> None:
    await desk.answers("SENT 01.04.2026", sender=ILL)
    await desk.answers("UNDO", sender=ILL)

    assert [method for method, _ in events(desk, ANL)] == ["REQUEST", "CANCEL"]


async def test_a_tag_and_outlooks_index_are_kept(desk: Desk) -> None:
    await desk.answers("YES", sender=ILL, subject="[Ticket#4711] Re: Abai", more=f"Thread-Index: {INDEX}\r\n")

    letter = desk.world.mail.box(ILL)[-1].message
    assert "[Ticket#4711] Abai" in letter["Subject"]
    assert letter["Subject"].startswith("[ANL-2026-0001]")
    grown = base64.b64decode(letter["Thread-Index"])
    assert grown[:22] == base64.b64decode(INDEX)
    assert len(grown) == 27


async def test_a_library_that_wants_it_gets_a_line_in_russian(desk: Desk) -> None:
    assert not any("Отправлено" in one for one in desk.letters(ANL))
    await libraries.edit_library("ANL", names={}, bridge=True)

    await desk.answers("SENT 01.04.2026", sender=ILL)

    newest = desk.letters(ANL)[-1]
    assert "Dispatched" in newest
    assert any("\u0400" <= letter <= "\u04ff" for letter in newest)
