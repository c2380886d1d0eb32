"""The whole program on embedded wires, with a clock that can be moved: the sandbox's engine and our tests'.

The program is the real one, unmodified: HTTP to an embedded Bot API server, SMTP out to an embedded mail
server, mail in over LMTP, SQLite (or the database that a test gives). Everything binds to loopback.
"""

import asyncio
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict

from bot import scheduler
from bot.app import Program
from bot.clock import Clock
from bot.sandbox.botapi import BotApi, Person, Server
from bot.sandbox.mail import Answer, MailServer
from bot.settings import Settings
from models.queries.traffic import is_quiet, queues

MAIL_ADDRESS = "requests@abonement.example"
AUTHSERV_ID = "mx.abonement.example"
MORNING = time(5, tzinfo=UTC)
"""Nine in Baku, ten in Almaty: both libraries are open, so every day's reminders leave that day."""
LOOK = 0.005
LONGEST = 120.0
"""Seconds of machine time in which all that was begun should be done, on however busy a machine."""


class World:
    """Enter it and it runs; leave it and everything has stopped. `settle` waits until nothing moves."""

    def __init__(
        self,
        directory: Path,
        *,
        database_url: str | None = None,
        clock: Clock | None = None,
        public: bool = False,
    ) -> None:
        self.clock = clock or Clock()
        self.api = BotApi(token=f"{10**9 + secrets.randbelow(10**9)}:{secrets.token_hex(20)}", now=self.clock)
        self.mail = MailServer(self.clock)
        self._directory = directory
        self._database_url = database_url
        self._public = public
        self._stack = AsyncExitStack()
        self._program: Program | None = None
        self._running: asyncio.Task[None] | None = None
        self.settings = Settings()

    async def __aenter__(self) -> Self:
        try:
            await self._open()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def _open(self) -> None:
        server = await self._stack.enter_async_context(Server(self.api))
        await self._stack.enter_async_context(self.mail)
        host, port = self.mail.address
        self.settings = Settings(
            data_dir=self._directory,
            database_url=self._database_url,
            bot_token=self.api.token,
            bot_api=server.url,
            mail_address=MAIL_ADDRESS,
            smtp_url=f"smtp://{host}:{port}",
            lmtp_listen="127.0.0.1:0",
            authserv_id=AUTHSERV_ID,
            **_pages(public=self._public),
        )
        await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        await self._stack.aclose()

    @property
    def program(self) -> Program:
        """The running program."""
        if self._program is None:
            raise RuntimeError("the program is not running")
        return self._program

    @property
    def running(self) -> bool:
        """Whether the program runs; between `stop` and `start` it does not."""
        return self._program is not None

    async def start(self) -> None:
        """Start the program and wait until it polls."""
        self._program = Program(self.settings, self.clock, paced=False)
        self._running = asyncio.create_task(self._program.run())
        ready = asyncio.create_task(self._program.ready.wait())
        try:
            await asyncio.wait({ready, self._running}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._running.cancel()
            await asyncio.wait({self._running})
            self._program = self._running = None
            raise
        finally:
            ready.cancel()
        if self._running.done():
            self._running.result()

    async def stop(self) -> None:
        """Stop the program as a signal would; the servers around it stay."""
        if self._program is None or self._running is None:
            return
        self._program.stop()
        await self._running
        self._program = self._running = None

    async def restart(self) -> None:
        """Stop and start again on the same data."""
        await self.stop()
        await self.start()

    def phone(self, user_id: int, name: str, *, language: str | None = None) -> Person:
        """Somebody's telephone."""
        return self.api.person(user_id, first_name=name, language_code=language)

    async def deliver(
        self,
        raw: bytes,
        *,
        authenticated: bool = True,
        sender: str | None = None,
        recipient: str | None = None,
    ) -> Answer:
        """Hand a mail to the program as its own mail server would, vouching for the sender or not.

        The envelope is what the headers say, unless it is given: a bounce has an empty sender.
        """
        said, meant = _envelope(raw)
        sender, recipient = said if sender is None else sender, recipient or meant
        listener = self.program.mail_listener
        if listener is None:
            raise RuntimeError("the program takes no mail")
        vouched = _vouch(sender) + raw if authenticated and sender else raw
        return await self.mail.deliver(vouched, sender=sender, recipient=recipient, to=listener.address)

    async def settle(self, within: float = LONGEST) -> None:
        """Wait until every update and mail is done and everything that is due has left.

        Raises TimeoutError, which names what is left, after so many seconds.
        """
        try:
            async with asyncio.timeout(within):
                await self._comes_to_rest()
        except TimeoutError:
            raise TimeoutError(f"after {within:g} seconds there is still {await queues()}") from None

    async def _comes_to_rest(self) -> None:
        # Twice, with a turn of the loop between: something may just be passing from one queue to the next.
        looks = 0
        while looks < 2:
            looks = looks + 1 if await self._is_quiet() else 0
            await asyncio.sleep(LOOK)

    async def _is_quiet(self) -> bool:
        updates = self.api.updates
        return not updates.waiting and not updates.repeats and await is_quiet(self.clock())

    async def advance(
        self, to: datetime, *, passed: Callable[[], None] = lambda: None, patience: float | None = None
    ) -> None:
        """Move the civil clock forward, morning by morning through the same ticks, draining the queues.

        `passed` is called after each step. With `patience`, a step does not wait longer than these seconds
        for queues that a fault keeps from draining.
        """
        while self.clock() < to:
            self.clock.advance(min(_next_morning(self.clock()), to))
            await scheduler.tick(self.clock())
            if self.program.outbox is not None:
                self.program.outbox.wake()
            try:
                await self.settle(LONGEST if patience is None else patience)
            except TimeoutError:
                if patience is None:
                    raise
            passed()

    async def doing(self, work: Callable[[datetime], Awaitable[None]]) -> None:
        """Do something behind the scenes as of now, and wait for what follows."""
        await work(self.clock())
        if self.program.outbox is not None:
            self.program.outbox.wake()
        await self.settle()


def _next_morning(now: datetime) -> datetime:
    today = datetime.combine(now.astimezone(UTC).date(), MORNING)
    return today if today > now else today + timedelta(days=1)


class _Pages(TypedDict, total=False):
    listen: str
    public_url: str


def _pages(*, public: bool) -> _Pages:
    """Where the program's own pages are, on a free port of this machine; nowhere unless asked for."""
    if not public:
        return {}
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    return {"listen": place, "public_url": f"http://{place}"}


def _envelope(raw: bytes) -> tuple[str, str]:
    head = message_from_bytes(raw, policy=policy.compat32)
    return parseaddr(head.get("From", ""))[1], parseaddr(head.get("To", ""))[1]


def _vouch(sender: str) -> bytes:
    domain = sender.rpartition("@")[2]
    return f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={domain}\r\n".encode()
