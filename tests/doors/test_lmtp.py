import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiosmtplib
import pytest

from bot.intake.conversation import LONGEST_LINE
from bot.intake.lmtp import BusyError, Envelope, MailListener

A, B = "requests+a@desk.example", "requests+b@desk.example"
MESSAGE = b"From: a@b.example\r\nSubject: x\r\n\r\n..dots\r\n.\r\nd\xe9j\xe0\r\n"


def ours(address: str) -> bool:
    return address.startswith("requests+")


class Shelf:
    """Keeps what was taken; a recipient named in `errors` gets that error instead."""

    def __init__(self, **errors: Exception) -> None:
        self.taken: list[Envelope] = []
        self.errors = errors

    async def take(self, envelope: Envelope) -> None:
        error = self.errors.get(envelope.recipient.removeprefix("requests+").partition("@")[0])
        if error is not None:
            raise error
        self.taken.append(envelope)


class Mta:
    """The other side, byte by byte, so that nothing is hidden by a client library."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def reply(self) -> str:
        """The next reply, all its lines."""
        lines = [(await self.reader.readline()).decode()]
        while lines[-1][3:4] == "-":
            lines.append((await self.reader.readline()).decode())
        return "".join(lines).replace("\r\n", "\n").strip()

    async def say(self, *lines: str) -> list[str]:
        """Send commands one at a time, and return the code and enhanced code of each reply."""
        replies = []
        for line in lines:
            self.writer.write(line.encode() + b"\r\n")
            replies.append(" ".join((await self.reply()).split("\n")[-1].split(" ")[:2]))
        return replies

    def send(self, body: bytes) -> None:
        self.writer.write(body.replace(b"\r\n.", b"\r\n..") + b".\r\n")


@asynccontextmanager
async def mta(listener: MailListener) -> AsyncIterator[Mta]:
    reader, writer = await asyncio.open_connection(*listener.address)
    other = Mta(reader, writer)
    await other.reply()
    try:
        yield other
    finally:
        writer.close()
        await writer.wait_closed()


def listening(take: Callable[[Envelope], Awaitable[None]], largest: int = 25 * 2**20) -> MailListener:
    return MailListener("127.0.0.1", 0, accepts=ours, take=take, largest=largest)


async def envelope(other: Mta, hello: str, *recipients: str, sender: str = "mta@out.example") -> list[str]:
    return await other.say(
        f"{hello} mx.example", f"MAIL FROM:<{sender}>", *[f"RCPT TO:<{one}>" for one in recipients], "DATA"
    )


async def test_the_bytes_arrive_exactly_with_their_envelope() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener, mta(listener) as other:
        await envelope(other, "LHLO", A)
        other.send(MESSAGE)
        assert await other.reply() == "250 2.0.0 Taken"
    assert shelf.taken == [Envelope(MESSAGE, "mta@out.example", A, "lmtp 127.0.0.1")]


async def test_a_bounce_has_no_sender() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener, mta(listener) as other:
        await envelope(other, "EHLO", A, sender="")
        other.send(MESSAGE)
        await other.reply()
    assert [(one.sender, one.source) for one in shelf.taken] == [("", "smtp 127.0.0.1")]


async def test_lmtp_answers_once_for_each_recipient() -> None:
    shelf = Shelf(b=BusyError(), c=RuntimeError("disk full"))
    async with listening(shelf.take) as listener, mta(listener) as other:
        await envelope(other, "LHLO", A, B, "requests+c@desk.example", "requests+d@desk.example")
        other.send(MESSAGE)
        codes = [(await other.reply())[:9] for _ in range(4)]
        assert codes == ["250 2.0.0", "451 4.3.2", "451 4.3.0", "250 2.0.0"]
        assert await other.say("NOOP") == ["250 OK"]
    assert [one.recipient for one in shelf.taken] == [A, "requests+d@desk.example"]


async def test_smtp_answers_once_and_later_wins() -> None:
    shelf = Shelf(a=BusyError())
    async with listening(shelf.take) as listener, mta(listener) as other:
        await envelope(other, "EHLO", A, B)
        other.send(MESSAGE)
        assert (await other.reply())[:9] == "451 4.3.2"
        assert await other.say("NOOP") == ["250 OK"]
    assert [one.recipient for one in shelf.taken] == [B]


async def test_another_mailbox_is_refused_and_the_rest_goes_on() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener, mta(listener) as other:
        said = await envelope(other, "LHLO", "postmaster@desk.example", A)
        assert said[2:] == ["550 5.1.1", "250 2.1.5", "354 End"]
        other.send(MESSAGE)
        assert (await other.reply())[:3] == "250"
    assert [one.recipient for one in shelf.taken] == [A]


async def test_a_size_that_is_announced_too_large_is_refused_at_once() -> None:
    async with listening(Shelf().take) as listener, mta(listener) as other:
        assert await other.say("LHLO mx.example", "MAIL FROM:<a@b.example> SIZE=26214401") == [
            "250 HELP",
            "552 5.3.4",
        ]


@pytest.mark.parametrize(("hello", "replies"), [("LHLO", 2), ("EHLO", 1)])
async def test_a_body_that_is_too_large_is_refused_for_every_recipient(hello: str, replies: int) -> None:
    shelf = Shelf()
    async with listening(shelf.take, largest=1000) as listener, mta(listener) as other:
        await envelope(other, hello, A, B)
        other.send(b"x" * 98 + b"\r\n" + b"y" * 998 + b"\r\n")
        assert [(await other.reply())[:9] for _ in range(replies)] == ["552 5.3.4"] * replies
        assert await other.say("NOOP") == ["250 OK"]
    assert shelf.taken == []


async def test_a_line_of_a_million_characters_is_taken_and_a_longer_one_refused_for_every_recipient() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener, mta(listener) as other:
        await envelope(other, "LHLO", A)
        other.send(b"x" * (LONGEST_LINE - 2) + b"\r\n")
        assert (await other.reply())[:3] == "250"
        await other.say("MAIL FROM:<a@b.example>", f"RCPT TO:<{A}>", f"RCPT TO:<{B}>", "DATA")
        other.send(b"x" * (2 * LONGEST_LINE) + b"\r\n")
        assert [(await other.reply())[:3] for _ in range(2)] == ["500"] * 2
    assert [len(one.raw) for one in shelf.taken] == [LONGEST_LINE]


async def test_pipelined_commands_are_answered_in_order() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener, mta(listener) as other:
        other.writer.write(b"LHLO mx.example\r\n")
        assert "250-PIPELINING" in (await other.reply()).split("\n")
        other.writer.write(f"MAIL FROM:<a@b.example>\r\nRCPT TO:<x@y>\r\nRCPT TO:<{A}>\r\nDATA\r\n".encode())
        assert [(await other.reply())[:3] for _ in range(4)] == ["250", "550", "250", "354"]
        other.send(MESSAGE)
        assert (await other.reply())[:3] == "250"


async def test_a_hundred_recipients_are_enough() -> None:
    async with listening(Shelf().take) as listener, mta(listener) as other:
        recipients = [f"requests+{number}@desk.example" for number in range(101)]
        said = await envelope(other, "LHLO", *recipients)
        assert said[-3:] == ["250 2.1.5", "452 4.5.3", "354 End"]


async def test_an_international_sender_is_understood() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener, mta(listener) as other:
        await other.say("LHLO mx.example", "MAIL FROM:<ұстаз@қаз.example> SMTPUTF8", f"RCPT TO:<{A}>", "DATA")
        other.send(MESSAGE)
        assert (await other.reply())[:3] == "250"
    assert [one.sender for one in shelf.taken] == ["ұстаз@қаз.example"]


async def test_a_message_under_way_is_stored_and_answered_before_the_listener_closes() -> None:
    begun, go_on, shelf = asyncio.Event(), asyncio.Event(), Shelf()

    async def slow(envelope: Envelope) -> None:
        begun.set()
        await go_on.wait()
        await shelf.take(envelope)

    listener = listening(slow)
    async with listener, mta(listener) as other:
        await envelope(other, "LHLO", A)
        other.send(MESSAGE)
        await begun.wait()
        closing = asyncio.create_task(listener.__aexit__(None, None, None))
        await asyncio.sleep(0)
        go_on.set()
        assert await other.reply() == "250 2.0.0 Taken"
        assert await other.reply() == "421 4.3.2 Closing"
        await closing
    assert len(shelf.taken) == 1


async def test_an_idle_conversation_is_ended_with_421() -> None:
    listener = listening(Shelf().take)
    async with listener, mta(listener) as other:
        await other.say("LHLO mx.example")
        await listener.__aexit__(None, None, None)
        assert await other.reply() == "421 4.3.2 Closing"
        assert await other.reader.read() == b""


async def test_a_peer_that_goes_away_in_the_middle_leaves_nothing_behind() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener:
        async with mta(listener) as other:
            await envelope(other, "LHLO", A)
            other.writer.write(b"half a mess")
            other.writer.transport.abort()
        async with mta(listener) as other:
            await envelope(other, "LHLO", A)
            other.send(MESSAGE)
            assert (await other.reply())[:3] == "250"
    assert len(shelf.taken) == 1


async def test_an_ordinary_client_library_delivers() -> None:
    shelf = Shelf()
    async with listening(shelf.take) as listener:
        host, port = listener.address
        async with aiosmtplib.SMTP(hostname=host, port=port, start_tls=False) as client:
            await client.sendmail("a@b.example", [A], MESSAGE)
    assert [one.raw for one in shelf.taken] == [MESSAGE]


async def test_serve_listens_until_it_is_cancelled() -> None:
    listener = listening(Shelf().take)
    serving = asyncio.create_task(listener.serve())
    await asyncio.sleep(0.01)
    async with mta(listener) as other:
        assert (await other.say("LHLO mx.example"))[0][:3] == "250"
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
    with pytest.raises(RuntimeError, match="not open"):
        _ = listener.address
