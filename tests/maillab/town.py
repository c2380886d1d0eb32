"""The program between real mail servers: SMTP out through Postfix, mail in over LMTP or from Dovecot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from bot import app
from bot.clock import Clock
from bot.example import load_example
from bot.sandbox.botapi import BotApi, Server
from bot.sandbox.mail_client import Client, reply
from bot.settings import Settings
from models.operations import libraries, people
from models.operations.libraries import library_number
from models.queries.traffic import is_quiet
from models.rules.vocabulary import Language, Role
from tests.maillab.lab import BOT, PATIENCE, Lab

TOKEN = "4242:maillab"


class Town:
    """Two libraries that write mail, and the program between them."""

    def __init__(self, lab: Lab, settings: Settings) -> None:
        self.lab, self.settings = lab, settings
        self.clock = Clock()
        self.program = app.Program(settings, self.clock)
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the program; over LMTP Postfix is told where it listens."""
        self.program = app.Program(self.settings, self.clock)
        self._running = asyncio.create_task(self.program.run())
        ready = asyncio.create_task(self.program.ready.wait())
        await asyncio.wait({ready, self._running}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._running.done():
            self._running.result()
        if self.program.mail_listener is not None:
            await asyncio.to_thread(self.lab.hand_over_to, self.program.mail_listener.address)

    async def stop(self) -> None:
        """Stop it as a signal would."""
        self.program.stop()
        if self._running is not None:
            await self._running

    async def invites(self, code: str, address: str) -> None:
        """A library's mailbox is asked to take part."""
        number = await library_number(code)
        await libraries.edit_library(code, names={}, email=address)
        await people.invite(number, Role.LIBRARIAN, self.clock(), email=address, mailbox=True)
        self.wake()

    def wake(self) -> None:
        """Notices were written."""
        if self.program.outbox is not None:
            self.program.outbox.wake()

    async def settle(self) -> None:
        """Until nothing is under way in the program."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if await is_quiet(self.clock()):
                    return
                await asyncio.sleep(0.02)

    async def reads(self, address: str, saying: str) -> bytes:
        """The letter in a box whose words hold these, once it is there."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while True:
            there = await self.letters(address)
            found = [raw for raw in there if saying in words(raw)]
            if found:
                return found[-1]
            if loop.time() > until:
                raise AssertionError(f"{saying!r} is in none of {[words(raw) for raw in there]}")
            await asyncio.sleep(0.05)

    async def has(self, address: str, count: int) -> None:
        """Wait until so many letters lie in a box."""
        await self.lab.waits(address, count)

    async def letters(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a box."""
        return await asyncio.to_thread(self.lab.letters, address, folder)

    async def answers(self, raw: bytes, address: str, text: str) -> None:
        """Reply in an ordinary client, and send through Postfix."""
        written = reply(
            raw,
            body=text,
            client=Client.THUNDERBIRD,
            language=Language.RU,
            from_name="",
            from_address=address,
            now=self.clock(),
        )
        await self.posts(written, address)

    async def posts(self, raw: bytes, sender: str, recipient: str | None = None) -> None:
        """Hand a mail to Postfix."""
        to = recipient or str(opened(raw)["To"].addresses[0].addr_spec)
        await asyncio.to_thread(self.lab.swaks, "--from", sender, "--to", to, data=raw)


def opened(raw: bytes) -> EmailMessage:
    """A letter as its reader's client takes it apart."""
    return message_from_bytes(raw, policy=policy.default)


def words(raw: bytes) -> str:
    """Its plain words."""
    body = opened(raw).get_body(("plain",))
    return str(body.get_content()) if body else ""


@asynccontextmanager
async def town(
    lab: Lab, directory: Path, database_url: str, *, by_imap: bool = False, **more: str
) -> AsyncIterator[Town]:
    """The program with the example's libraries; mail comes over LMTP, or is fetched from Dovecot.

    `more` are settings of the test's own.
    """
    async with AsyncExitStack() as stack:
        api = BotApi(token=TOKEN, now=Clock())
        server = await stack.enter_async_context(Server(api))
        usual = Settings(
            data_dir=directory,
            database_url=database_url,
            bot_token=TOKEN,
            bot_api=server.url,
            mail_address=BOT,
            authserv_id="mx.bot.test",
            smtp_url=lab.smtp_url(),
            imap_url=lab.imap_url() if by_imap else None,
            lmtp_listen=None if by_imap else "127.0.0.1:0",
        )
        settings = replace(usual, **more)
        made = Town(lab, settings)
        await made.start()
        stack.push_async_callback(made.stop)
        await load_example(made.clock())
        yield made
