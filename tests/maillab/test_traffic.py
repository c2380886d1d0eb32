"""What real servers do to mail: bounces, an old client, servers that stop in the middle."""

import asyncio
import logging
from contextlib import suppress

import aiosmtplib
import pytest

from bot.keys import signer_of
from models.operations import drafts, libraries, people
from models.operations.libraries import library_number
from models.rules.vocabulary import Act, Language, Reason, Role, Service, Via
from models.tables import Event, Mail, Notice, Person
from tests.maillab.lab import ALMATY, BAKU, BOT, GHOST, PATIENCE
from tests.maillab.town import Town

MAILS = 500
log = logging.getLogger(__name__)


async def member(town: Town, code: str, address: str) -> int:
    """A library's mailbox that has joined, in English; its invitation is not sent."""
    number = await library_number(code)
    invited = await people.invite(number, Role.LIBRARIAN, town.clock(), email=address, mailbox=True)
    joined = await people.join_by_mail(invited.id, name="", now=town.clock())
    await people.set_language(joined.id, Language.EN, town.clock())
    await Notice.all().update(status="skipped")
    return joined.id


async def asks(town: Town, person: int) -> int:
    """A request of this person's library to the other one; its mail leaves."""
    supplying = await library_number("NLRK")
    now = town.clock()
    draft = await drafts.start(person, Service.LOAN, now, values={"title": "Абай жолы"}, supplying=supplying)
    outcome = await drafts.submit(draft, author=person, via=Via.EMAIL, key=f"draft:{draft}", now=now)
    town.wake()
    return outcome.request


async def test_a_bounce_finds_its_notice_and_closes_the_address(by_lmtp: Town) -> None:
    asker = await member(by_lmtp, "ANL", BAKU)
    ghost = await member(by_lmtp, "NLRK", GHOST)
    await asks(by_lmtp, asker)

    async with asyncio.timeout(PATIENCE):
        while True:
            if (await Person.get(id=ghost)).mail_bad_at:
                break
            await asyncio.sleep(0.05)

    notice = await Notice.get(person_id=ghost, kind="event")
    assert (notice.status, notice.last_error) == ("dead", "bounced 5.1.1")
    assert await Event.filter(act=Act.COMMENT).count() == 0


async def test_a_reply_of_an_old_command_line_client_acts(by_lmtp: Town) -> None:
    asker = await member(by_lmtp, "ANL", BAKU)
    await member(by_lmtp, "NLRK", ALMATY)
    request = await asks(by_lmtp, asker)
    await by_lmtp.reads(ALMATY, "Абай жолы")

    await asyncio.to_thread(by_lmtp.lab.s_nail, ALMATY, ["reply 1", "YES", "~.", "exit"])

    await by_lmtp.reads(BAKU, "Will be supplied")
    event = await Event.get(request_id=request, act=Act.YES)
    assert event.via is Via.EMAIL


async def test_a_reply_of_a_full_screen_client_acts(by_lmtp: Town) -> None:
    asker = await member(by_lmtp, "ANL", BAKU)
    await member(by_lmtp, "NLRK", ALMATY)
    request = await asks(by_lmtp, asker)
    await by_lmtp.reads(ALMATY, "Абай жолы")

    await asyncio.to_thread(by_lmtp.lab.mutt, ALMATY, "NO rare")

    await by_lmtp.reads(BAKU, "Not filled")
    event = await Event.get(request_id=request, act=Act.NO)
    assert (event.via, event.details["reason"]) == (Via.EMAIL, Reason.NON_CIRCULATING)
    assert await Event.filter(act=Act.YES).count() == 0


@pytest.mark.parametrize("quoting", [["set quote"], ["set quote", "set indentprefix='| '"]])
async def test_words_below_a_quote_of_the_old_client_act_and_the_quote_does_not(
    by_lmtp: Town, quoting: list[str]
) -> None:
    asker = await member(by_lmtp, "ANL", BAKU)
    await member(by_lmtp, "NLRK", ALMATY)
    request = await asks(by_lmtp, asker)
    await by_lmtp.reads(ALMATY, "Абай жолы")

    await asyncio.to_thread(by_lmtp.lab.s_nail, ALMATY, [*quoting, "reply 1", "NO rare", "~.", "exit"])

    await by_lmtp.reads(BAKU, "Not filled")
    event = await Event.get(request_id=request, act=Act.NO)
    assert (event.via, event.details["reason"]) == (Via.EMAIL, Reason.NON_CIRCULATING)
    assert await Event.filter(act=Act.YES).count() == 0


async def test_nothing_is_lost_or_doubled_while_everything_restarts(by_imap: Town) -> None:
    asker = await member(by_imap, "ANL", BAKU)
    answerer = await member(by_imap, "NLRK", ALMATY)
    await libraries.edit_library("NLRK", names={}, domains=["almaty.test"])
    request = await asks(by_imap, asker)
    signer = signer_of(by_imap.settings)
    assert signer is not None
    address = signer.reply(request, answerer, epoch=1)

    posting = asyncio.create_task(post(by_imap, address))
    await stored(50)
    await by_imap.stop()
    await asyncio.to_thread(by_imap.lab.stop_dovecot)
    await by_imap.start()
    await asyncio.to_thread(by_imap.lab.start_dovecot)
    await stored(150)
    await asyncio.to_thread(by_imap.lab.stop_postfix)
    await asyncio.to_thread(by_imap.lab.start_postfix)
    await stored(300)
    await asyncio.to_thread(by_imap.lab.stop_dovecot)
    await asyncio.to_thread(by_imap.lab.start_dovecot)
    await posting
    await asyncio.to_thread(by_imap.lab.flush)
    await stored(MAILS)
    await by_imap.settle()

    said = [row.details["note"] for row in await Event.filter(act=Act.COMMENT)]
    log.warning("%d mails, %d comments, %d different", MAILS, len(said), len(set(said)))
    assert sorted(said) == sorted(f"Remark {number}" for number in range(MAILS))
    assert await Mail.all().count() == MAILS
    assert await by_imap.letters(BOT) == []
    assert await by_imap.letters(BOT, "Failed") == []


async def stored(count: int) -> None:
    """Wait until so many mails were done."""
    async with asyncio.timeout(6 * PATIENCE):
        while True:
            if await Mail.filter(done_at__isnull=False).count() >= count:
                return
            await asyncio.sleep(0.05)


async def post(town: Town, address: str) -> None:
    """Five hundred colleagues write one mail each; what Postfix does not take is offered again."""
    waiting = list(range(MAILS))
    while waiting:
        with suppress(aiosmtplib.SMTPException, OSError):
            async with aiosmtplib.SMTP(
                hostname="127.0.0.1", port=town.lab.ports["smtp"], start_tls=False, use_tls=False, timeout=5
            ) as client:
                while waiting:
                    await client.sendmail(
                        f"staff{waiting[0]}@almaty.test", [address], remark(waiting[0], address)
                    )
                    waiting.pop(0)
        await asyncio.sleep(0.05)


def remark(number: int, address: str) -> bytes:
    """A mail of a colleague of the library."""
    return (
        f"From: staff{number}@almaty.test\r\nTo: {address}\r\nSubject: Re: Abai\r\n"
        f"Message-ID: <{number}@almaty.test>\r\nDate: Tue, 03 Mar 2026 09:00:00 +0500\r\n\r\n"
        f"Remark {number}\r\n"
    ).encode()
