"""How often an address may fail before it is closed."""

from datetime import timedelta

import pytest

from models.operations import bounces, outbox
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind, Reach
from models.tables import Bounce, Notice, Person
from tests.desk import Desk

ILL = "rauf@anl.example"


async def letter(desk: Desk, number: int) -> int:
    """A mail to Rauf that has left."""
    slip = Slip(
        channel=Channel.MAIL,
        target=ILL,
        kind=NoticeKind.SAY,
        facts={"say": "mail_help"},
        dedupe=f"letter:{number}",
        person=desk.people["rauf"],
    )
    await outbox.write([slip], desk.now)
    row = await Notice.get(dedupe=f"letter:{number}")
    await Notice.filter(id=row.id).update(status="sent", sent_at=desk.now)
    return row.id


async def fails(desk: Desk, statuses: list[str], *, apart: timedelta = timedelta(hours=1)) -> bool:
    """Whether these failures, one after another, close the address."""
    rauf = await desk.person("rauf", desk.baku, email=ILL, reach=Reach.MAIL)
    for number, status in enumerate(statuses):
        notice = await letter(desk, number)
        desk.now += apart
        await bounces.bounced(notice, rauf, status=status, key=f"mail:{number}", now=desk.now)
    return (await Person.get(id=rauf)).mail_bad_at is not None


@pytest.mark.parametrize(
    ("statuses", "closes"),
    [
        (["5.1.1"], True),
        (["5.1.10"], True),
        (["5.2.2"], False),
        (["5.2.2", "5.7.1"], True),
        (["4.2.2"] * 4, False),
        (["4.2.2"] * 5, True),
        (["4.2.2"] * 4 + ["5.2.2"], False),
    ],
    ids=str,
)
async def test_an_address_is_closed_after(desk: Desk, statuses: list[str], *, closes: bool) -> None:
    assert await fails(desk, statuses) is closes


async def test_failures_of_an_earlier_week_do_not_count(desk: Desk) -> None:
    assert not await fails(desk, ["5.2.2", "5.2.2"], apart=timedelta(days=8))


async def test_a_report_counts_once_however_often_it_is_read(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, email=ILL, reach=Reach.MAIL)
    notice = await letter(desk, 1)

    for _ in range(3):
        await bounces.bounced(notice, rauf, status="5.2.2", key="mail:1", now=desk.now)

    assert await Bounce.all().count() == 1
    assert (await Person.get(id=rauf)).mail_bad_at is None


@pytest.mark.parametrize(
    ("reason", "code", "status"),
    [
        ("550 5.1.1 No such user", 550, "5.1.1"),
        ("mailbox full", 552, "5.0.0"),
        ("Greylisted", 451, "4.0.0"),
        ("the line went dead", None, bounces.UNKNOWN),
    ],
)
def test_a_servers_answer_has_a_status(reason: str, code: int | None, status: str) -> None:
    assert bounces.status_in(reason, code) == status
