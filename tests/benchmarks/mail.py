"""How fast mail is read, against the standard library's parser alone; and sent, against the bare client."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from statistics import median

import aiosmtplib

from bot.mail_url import Security
from bot.sandbox.mail import MailServer
from bot.transports.smtp import SmtpServer, SmtpTransport
from handlers.mail import parse
from handlers.mail.compose import Letter, compose
from handlers.mail.headers import Mailbox

CORPUS = Path(__file__).parents[1] / "corpus"
ROUNDS = 5
LETTERS = 200
NOW = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)


def benchmarks(*, quick: bool) -> Iterator[dict[str, object]]:
    """Messages a second, medians of several rounds."""
    rounds = 1 if quick else ROUNDS
    mails = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]
    ours = [len(mails) / _seconds(lambda: [parse.read(raw) for raw in mails]) for _ in range(rounds)]
    theirs = [len(mails) / _seconds(lambda: [_parsed(raw) for raw in mails]) for _ in range(rounds)]
    yield _line("mail: messages read", ours, baseline=theirs)
    kept, bare = asyncio.run(_sent(rounds))
    yield _line("mail: messages sent over a kept connection", kept, baseline=bare)


def _line(name: str, ours: list[float], *, baseline: list[float]) -> dict[str, object]:
    value, base = median(ours), median(baseline)
    return {
        "name": name,
        "value": round(value, 1),
        "unit": "messages/s",
        "baseline": round(base, 1),
        "ratio": round(value / base, 3),
        "n": len(ours),
    }


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _parsed(raw: bytes) -> list[bytes]:
    """What everybody has to do: take the message apart and decode its parts."""
    message = message_from_bytes(raw, policy=policy.compat32)
    return [part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart()]


async def _sent(rounds: int) -> tuple[list[float], list[float]]:
    raw = compose(
        Letter(
            sender=Mailbox("Abonement", "requests@abonement.example"),
            to=Mailbox("", "ill@anl.example"),
            subject="[ANL-2026-0042] Путь Абая",
            text="Мәтін\n" * 40,
            message_id="<1@abonement.example>",
            date=NOW,
            language="kk",
        )
    )
    kept, bare = [], []
    async with _server() as address:
        for _ in range(rounds):
            kept.append(await _ours(raw, address))
            bare.append(await _theirs(raw, address))
    return kept, bare


@asynccontextmanager
async def _server() -> AsyncIterator[tuple[str, int]]:
    async with MailServer(lambda: NOW) as server:
        yield server.address


async def _ours(raw: bytes, address: tuple[str, int]) -> float:
    transport = SmtpTransport(SmtpServer(*address, Security.NONE))
    begun = time.perf_counter()
    for _ in range(LETTERS):
        await transport.send(raw, sender="requests@abonement.example", recipient="ill@anl.example")
    spent = time.perf_counter() - begun
    await transport.close()
    return LETTERS / spent


async def _theirs(raw: bytes, address: tuple[str, int]) -> float:
    host, port = address
    client = aiosmtplib.SMTP(hostname=host, port=port, start_tls=False, use_tls=False)
    begun = time.perf_counter()
    async with client:
        for _ in range(LETTERS):
            await client.sendmail("requests@abonement.example", ["ill@anl.example"], raw)
    return LETTERS / (time.perf_counter() - begun)
