"""How fast the outbox empties: claimed, worded, handed over, noted; against the bare calls of the wire."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiosmtplib

from bot.carriers import ChatCarrier, MailCarrier
from bot.database import database
from bot.outbox import Carrier, Worker
from bot.sandbox.mail import MailServer
from bot.transports.smtp import Security, SmtpServer, SmtpTransport
from bot.transports.telegram import TelegramTransport
from bot.wires import bot_of
from handlers.mail.addresses import Key, Signer
from handlers.mail.outgoing import Post
from models.engines.migrate import migrate
from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind, Say
from tests.benchmarks import _rig
from tests.benchmarks._rig import Line, line
from tests.desk import Desk

ROUNDS, ROWS, QUICK_ROWS = 3, 1000, 60


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Deliveries a second by either channel, on either database."""
    rounds, rows = (1, QUICK_ROWS) if quick else (ROUNDS, ROWS)
    with ExitStack() as stack:
        server = stack.enter_context(_rig.postgres())
        for name, where in (("SQLite", None), ("PostgreSQL", server)):
            if name == "PostgreSQL" and server is None:
                continue
            for channel in Channel:
                found = [asyncio.run(_measured(channel, where, rows)) for _ in range(rounds)]
                yield line(
                    f"outbox: delivered a second by {channel} ({name})",
                    [rows / ours for ours, _ in found],
                    baseline=[rows / bare for _, bare in found],
                    unit="deliveries/s",
                )


async def _measured(channel: Channel, server: object, rows: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as directory:
        if server is None:
            return await _on(f"sqlite://{directory}/desk.sqlite3", channel, rows)
        async with server.database() as url:
            return await _on(url, channel, rows)


async def _on(url: str, channel: Channel, rows: int) -> tuple[float, float]:
    await migrate(url)
    async with database(url), _wire(channel) as (carrier, bare):
        desk = await Desk(now=datetime.now(UTC)).open()
        await desk.person("rauf", desk.baku, email="rauf@anl.example")
        slips = [
            Slip(
                channel=channel,
                target=f"{1001 + number % 40}" if channel is Channel.CHAT else f"b{number % 40}@anl.example",
                kind=NoticeKind.SAY,
                facts={
                    "say": Say.MAIL_HELP if channel is Channel.MAIL else Say.COMMENT_KEPT,
                    "number": number,
                },
                dedupe=f"{number}",
                person=desk.people["rauf"],
            )
            for number in range(rows)
        ]
        await outbox.write(slips, desk.now)
        worker = Worker(carrier, lambda: datetime.now(UTC))
        begun = time.perf_counter()
        while await worker.sweep():
            pass
        ours = time.perf_counter() - begun
        begun = time.perf_counter()
        await bare(rows)
        return ours, time.perf_counter() - begun


@asynccontextmanager
async def _wire(channel: Channel) -> AsyncIterator[tuple[Carrier, object]]:
    if channel is Channel.CHAT:
        async with _rig.telegram() as (api, settings), bot_of(settings) as bot:
            for number in range(40):
                api.person(1001 + number, first_name="Somebody").starts()

            async def sent(rows: int) -> None:
                for first in range(0, rows, 20):
                    each = (
                        bot.send_message(1001 + (first + at) % 40, "hello")
                        for at in range(min(20, rows - first))
                    )
                    await asyncio.gather(*each)

            yield ChatCarrier(TelegramTransport(bot, Path())), sent
        return
    async with MailServer(lambda: datetime.now(UTC)) as mail:
        host, port = mail.address
        transport = SmtpTransport(SmtpServer(host, port, Security.NONE))

        async def mailed(rows: int) -> None:
            raw = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\n" + b"word " * 400
            async with aiosmtplib.SMTP(hostname=host, port=port, start_tls=False, use_tls=False) as client:
                for _ in range(rows):
                    await client.sendmail("a@b.example", ["c@d.example"], raw)

        post = Post(Signer((Key("a", b"k" * 32),), "requests@abonement.example"))
        yield MailCarrier(transport, post, Path()), mailed
        await transport.close()
