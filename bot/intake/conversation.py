"""One SMTP conversation inside our own event loop: what the library leaves to its controller."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CLOSING = "421 4.3.2 Closing"
LONGEST_LINE = 2**20  # 1001, as RFC 5321 has it, refuses one real mail in a hundred

Authenticator = Callable[[SMTP, Session, Envelope, str, LoginPassword], AuthResult]

log = logging.getLogger(__name__)


class Conversation(SMTP):
    """The server's end of one connection, kept in `siblings` while it lives.

    `settled` is unset between the `354` to a DATA command and the verdict on that message.
    """

    line_length_limit = LONGEST_LINE

    def __init__(
        self,
        hooks: SimpleNamespace,
        siblings: set["Conversation"],
        *,
        hostname: str = "localhost",
        largest: int | None = None,
        tls: ssl.SSLContext | None = None,
        authenticator: Authenticator | None = None,
        auth_requires_tls: bool = True,
    ) -> None:
        super().__init__(
            hooks,
            data_size_limit=largest,
            enable_SMTPUTF8=True,
            # Given outright, or the library asks the name service, and blocks, for every connection.
            hostname=hostname,
            ident="Abonement",
            tls_context=tls,
            authenticator=authenticator,
            auth_require_tls=auth_requires_tls,
            loop=asyncio.get_running_loop(),
        )
        self._siblings = siblings
        self.settled = asyncio.Event()
        self.settled.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._siblings.add(self)
        if self._handler_coroutine is not None:
            self._handler_coroutine.add_done_callback(_note_end)

    def connection_lost(self, error: Exception | None) -> None:
        self._siblings.discard(self)
        self.settled.set()
        super().connection_lost(error)

    async def push(self, status: str | bytes) -> None:
        """Say one reply."""
        reply = status if isinstance(status, str) else status.decode()
        was_settled = self.settled.is_set()
        if reply.startswith("354 "):
            self.settled.clear()
        await super().push(reply)
        if not was_settled:
            self.settled.set()

    async def hang_up(self) -> None:
        """End the conversation with a `421`, which every MTA takes as "later"."""
        if self.transport is not None and not self.transport.is_closing():
            with suppress(ConnectionError):
                await self.push(CLOSING)
            self.transport.close()
        if self._handler_coroutine is not None:
            # A handshake that failed leaves it waiting for ever.
            self._handler_coroutine.cancel()
            await asyncio.wait([self._handler_coroutine])


async def finish(conversations: set[Conversation], *, grace: float) -> None:
    """End all conversations; those in the middle of a message get `grace` seconds to finish it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(grace):
            for conversation in tuple(conversations):
                await conversation.settled.wait()
    for conversation in tuple(conversations):
        await conversation.hang_up()


def _note_end(conversation: asyncio.Task[None]) -> None:
    # Fetched here, else the loop complains of a lost error whenever a peer just goes away.
    if not conversation.cancelled() and (error := conversation.exception()) is not None:
        log.info("a mail peer went away: %r", error)
