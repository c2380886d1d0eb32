"""The mail server of the sandbox: on loopback it takes mail for anybody, and hands replies to the bot."""

import asyncio
import ssl
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace, TracebackType
from typing import Self

import aiosmtplib
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as Transaction

from bot.intake.conversation import Authenticator, Conversation, finish


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One message as it lies in a mailbox: its bytes, and the envelope it came in."""

    raw: bytes
    sender: str
    recipient: str
    received_at: datetime

    @property
    def message(self) -> EmailMessage:
        """The message, parsed anew."""
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a mail server said to a message: 250 is taken, 4xx later, 5xx never."""

    code: int
    text: str

    @property
    def taken(self) -> bool:
        """Whether the message is now the other side's."""
        return self.code == 250


@dataclass(slots=True)
class Faults:
    """What goes wrong, for the next messages or until it is mended."""

    refused: dict[str, str] = field(default_factory=dict)
    content: str | None = None
    greylisted: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    unanswered: int = 0

    def refuse(self, address: str, reply: str = "550 5.1.1 No such user") -> None:
        """Refuse every message for this mailbox with this reply, until `mend`."""
        self.refused[address.lower()] = reply

    def refuse_content(self, reply: str = "554 5.6.0 Message content rejected") -> None:
        """Take every recipient and refuse what comes for them with this reply, until `mend`."""
        self.content = reply

    def greylist(self, address: str, times: int = 1) -> None:
        """Answer `451` to the next messages for this mailbox."""
        self.greylisted[address.lower()] = times

    def drop_in_data(self, times: int = 1) -> None:
        """Cut the connection in the middle of the next messages, which are lost."""
        self.broken = times

    def lose_answer(self, times: int = 1) -> None:
        """Keep the next messages, but cut the connection before saying so."""
        self.unanswered = times

    def mend(self) -> None:
        """End every fault."""
        self.content = None
        self.refused.clear()
        self.greylisted.clear()
        self.broken = self.unanswered = 0

    def reply_to(self, address: str) -> str | None:
        """The refusal that this recipient meets now, if any; a greylisting counts down."""
        if self.greylisted[address.lower()] > 0:
            self.greylisted[address.lower()] -= 1
            return "451 4.7.1 Greylisted, please try again later"
        return self.refused.get(address.lower())


class MailServer:
    """Takes mail while it is entered; `boxes` is what lies in each mailbox, by its address in lower case.

    `clock` dates arrivals. With `tls` it offers STARTTLS, or, if `implicit`, speaks TLS at once. With
    `accounts` (password by user) nobody sends without having logged in, which is not possible in clear.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
        accounts: Mapping[str, str] | None = None,
    ) -> None:
        self._clock, self._tls, self._implicit = clock, tls, implicit
        self._accounts = dict(accounts) if accounts is not None else None
        self.boxes: dict[str, list[StoredMail]] = defaultdict(list)
        self.faults = Faults()
        self.connections = 0
        self.log_ins = 0
        self._readers: list[asyncio.Queue[StoredMail]] = []
        self._open: set[Conversation] = set()
        self._server: asyncio.Server | None = None
        self._address = ("127.0.0.1", 0)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port; they stay the same through `down` and `up`."""
        return self._address

    @property
    def is_up(self) -> bool:
        """Whether it accepts connections."""
        return self._server is not None

    @property
    def conversations(self) -> int:
        """How many connections are open."""
        return len(self._open)

    async def up(self) -> None:
        """Accept connections."""
        tls = self._tls if self._implicit else None
        self._server = await asyncio.get_running_loop().create_server(self._answer, *self._address, ssl=tls)
        host, port = self._server.sockets[0].getsockname()[:2]
        self._address = (str(host), int(port))

    async def down(self) -> None:
        """End every conversation and accept no more of them, until `up`."""
        if self._server is None:
            return
        self._server.close()
        await finish(self._open, grace=0)
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.down()

    def box(self, address: str) -> list[StoredMail]:
        """What lies in this mailbox, oldest first."""
        return self.boxes[address.lower()]

    def subscribe(self) -> asyncio.Queue[StoredMail]:
        """A queue into which every message is put when it arrives, until `unsubscribe`."""
        queue: asyncio.Queue[StoredMail] = asyncio.Queue()
        self._readers.append(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[StoredMail]) -> None:
        """Put no more into this queue."""
        self._readers.remove(queue)

    async def waits(
        self, address: str, predicate: Callable[[StoredMail], bool] = lambda _: True, *, within: float = 10.0
    ) -> StoredMail:
        """The first message in this mailbox for which the predicate holds, be it there or yet to come.

        Raises TimeoutError after `within` seconds.
        """
        queue = self.subscribe()
        try:
            for mail in tuple(self.box(address)):
                if predicate(mail):
                    return mail
            async with asyncio.timeout(within):
                while True:
                    mail = await queue.get()
                    if mail.recipient.lower() == address.lower() and predicate(mail):
                        return mail
        finally:
            self.unsubscribe(queue)

    async def deliver(self, raw: bytes, *, sender: str, recipient: str, to: tuple[str, int]) -> Answer:
        """Hand a message to another server, once, as an MTA does, and return what it said."""
        host, port = to
        try:
            async with aiosmtplib.SMTP(
                hostname=host, port=port, start_tls=False, use_tls=False, local_hostname="localhost"
            ) as client:
                _, text = await client.sendmail(sender, [recipient], raw)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return Answer(refused.recipients[0].code, refused.recipients[0].message)
        except aiosmtplib.SMTPResponseException as refused:
            return Answer(refused.code, refused.message)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Answer(451, str(error))
        return Answer(250, text)

    def _answer(self) -> Conversation:
        self.connections += 1
        hooks = SimpleNamespace(
            handle_MAIL=self._sender, handle_RCPT=self._recipient, handle_DATA=self._message
        )
        return _Talk(
            hooks,
            self._open,
            faults=self.faults,
            tls=None if self._implicit else self._tls,
            authenticator=self._log_in,
            auth_requires_tls=self._accounts is None or not self._implicit,
        )

    def _log_in(self, _: SMTP, __: Session, ___: Transaction, ____: str, given: LoginPassword) -> AuthResult:
        self.log_ins += 1
        known = (self._accounts or {}).get(given.login.decode()) == given.password.decode()
        # Not `handled`, or the library sends no answer at all.
        return AuthResult(success=known, handled=False)

    async def _sender(
        self, _: SMTP, session: Session, transaction: Transaction, address: str, options: list[str]
    ) -> str:
        if self._accounts is not None and not session.authenticated:
            return "530 5.7.0 Authentication required"
        transaction.mail_from = address
        transaction.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def _recipient(
        self, _: SMTP, __: Session, transaction: Transaction, address: str, ___: list[str]
    ) -> str:
        refusal = self.faults.reply_to(address)
        if refusal is None:
            transaction.rcpt_tos.append(address)
        return refusal or "250 2.1.5 OK"

    async def _message(self, conversation: SMTP, __: Session, transaction: Transaction) -> str:
        if self.faults.content is not None:
            return self.faults.content
        sender = (transaction.mail_from or "").removeprefix("<").removesuffix(">")
        for recipient in transaction.rcpt_tos:
            mail = StoredMail(transaction.original_content or b"", sender, recipient, self._clock())
            self.box(recipient).append(mail)
            for queue in self._readers:
                queue.put_nowait(mail)
        if self.faults.unanswered > 0:
            self.faults.unanswered -= 1
            _cut(conversation)
        return "250 2.0.0 Kept"


class _Talk(Conversation):
    """A conversation that can break off in the middle of a message."""

    def __init__(
        self,
        hooks: SimpleNamespace,
        siblings: set[Conversation],
        *,
        faults: Faults,
        tls: ssl.SSLContext | None,
        authenticator: Authenticator,
        auth_requires_tls: bool,
    ) -> None:
        super().__init__(
            hooks, siblings, tls=tls, authenticator=authenticator, auth_requires_tls=auth_requires_tls
        )
        self._faults = faults

    async def push(self, status: str | bytes) -> None:
        await super().push(status)
        if self.settled.is_set() or self._faults.broken < 1:
            return
        self._faults.broken -= 1
        _cut(self)


def _cut(conversation: SMTP) -> None:
    if isinstance(conversation.transport, asyncio.Transport):
        conversation.transport.abort()
    raise ConnectionResetError("cut, as a fault of the sandbox")
