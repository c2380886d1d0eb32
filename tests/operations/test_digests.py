"""The morning digest: once a working day, at each person's hour, when something waits."""

from datetime import UTC, datetime

import pytest

from models.operations import digests
from models.rules.vocabulary import Act, NoticeKind, Reach
from models.tables import Notice, Person
from tests.desk import Desk, told

MONDAY = datetime(2026, 6, 1, 5, 30, tzinfo=UTC)


def june(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.fixture
async def asked(desk: Desk) -> Desk:
    """Almaty has a request to answer since Monday."""
    desk.now = MONDAY
    await desk.files()
    await Notice.all().delete()
    return desk


async def digested() -> list[tuple[str, str]]:
    return await told(NoticeKind.DIGEST)


async def test_a_digest_comes_once_at_the_hour_of_the_library(asked: Desk) -> None:
    assert await digests.plan(june(2, 3, 59)) == 0
    assert await digests.plan(june(2, 4)) == 1
    assert await digests.plan(june(2, 4, 1)) == 0
    assert await digests.plan(june(2, 9)) == 0
    assert await digested() == [("chat", "2001")]


async def test_nothing_is_sent_where_nothing_waits(asked: Desk) -> None:
    await digests.plan(june(2, 5))

    assert ("chat", "1001") not in await digested()


async def test_what_comes_in_later_waits_for_the_next_morning(desk: Desk) -> None:
    assert await digests.plan(june(2, 6)) == 0
    desk.now = june(2, 7)
    await desk.files()
    assert await digests.plan(june(2, 8)) == 0

    assert await digests.plan(june(3, 4)) == 1


async def test_a_missed_digest_still_comes_while_the_library_is_open(asked: Desk) -> None:
    assert await digests.plan(june(2, 12, 59)) == 1
    assert await digests.plan(june(3, 13)) == 0


@pytest.mark.parametrize("day", [6, 7])
async def test_no_digest_comes_on_a_day_off(asked: Desk, day: int) -> None:
    assert await digests.plan(june(day, 5)) == 0


async def test_everybody_has_an_hour_of_their_own_or_none(asked: Desk) -> None:
    gulnar = Person.filter(id=asked.people["gulnar"])
    await gulnar.update(settings={"digest_hour": 7})
    assert await digests.plan(june(2, 2)) == 1

    await digests.stop(asked.people["gulnar"])
    assert await digests.plan(june(3, 12)) == 0
    assert (await gulnar.get()).settings == {"digest_hour": None}


async def test_a_mailbox_and_who_wants_both_get_it_by_mail_too(asked: Desk) -> None:
    await asked.person("box", asked.almaty, email="ill@nlrk.example", is_mailbox=True, reach=Reach.MAIL)
    await Person.filter(id=asked.people["gulnar"]).update(email="g@nlrk.example", reach=Reach.BOTH)
    await digests.plan(june(2, 4))

    assert await digested() == [("chat", "2001"), ("mail", "g@nlrk.example"), ("mail", "ill@nlrk.example")]


async def test_who_joins_after_the_hour_waits_for_tomorrow(asked: Desk) -> None:
    asked.now = june(2, 6)
    await asked.person("aliya", asked.almaty, chat=2003)
    await digests.plan(june(2, 7))
    assert ("chat", "2003") not in await digested()

    await digests.plan(june(3, 4))
    assert ("chat", "2003") in await digested()


async def test_what_was_answered_waits_no_more(asked: Desk) -> None:
    await asked.act(1, Act.NO, "gulnar", reason="NotHeld")
    await digests.plan(june(2, 5))

    assert await digested() == [("chat", "1001")]
