"""The program as an operator runs it: a process of its own, told everything by its environment."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.botapi import BotApi, Server
from bot.sandbox.mail import Answer, MailServer
from bot.sandbox.mail_client import Client, reply
from models.rules.vocabulary import Language

ROOT = Path(__file__).parents[2]
TOKEN = "1234567890:outside-server-outside-server-out"
PATIENCE = 120.0
"""Seconds for what takes a few: a machine may be busy."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its standard output, one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(directory: Path, **settings: str) -> dict[str, str]:
    """The environment of a command: ours without our settings, and these."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ABONEMENT_")}
    given = {f"ABONEMENT_{name.upper()}": value for name, value in settings.items()}
    return {**inherited, "PYTHONPATH": str(ROOT), "ABONEMENT_DATA_DIR": str(directory), **given}


async def started(*words: str, env: Mapping[str, str]) -> asyncio.subprocess.Process:
    """Start `abonement` with these words."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.cli", *words),
        env=dict(env),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def abonement(*words: str, env: Mapping[str, str], given: bytes = b"") -> Ended:
    """Run `abonement` to its end."""
    process = await started(*words, env=env)
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate(given)
    except TimeoutError:
        process.kill()
        await process.communicate()
        raise
    return Ended(process.returncode or 0, out.decode(), err.decode())


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Service:
    """`abonement run` between an outside Bot API server and an outside mail server."""

    api: BotApi
    mail: MailServer
    env: dict[str, str]
    lmtp: tuple[str, int]
    process: asyncio.subprocess.Process | None = None
    log: list[str] = field(default_factory=list)

    async def starts(self) -> None:
        """Start it; whoever waits for what it does waits until it is there."""
        self.process = await started("run", env=self.env)

    async def ends(self, how: signal.Signals) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        if self.process is None:
            raise RuntimeError("it does not run")
        process, self.process = self.process, None
        process.send_signal(how)
        async with asyncio.timeout(PATIENCE):
            _out, err = await process.communicate()
        self.log.append(err.decode())
        return process.returncode or 0

    async def delivers(self, raw: bytes, *, sender: str, recipient: str) -> Answer:
        """Bring a mail to its LMTP port."""
        return await self.mail.deliver(raw, sender=sender, recipient=recipient, to=self.lmtp)

    async def replies(self, address: str, text: str, *, about: str = "") -> Answer:
        """Answer the newest mail of a mailbox."""
        letter = await self.mail.waits(
            address, lambda one: about in str(one.message["Subject"]), within=PATIENCE
        )
        raw = reply(
            letter.raw,
            body=text,
            client=Client.GMAIL,
            language=Language.EN,
            from_name="",
            from_address=address,
            now=datetime.now(UTC),
        )
        return await self.delivers(raw, sender=address, recipient=_answer_to(letter.message["Reply-To"]))


def _answer_to(header: Any) -> str:
    return str(header.addresses[0].addr_spec)


@asynccontextmanager
async def outside(directory: Path) -> AsyncIterator[Service]:
    """Both servers, and the settings that name them."""
    api = BotApi(token=TOKEN, now=lambda: datetime.now(UTC))
    port = free_port()
    async with Server(api) as server, MailServer(lambda: datetime.now(UTC)) as mail:
        host, smtp = mail.address
        env = environment(
            directory,
            bot_token=TOKEN,
            bot_api=server.url,
            mail_address="requests@abonement.example",
            smtp_url=f"smtp://{host}:{smtp}",
            lmtp_listen=f"127.0.0.1:{port}",
        )
        service = Service(api, mail, env, ("127.0.0.1", port))
        try:
            yield service
        finally:
            if service.process is not None:
                await service.ends(signal.SIGKILL)
