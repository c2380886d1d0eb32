"""The way in by mail: stored before it is acknowledged, done one after another."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.intake.lmtp import BusyError, Envelope
from bot.intake.mail import MailIntake
from models.engines import sql
from models.operations.inbox import WaitingMail
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Mail, Notice
from tests.desk import Desk, until


@dataclass
class Taken:
    """What the door made of a mail."""

    outcome: str
    slips: list[Slip] = field(default_factory=list)


@dataclass
class Door:
    """Answers each mail; `poison` are bodies that it cannot take."""

    poison: tuple[bytes, ...] = ()
    seen: list[bytes] = field(default_factory=list)
    set_by: list[int] = field(default_factory=list)

    async def set_aside(self, mail: WaitingMail, _now: datetime) -> list[Slip]:
        self.set_by.append(mail.id)
        return []

    async def take(self, mail: WaitingMail, _now: datetime) -> Taken:
        self.seen.append(mail.body)
        if any(word in mail.body for word in self.poison):
            raise ValueError("poison")
        slip = Slip(
            channel=Channel.MAIL,
            target="a@b.example",
            kind=NoticeKind.RECEIPT,
            facts={},
            dedupe=f"mail:{mail.id}:receipt",
        )
        return Taken("acted", [slip])


@pytest.fixture
def woken() -> list[bool]:
    return []


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def intake(desk: Desk, door: Door, woken: list[bool]) -> MailIntake:
    return MailIntake(door, clock=lambda: desk.now, wake=lambda: woken.append(True))


def envelope(name: str, *, source: str = "lmtp", number: int | None = 1) -> Envelope:
    head = f"Message-ID: <{number}@anl.example>\r\n" if number is not None else ""
    raw = f"From: leyla@anl.example\r\n{head}Subject: {name}\r\n\r\n{name}\r\n".encode()
    return Envelope(sender="leyla@anl.example", recipient="requests@desk.example", raw=raw, source=source)


async def test_a_taken_mail_is_stored_then_done_with_its_answers(
    intake: MailIntake, door: Door, woken: list[bool]
) -> None:
    await intake.take(envelope("one"))
    assert await Mail.filter(done_at=None).count() == 1

    assert await intake.sweep() == 1

    mail = await Mail.get()
    assert (mail.outcome, mail.source, mail.recipients) == ("acted", "lmtp", ["requests@desk.example"])
    assert await Notice.filter(dedupe=f"mail:{mail.id}:receipt").count() == 1
    assert woken == [True]


async def test_the_same_mail_by_two_ways_is_done_once(intake: MailIntake, door: Door) -> None:
    await intake.take(envelope("one"))
    await intake.sweep()
    await intake.take(envelope("one, with another footer", source="imap"))

    assert await intake.sweep() == 0
    assert len(door.seen) == 1


async def test_mails_without_an_id_are_told_apart_by_their_bytes(intake: MailIntake) -> None:
    for name in ("one", "two", "one"):
        await intake.take(envelope(name, number=None))

    assert await Mail.all().count() == 2


async def test_what_cannot_be_stored_is_not_acknowledged(intake: MailIntake) -> None:
    await sql.execute("ALTER TABLE mail RENAME TO mislaid")

    with pytest.raises(BusyError):
        await intake.take(envelope("one"))

    await sql.execute("ALTER TABLE mislaid RENAME TO mail")


async def test_a_poisoned_mail_is_set_aside_after_three_and_the_rest_goes_on(
    intake: MailIntake, door: Door
) -> None:
    door.poison = (b"poison",)
    await intake.take(envelope("poison", number=1))
    await intake.take(envelope("good", number=2))

    while await intake.sweep():
        pass

    assert await Mail.all().order_by("id").values_list("outcome", "attempts") == [
        ("poisoned", 3),
        ("acted", 0),
    ]
    assert sum(b"poison" in body for body in door.seen) == 3
    assert len(door.set_by) == 1


async def test_a_kill_between_reading_and_finishing_does_the_mail_again(
    intake: MailIntake, door: Door
) -> None:
    await intake.take(envelope("one"))
    await sql.execute("ALTER TABLE notice RENAME TO mislaid")
    await intake.sweep()
    await sql.execute("ALTER TABLE mislaid RENAME TO notice")
    assert (await Mail.get()).done_at is None

    await intake.sweep()

    assert len(door.seen) == 2
    assert await Notice.all().count() == 1


async def test_a_stopped_intake_finishes_the_mail_in_hand_and_takes_no_other(
    intake: MailIntake, door: Door
) -> None:
    for number in range(3):
        await intake.take(envelope("one", number=number))

    class Stopping(Door):
        async def take(self, mail: WaitingMail, now: datetime) -> Taken:
            intake.stop()
            return await Door.take(self, mail, now)

    intake._door = Stopping()
    async with asyncio.timeout(5):
        await intake.run()

    assert await Mail.filter(done_at=None).count() == 2


async def test_a_running_intake_does_what_arrives(intake: MailIntake) -> None:
    running = asyncio.create_task(intake.run())
    await intake.take(envelope("one"))
    await until(lambda: Mail.exists(outcome="acted"))
    intake.stop()
    async with asyncio.timeout(5):
        await running

    assert (await Mail.get()).outcome == "acted"
