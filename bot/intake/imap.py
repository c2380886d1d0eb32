"""The way in by IMAP: a mailbox is watched, what arrives is stored, and only then moved away.

Each bulk is one transaction, so a message is ours before it leaves the inbox. Whatever breaks ends the
connection; a new one finds again what was not moved, and what is known already (box, UIDVALIDITY and UID) has
no second effect.
"""

import asyncio
import imaplib
import logging
import socket
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from imap_tools.errors import ImapToolsError, MailboxLoginError

from bot.intake.mailbox import Box, Waiting
from bot.mail_url import MailUrl, Security, is_loopback
from bot.transports.smtp import TokenRefusedError

BULK = 50
BULK_OCTETS = 32 * 2**20
LARGEST = 25 * 2**20
POISON_AFTER = 3
FIRST_REST, LONGEST_REST = 0.5, 30.0
REST_WHEN_REFUSED = 900.0
"""Seconds until the next log-in after a refused one: servers lock out those who insist."""
PROCESSED, FAILED = "Processed", "Failed"

log = logging.getLogger(__name__)


_PORTS = {Security.NONE: 143, Security.STARTTLS: 143, Security.TLS: 993}


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where the mailbox lies, and as whom it is read."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(default="", repr=False)
    folder: str = "INBOX"

    @classmethod
    def from_url(cls, url: str) -> "ImapServer":
        """Read `imaps://`, `imap+starttls://` or, on this machine, `imap://` `user:password@host:port/INBOX`.

        User, password and folder are percent-decoded; without a port it is 993 or 143. Raises ValueError for
        anything else, in words that never contain the password.
        """
        try:
            found = MailUrl.read(url, "imap", _PORTS)
        except ValueError as error:
            raise ValueError(
                "a mailbox is imaps://, imap+starttls:// or imap://user:password@host:port/INBOX"
            ) from error
        if not found.user:
            raise ValueError("a mailbox has a user")
        if found.security is Security.NONE and not is_loopback(found.host):
            raise ValueError(
                "imap:// is for this machine alone: elsewhere the password would travel in clear"
            )
        folder = found.path or "INBOX"
        return cls(found.host, found.port, found.security, found.user, found.password or "", folder)

    @property
    def box(self) -> str:
        """What names the mailbox among others."""
        return f"{self.user}@{self.host}/{self.folder}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as it lies in the mailbox; the three together never name another (RFC 3501 §2.3.1.1)."""

    box: str
    validity: int
    uid: int
    raw: bytes = field(repr=False)


class StoreTroubleError(Exception):
    """Something could not be stored just now; it stays in the mailbox and is offered again."""


class ImapIntake:
    """Watches one mailbox. `store` keeps a bulk in one transaction, or raises and keeps nothing of it.

    `well` returns when storing works at all, so that a message is blamed only for its own faults; `failed` is
    told which UIDs of which mailbox go to the folder Failed. `token` supplies an OAuth access token (XOAUTH2)
    in place of the password, a fresh one at each connection. `rounds` counts how often the inbox was emptied.
    """

    def __init__(
        self,
        server: ImapServer,
        *,
        store: Callable[[Sequence[Fetched]], Awaitable[None]],
        well: Callable[[], Awaitable[None]],
        failed: Callable[[str, Sequence[int]], Awaitable[None]],
        token: Callable[[], Awaitable[str]] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._server, self._tls, self._token = server, tls, token
        self._store, self._well, self._failed = store, well, failed
        self._faults: Counter[int] = Counter()
        self._stopping = asyncio.Event()
        self._sleeper, self._waker = socket.socketpair()
        self.rounds = 0

    def stop(self) -> None:
        """Finish the bulk in hand, take no other."""
        self._stopping.set()
        with suppress(OSError):
            self._waker.send(b"!")

    async def run(self) -> None:
        """Watch until stopped; a lost connection is made anew, after half a second and then ever later."""
        rest = FIRST_REST
        while not self._stopping.is_set():
            rounds = self.rounds
            try:
                await self._visit()
            except (MailboxLoginError, TokenRefusedError) as error:
                log.error("the mailbox %s refuses us: %s", self._server.box, error)
                rest = REST_WHEN_REFUSED
            except (imaplib.IMAP4.error, ImapToolsError, OSError, StoreTroubleError) as error:
                log.warning("the mailbox %s: %r", self._server.box, error)
                rest = FIRST_REST if self.rounds > rounds else min(rest * 2, LONGEST_REST)
            await self._rest(rest)
        self._sleeper.close()
        self._waker.close()

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()

    async def _visit(self) -> None:
        """One connection, until stopped or broken."""
        token = await self._token() if self._token else None
        box = await asyncio.to_thread(_opened, self._server, token, self._tls)
        try:
            while not self._stopping.is_set():
                await self._empty(box)
                self.rounds += 1
                await asyncio.to_thread(box.idle, self._sleeper)
        finally:
            await asyncio.to_thread(box.close)

    async def _empty(self, box: Box) -> None:
        """Take everything that lies there."""
        for bulk in bulks(await asyncio.to_thread(box.waiting)):
            if self._stopping.is_set():
                return
            await self._take(box, bulk)

    async def _take(self, box: Box, bulk: Sequence[Waiting]) -> None:
        huge = [one.uid for one in bulk if one.size > LARGEST]
        fetched = await asyncio.to_thread(box.fetch, [one.uid for one in bulk if one.size <= LARGEST])
        stored = await self._stored(box, fetched)
        await asyncio.to_thread(box.settle, stored, PROCESSED)
        bad = [uid for uid in fetched if self._faults[uid] >= POISON_AFTER] + huge
        if bad:
            await self._failed(self._server.box, bad)
            await asyncio.to_thread(box.settle, bad, FAILED)
        if len(stored) + len(bad) < len(fetched) + len(huge):
            raise StoreTroubleError("not everything could be stored")

    async def _stored(self, box: Box, fetched: Mapping[int, bytes]) -> list[int]:
        """The UIDs of what is stored now: the bulk as a whole, or each message by itself."""
        mails = [Fetched(self._server.box, box.validity, uid, raw) for uid, raw in fetched.items()]
        if not mails or await self._keeps(mails):
            return [mail.uid for mail in mails]
        try:
            await self._well()
        except Exception as error:
            raise StoreTroubleError("nothing can be stored") from error
        return [mail.uid for mail in mails if await self._keeps([mail], blames=True)]

    async def _keeps(self, mails: Sequence[Fetched], *, blames: bool = False) -> bool:
        try:
            await self._store(mails)
        except Exception:
            log.exception("mail of %s could not be stored", self._server.box)
            self._faults.update([mail.uid for mail in mails] if blames else [])
            return False
        return True


def _opened(server: ImapServer, token: str | None, tls: ssl.SSLContext | None) -> Box:
    return Box.open(
        (server.host, server.port),
        starttls=server.security is Security.STARTTLS,
        tls=None if server.security is Security.NONE else tls or ssl.create_default_context(),
        user=server.user,
        password=server.password,
        token=token,
        folder=server.folder,
    )


TROUBLE = (imaplib.IMAP4.error, ImapToolsError, OSError, TokenRefusedError)
"""What can go wrong with a mailbox, as long as it is not our own fault."""


async def knock(server: ImapServer, *, token: Callable[[], Awaitable[str]] | None = None) -> int:
    """Log in, look and leave; returns how many messages wait. Raises one of `TROUBLE`."""
    box = await asyncio.to_thread(_opened, server, await token() if token else None, None)
    try:
        return len(await asyncio.to_thread(box.waiting))
    finally:
        await asyncio.to_thread(box.close)


def bulks(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    """At most so many messages at a time, and so many octets; a larger one stands alone."""
    found: list[list[Waiting]] = []
    room = 0
    for one in waiting:
        if not found or len(found[-1]) >= BULK or one.size > room:
            found.append([])
            room = BULK_OCTETS
        found[-1].append(one)
        room -= one.size
    return found
