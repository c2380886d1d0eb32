import asyncio
from datetime import UTC, datetime

import aiosmtplib
import pytest

from bot.intake.lmtp import BusyError, Envelope, MailListener
from bot.sandbox.mail import Answer, MailServer

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ILL = "ill@anl.example"
RAW = b"Subject: one\r\n\r\nx\r\n"


def clock() -> datetime:
    return NOW


async def post(server: MailServer, recipient: str, raw: bytes = RAW) -> None:
    host, port = server.address
    async with aiosmtplib.SMTP(hostname=host, port=port, start_tls=False) as client:
        await client.sendmail("a@b.example", [recipient], raw)


async def test_mailboxes_know_no_case() -> None:
    async with MailServer(clock) as server:
        await post(server, "Ill@ANL.example")
    [mail] = server.box(ILL)
    assert (mail.raw, mail.received_at, mail.message["Subject"]) == (RAW, NOW, "one")
    assert list(server.boxes) == [ILL]


async def test_a_message_for_two_lies_in_both_mailboxes() -> None:
    async with MailServer(clock) as server:
        host, port = server.address
        async with aiosmtplib.SMTP(hostname=host, port=port, start_tls=False) as client:
            await client.sendmail("a@b.example", [ILL, "ill@nlrk.example"], RAW)
    assert [len(box) for box in server.boxes.values()] == [1, 1]


async def test_whoever_subscribed_hears_of_every_message_until_he_leaves() -> None:
    async with MailServer(clock) as server:
        queue = server.subscribe()
        await post(server, ILL)
        server.unsubscribe(queue)
        await post(server, ILL)
    assert [queue.get_nowait().recipient, queue.empty()] == [ILL, True]


async def test_waiting_finds_what_lies_there_and_what_is_yet_to_come() -> None:
    async with MailServer(clock) as server:
        await post(server, ILL)
        assert (await server.waits(ILL)).raw == RAW
        second = asyncio.create_task(server.waits(ILL, lambda mail: b"two" in mail.raw))
        await asyncio.sleep(0)
        await post(server, "other@anl.example", b"Subject: two\r\n\r\n")
        await post(server, ILL, b"Subject: two\r\n\r\n")
        assert (await second).recipient == ILL


async def test_waiting_in_vain_ends() -> None:
    async with MailServer(clock) as server:
        with pytest.raises(TimeoutError):
            await server.waits(ILL, within=0.01)


async def test_the_address_outlives_an_outage() -> None:
    async with MailServer(clock) as server:
        before = server.address
        await server.down()
        with pytest.raises(OSError, match=r"[Cc]onnect"):
            await post(server, ILL)
        await server.up()
        await post(server, ILL)
        assert (server.address, len(server.box(ILL))) == (before, 1)


async def test_mended_faults_are_gone() -> None:
    async with MailServer(clock) as server:
        server.faults.refuse(ILL)
        server.faults.greylist(ILL, times=5)
        server.faults.drop_in_data(5)
        server.faults.lose_answer(5)
        server.faults.mend()
        await post(server, ILL)
    assert len(server.box(ILL)) == 1


async def test_a_message_is_handed_to_the_desk_and_its_answer_told() -> None:
    taken: list[Envelope] = []

    async def take(envelope: Envelope) -> None:
        if envelope.sender == "busy@b.example":
            raise BusyError
        taken.append(envelope)

    async with (
        MailServer(clock) as server,
        MailListener(
            "127.0.0.1", 0, accepts=lambda address: address.startswith("requests"), take=take
        ) as desk,
    ):
        answers = [
            await server.deliver(RAW, sender=sender, recipient=recipient, to=desk.address)
            for sender, recipient in [
                ("a@b.example", "requests+x@desk.example"),
                ("a@b.example", "nobody@desk.example"),
                ("busy@b.example", "requests@desk.example"),
                ("", "requests@desk.example"),
            ]
        ]
    assert [(answer.code, answer.taken) for answer in answers] == [
        (250, True),
        (550, False),
        (451, False),
        (250, True),
    ]
    assert [(one.raw, one.sender) for one in taken] == [(RAW, "a@b.example"), (RAW, "")]


async def test_a_desk_that_cannot_be_reached_is_a_reason_to_try_later() -> None:
    async with MailServer(clock) as server, MailServer(clock) as other:
        await other.down()
        answer = await server.deliver(RAW, sender="", recipient=ILL, to=other.address)
    assert isinstance(answer, Answer)
    assert answer.code == 451
