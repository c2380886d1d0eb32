"""When a channel does not deliver: the other one takes over, and somebody hears of it."""

from datetime import timedelta

import pytest

from models.operations import bounces, delivery, outbox, traces
from models.operations.outbox import Leased, Slip
from models.rules.vocabulary import Act, Channel, NoticeKind, Reach, Role
from models.tables import Notice, Person
from tests.desk import Desk, told

PERMANENT = b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
DELAYED = b"Content-Type: message/delivery-status\r\n\r\nAction: delayed\r\nStatus: 4.4.1\r\n"


async def news(desk: Desk, person: str, channel: Channel, target: str, **more: object) -> Leased:
    """A row that tells of an event, in a worker's hands."""
    request = (await desk.files()).request
    given = {"kind": NoticeKind.EVENT, "facts": {"request": request, "event": 900, "version": 1}}
    slip = Slip(channel=channel, target=target, dedupe="news", person=desk.people[person], **(given | more))
    await outbox.write([slip], desk.now)
    rows = await outbox.claim(channel, now=desk.now, machine=0, token="t")
    return next(row for row in rows if row.target == target)


async def undelivered() -> list[tuple[str, dict[str, object]]]:
    rows = await Notice.filter(kind=NoticeKind.UNDELIVERED).order_by("id")
    return [(row.target, row.facts) for row in rows]


async def test_mail_takes_over_a_closed_chat(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, chat=1002, email="rauf@anl.example")
    row = await news(desk, "rauf", Channel.CHAT, "1002")

    await delivery.chat_closed(row, desk.now)
    await delivery.chat_closed(row, desk.now + timedelta(hours=1))

    [instead] = await Notice.filter(channel=Channel.MAIL, person_id=rauf)
    assert (instead.target, instead.kind, instead.facts) == ("rauf@anl.example", NoticeKind.EVENT, row.facts)
    assert (await Person.get(id=rauf)).chat_closed_at == desk.now
    assert await undelivered() == []


async def test_who_has_the_news_by_mail_already_gets_no_second_one(desk: Desk) -> None:
    await desk.person("rauf", desk.almaty, chat=2003, email="rauf@nlrk.example", reach=Reach.BOTH)
    await desk.files()
    assert ("mail", "rauf@nlrk.example") in await told()
    rows = await outbox.claim(Channel.CHAT, now=desk.now, machine=0, token="t")

    await delivery.chat_closed(next(row for row in rows if row.target == "2003"), desk.now)

    assert await Notice.filter(target="rauf@nlrk.example").count() == 1


async def test_a_screen_is_lost_with_its_chat(desk: Desk) -> None:
    await desk.person("rauf", desk.baku, chat=1002, email="rauf@anl.example")
    row = await news(desk, "rauf", Channel.CHAT, "1002", kind=NoticeKind.LIST, facts={"filter": "mine"})

    await delivery.chat_closed(row, desk.now)

    assert await Notice.filter(target="rauf@anl.example").count() == 0


@pytest.mark.parametrize(
    ("staff", "hears"),
    [
        ({"boss": ("baku", Role.COORDINATOR), "colleague": ("baku", Role.LIBRARIAN)}, ["boss"]),
        ({"colleague": ("baku", Role.LIBRARIAN)}, ["colleague"]),
        ({"operator": (None, Role.ADMIN)}, ["operator"]),
    ],
)
async def test_without_a_mail_address_somebody_of_the_library_is_told(
    desk: Desk, staff: dict[str, tuple[str | None, Role]], hears: list[str]
) -> None:
    row = await news(desk, "leyla", Channel.CHAT, "1001")
    chats = {}
    for number, (name, (library, role)) in enumerate(staff.items()):
        chats[name] = str(3000 + number)
        await desk.person(name, desk.baku if library else None, chat=3000 + number, role=role)

    await delivery.chat_closed(row, desk.now)

    facts = {"person": desk.people["leyla"], "address": "Telegram"}
    assert await undelivered() == [(chats[name], facts) for name in hears]


async def test_an_address_that_refuses_is_marked_once_and_the_news_goes_to_the_chat(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, chat=1002, email="rauf@anl.example", reach=Reach.MAIL)
    row = await news(desk, "rauf", Channel.MAIL, "rauf@anl.example")

    await delivery.mail_refused(row, desk.now)
    await delivery.mail_refused(row, desk.now + timedelta(days=1))

    assert (await Person.get(id=rauf)).mail_bad_at == desk.now
    assert (await desk.view("rauf")).email is None
    assert await undelivered() == [("1001", {"person": rauf, "address": "rauf@anl.example"})]
    assert await Notice.filter(kind=NoticeKind.EVENT, target="1002").count() == 1


async def test_a_refused_invitation_has_nobody_to_tell(desk: Desk) -> None:
    slip = Slip(
        channel=Channel.MAIL,
        target="x@y.example",
        kind=NoticeKind.INVITATION,
        facts={"invitation": 1},
        dedupe="i",
    )
    await outbox.write([slip], desk.now)
    [row] = await outbox.claim(Channel.MAIL, now=desk.now, machine=0, token="t")

    await delivery.mail_refused(row, desk.now)

    assert await Notice.all().count() == 1


async def test_a_message_from_the_person_makes_the_address_good_again(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, email="rauf@anl.example", mail_bad_at=desk.now)
    request = (await desk.files()).request

    await traces.received("<1@anl.example>", request=request, person=rauf, event=None, now=desk.now)

    assert (await desk.view("rauf")).email == "rauf@anl.example"


async def test_a_permanent_report_marks_the_address_and_the_row(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, email="rauf@anl.example", reach=Reach.MAIL)
    row = await news(desk, "rauf", Channel.MAIL, "rauf@anl.example")
    await outbox.finish(row, provider_id="250", now=desk.now)

    await bounces.bounced(row.id, rauf, report=PERMANENT, now=desk.now)

    assert (await Notice.get(id=row.id)).status == "dead"
    assert (await Person.get(id=rauf)).mail_bad_at == desk.now
    assert await undelivered() == [("1001", {"person": rauf, "address": "rauf@anl.example"})]


async def test_a_report_of_delay_or_about_another_person_changes_no_address(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, email="rauf@anl.example", reach=Reach.MAIL)
    row = await news(desk, "rauf", Channel.MAIL, "rauf@anl.example")
    await outbox.finish(row, provider_id="250", now=desk.now)

    await bounces.bounced(row.id, rauf, report=DELAYED, now=desk.now)
    await bounces.bounced(row.id, desk.people["leyla"], report=PERMANENT, now=desk.now)

    assert (await Notice.get(id=row.id)).status == "sent"
    assert (await Person.get(id=rauf)).mail_bad_at is None


async def test_coordinators_and_operators_hear_once_a_day_that_mail_does_not_leave(desk: Desk) -> None:
    await desk.person("boss", desk.baku, chat=3001, role=Role.COORDINATOR)
    await desk.person("operator", None, chat=3002, role=Role.ADMIN)
    await desk.person("mailer", desk.almaty, email="m@nlrk.example", role=Role.COORDINATOR)
    await desk.person("rauf", desk.baku, email="rauf@anl.example", reach=Reach.MAIL)
    row = await news(desk, "rauf", Channel.MAIL, "rauf@anl.example")
    await outbox.postpone(row, until=desk.now + timedelta(hours=1), error="535", counted=False)
    since = desk.now

    for later in (timedelta(hours=1), timedelta(hours=2), timedelta(days=1)):
        await delivery.mail_trouble(desk.now + later)

    rows = await Notice.filter(kind=NoticeKind.MAIL_TROUBLE).order_by("id")
    assert [row.target for row in rows] == ["3001", "3002", "3001", "3002"]
    assert rows[0].facts == {"since": since.isoformat(), "count": 2}


async def test_old_screens_are_forgotten_news_and_mails_are_not(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    kinds = [NoticeKind.CARD, NoticeKind.LIST, NoticeKind.RECEIPT]
    await outbox.write(
        [
            Slip(channel=Channel.CHAT, target=kind.value, kind=kind, facts={}, dedupe=kind.value)
            for kind in kinds
        ],
        desk.now,
    )
    for row in await outbox.claim(Channel.CHAT, now=desk.now, machine=0, token="t"):
        await outbox.finish(row, provider_id=None, now=desk.now)

    assert await delivery.forget_sent(desk.now) == 0
    assert await delivery.forget_sent(desk.now + timedelta(seconds=1)) == 2
    assert await Notice.all().count() == 3
