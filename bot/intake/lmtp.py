"""Where an MTA hands mail over, on one port: LMTP (RFC 2033) after LHLO, SMTP (RFC 5321) after EHLO.

A `250` to a message is said only after `take` has returned, that is: after the message is stored.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import SimpleNamespace, TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as Transaction

from bot.intake.conversation import Conversation, finish

LARGEST = 25 * 2**20
MOST_RECIPIENTS = 100
GRACE = 10.0

TAKEN = "250 2.0.0 Taken"
NO_SUCH_MAILBOX = "550 5.1.1 No such mailbox here"
TOO_MANY = "452 4.5.3 Too many recipients"
TOO_LARGE = "552 5.3.4 Message larger than 25 MiB"
BUSY = "451 4.3.2 Busy, please try again later"
FAULT = "451 4.3.0 Could not be stored, please try again later"

log = logging.getLogger(__name__)


class BusyError(Exception):
    """Raised by `take`: the message cannot be stored just now, the MTA shall keep it."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message for one recipient, its bytes as they came.

    `sender` is empty for a bounce (`MAIL FROM:<>`); `source` is `lmtp` or `smtp` with the peer's address.
    """

    raw: bytes
    sender: str
    recipient: str
    source: str


class MailListener:
    """Listens while it is entered.

    `accepts` says which recipients are ours. `take` stores a message; it is called once per recipient, and
    whatever it raises becomes a `451`: the MTA keeps the message and offers it again. `take` bears repeats.
    On leaving, messages that are under way get `GRACE` seconds. Port 0 chooses a free one: see `address`.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        accepts: Callable[[str], bool],
        take: Callable[[Envelope], Awaitable[None]],
        hostname: str = "localhost",
        largest: int = LARGEST,
    ) -> None:
        self._host, self._port = host, port
        self._accepts, self._take = accepts, take
        self._hostname, self._largest = hostname, largest
        self._open: set[Conversation] = set()
        self._server: asyncio.Server | None = None

    @property
    def address(self) -> tuple[str, int]:
        """Host and port on which it really listens."""
        if self._server is None:
            raise RuntimeError("the listener is not open")
        host, port = self._server.sockets[0].getsockname()[:2]
        return str(host), int(port)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(self._answer, self._host, self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is None:
            return
        self._server.close()
        await finish(self._open, grace=GRACE)
        await self._server.wait_closed()
        self._server = None

    async def serve(self) -> None:
        """Listen until cancelled."""
        async with self:
            await asyncio.Event().wait()

    def _answer(self) -> "_Talk":
        return _Talk(
            self._accepts, self._take, hostname=self._hostname, largest=self._largest, siblings=self._open
        )


class _Talk(Conversation):
    """One connection; its greeting tells which of the two protocols it speaks."""

    def __init__(
        self,
        accepts: Callable[[str], bool],
        take: Callable[[Envelope], Awaitable[None]],
        *,
        hostname: str,
        largest: int,
        siblings: set[Conversation],
    ) -> None:
        hooks = SimpleNamespace(
            handle_EHLO=self._extensions,
            handle_RCPT=self._recipient,
            handle_DATA=self._message,
            handle_exception=self._fault,
        )
        super().__init__(hooks, siblings, hostname=hostname, largest=largest)
        self._smtp_methods["LHLO"] = self._lhlo
        self._accepts, self._take = accepts, take
        self._lmtp, self._owed = False, 1

    async def push(self, status: str | bytes) -> None:
        """Say one reply; or, to the body of a message in LMTP, one per recipient (RFC 2033 §4.2)."""
        reply = status if isinstance(status, str) else status.decode()
        reply = TOO_LARGE if reply.startswith("552 ") else reply
        owed, self._owed = self._owed, 1
        if self._lmtp and reply.startswith("354 ") and self.envelope is not None:
            # The library refuses a body by itself, with one reply, and an LMTP client waits for the others.
            self._owed = len(self.envelope.rcpt_tos)
        await super().push("\r\n".join([reply] * owed))

    async def _lhlo(self, hostname: str) -> None:
        self._lmtp = True
        await self.smtp_EHLO(hostname)

    async def _extensions(
        self, _: SMTP, session: Session, __: Transaction, hostname: str, replies: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*replies[:-1], "250-PIPELINING", replies[-1]]

    async def _recipient(
        self, _: SMTP, __: Session, transaction: Transaction, address: str, ___: list[str]
    ) -> str:
        if not self._accepts(address):
            return NO_SUCH_MAILBOX
        if len(transaction.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        transaction.rcpt_tos.append(address)
        return "250 2.1.5 Ours"

    async def _message(self, _: SMTP, session: Session, transaction: Transaction) -> str:
        source = f"{'lmtp' if self._lmtp else 'smtp'} {_peer(session)}"
        replies = [
            await self._store(Envelope(transaction.original_content or b"", sender, recipient, source))
            for sender in [_sender(transaction)]
            for recipient in transaction.rcpt_tos
        ]
        self._owed = 1
        # SMTP has one reply for all: "later" wins, for a repeat is recognised and a loss is not.
        return "\r\n".join(replies) if self._lmtp else max(replies)

    async def _store(self, envelope: Envelope) -> str:
        try:
            await self._take(envelope)
        except BusyError:
            return BUSY
        except Exception:
            log.exception("a message for %s could not be stored", envelope.recipient)
            return FAULT
        return TAKEN

    async def _fault(self, error: Exception) -> str:
        log.error("a conversation with an MTA went wrong", exc_info=error)
        return FAULT


def _sender(transaction: Transaction) -> str:
    return (transaction.mail_from or "").removeprefix("<").removesuffix(">")


def _peer(session: Session) -> str:
    return str(session.peer[0]) if session.peer else "unknown"
