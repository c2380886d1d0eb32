"""The way out by mail: one kept connection to the SMTP server of the installation."""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiosmtplib

from bot.mail_url import MailUrl, Security
from bot.transports.result import AccountTrouble, Delivered, Permanent, Result, Temporary
from handlers.mail.addresses import UnwritableAddressError, ascii_address

IDLE = 30.0
MESSAGES_PER_CONNECTION = 100
PATIENCE = 60.0
POLITENESS = 5.0
SLOWEST = 50_000  # bytes a second that a message is expected to travel at least

_CLOSING = 421
_SIZE_EXCEEDED = 552
_ABOUT_US = {530, 534, 535, 538}  # RFC 4954 §6

log = logging.getLogger(__name__)


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_url(cls, url: str) -> "SmtpServer":
        """Read `smtp://`, `smtp+starttls://` or `smtps://` `user:password@host:port`.

        User and password are percent-decoded; without a port it is 25, 587 or 465. Raises ValueError for
        anything else, in words that never contain the password.
        """
        try:
            found = MailUrl.read(url, "smtp", _PORTS)
        except ValueError as error:
            raise ValueError(
                "a mail server is smtp://, smtp+starttls:// or smtps://user:password@host:port"
            ) from error
        if found.path:
            raise ValueError("a mail server's address has nothing after the port")
        return cls(found.host, found.port, found.security, found.user, found.password)

    @property
    def shows_password(self) -> bool:
        """Whether the password would cross the wire in clear."""
        return self.security is Security.NONE and self.password is not None


class TokenRefusedError(Exception):
    """Raised by a `token` callable whose authority says no; one that cannot be reached is an OSError."""


class SmtpTransport:
    """Sends one message to one recipient at a time; concurrent sends queue up.

    The connection is kept for `idle` seconds and `MESSAGES_PER_CONNECTION` messages, then ended with QUIT.
    `pace` is the least number of seconds between two messages. `token` supplies an OAuth access token
    (XOAUTH2) in place of the password. Log-in is tried once per connection, in one way: servers lock out
    those who insist.
    """

    def __init__(
        self,
        server: SmtpServer,
        *,
        tls: ssl.SSLContext | None = None,
        token: Callable[[], Awaitable[str]] | None = None,
        pace: float = 0.0,
        hostname: str = "localhost",
        idle: float = IDLE,
    ) -> None:
        self._server, self._token = server, token
        self._pace, self._idle = pace, idle
        self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            local_hostname=hostname,
            timeout=PATIENCE,
            # Always said outright: left to itself the library sends a password in clear without STARTTLS.
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=tls,
        )
        self._turn = asyncio.Lock()
        self._sent = 0
        self._not_before = 0.0
        self._farewell: asyncio.Task[None] | None = None

    async def send(self, raw: bytes, *, sender: str, recipient: str) -> Result:
        """Hand the bytes over. `sender` is the envelope's, empty for a message that must not bounce.

        4xx, a lost connection and time running out are `Temporary`; 5xx about the recipient or the message is
        `Permanent`; what concerns us rather than them (TLS, log-in, our right to send) is `AccountTrouble`.
        """
        try:
            sender, recipient = sender and ascii_address(sender), ascii_address(recipient)
        except UnwritableAddressError as error:
            return Permanent(f"no mail can be written to {error.address}")
        async with self._turn:
            await self._prepare()
            try:
                response = await self._hand_over(raw, sender=sender, recipient=recipient)
            except (aiosmtplib.SMTPException, OSError, TokenRefusedError) as error:
                return verdict(error)
            return Delivered(response)

    async def knock(self) -> Result:
        """Connect, log in, and leave again: whether the server would take anything from us."""
        async with self._turn:
            try:
                await self._connect()
            except (aiosmtplib.SMTPException, OSError, TokenRefusedError) as error:
                self._client.close()
                return verdict(error)
            await self._quit()
            return Delivered("")

    async def close(self) -> None:
        """End the connection politely; a later `send` opens a new one."""
        async with self._turn:
            self._stay()
            await self._quit()

    async def _prepare(self) -> None:
        self._stay()
        if self._sent >= MESSAGES_PER_CONNECTION:
            await self._quit()
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(self._not_before - now)
        self._not_before = max(now, self._not_before) + self._pace

    async def _hand_over(self, raw: bytes, *, sender: str, recipient: str) -> str:
        try:
            await self._begin(raw, sender)
            await self._client.rcpt(recipient)
            response = await self._client.data(raw, timeout=PATIENCE + len(raw) / SLOWEST)
        except aiosmtplib.SMTPResponseException:
            await self._quit()
            raise
        except BaseException:
            # After a cancelled command the library still calls itself connected, one reply out of step.
            self._client.close()
            raise
        self._sent += 1
        self._farewell = asyncio.create_task(self._leave_when_idle())
        return _one_line(response.message)

    async def _begin(self, raw: bytes, sender: str) -> None:
        if self._client.is_connected:
            try:
                await self._mail(raw, sender)
            except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPSenderRefused) as error:
                if isinstance(error, aiosmtplib.SMTPSenderRefused) and error.code != _CLOSING:
                    raise
                self._client.close()
            else:
                return
        await self._connect()
        await self._mail(raw, sender)

    async def _connect(self) -> None:
        await self._client.connect()
        self._sent = 0
        await self._client.ehlo()
        if self._server.user is not None:
            await self._log_in(self._server.user)

    async def _log_in(self, user: str) -> None:
        client, password, offered = (
            self._client,
            self._server.password or "",
            self._client.server_auth_methods,
        )
        if self._token is not None:
            await client.auth_xoauth2(user, await self._token())
        elif "plain" in offered:
            await client.auth_plain(user, password)
        elif "login" in offered:
            await client.auth_login(user, password)
        else:
            raise aiosmtplib.SMTPException(
                "the mail server offers no log-in that we know (PLAIN, LOGIN, XOAUTH2)"
            )

    async def _mail(self, raw: bytes, sender: str) -> None:
        options = [f"size={len(raw)}"] if self._client.supports_extension("size") else []
        if not raw.isascii() and self._client.supports_extension("8bitmime"):
            options.append("body=8bitmime")
        await self._client.mail(sender, options=options)

    async def _leave_when_idle(self) -> None:
        await asyncio.sleep(self._idle)
        async with self._turn:
            await self._quit()

    def _stay(self) -> None:
        if self._farewell is not None:
            self._farewell.cancel()
            self._farewell = None

    async def _quit(self) -> None:
        try:
            if self._client.is_connected:
                await self._client.quit(timeout=POLITENESS)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.debug("no farewell from the mail server: %r", error)
        finally:
            self._client.close()


def verdict(error: Exception) -> Result:
    """What a failure of the conversation means for the message."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _refusal(error)
    reason = _one_line(str(error)) or type(error).__name__
    if _is_tls_fault(error):
        return AccountTrouble(f"TLS: {reason}")
    if isinstance(error, OSError):
        return Temporary(reason)
    # What is left: the server cannot do what the settings ask (no STARTTLS, no AUTH, no common way of it).
    return AccountTrouble(reason)


def _refusal(error: aiosmtplib.SMTPResponseException) -> Result:
    code, reason = error.code, _one_line(error.message)
    if not 500 <= code < 600:
        return Temporary(reason, code=code)
    if code in _ABOUT_US:
        return AccountTrouble(reason, code)
    match error:
        case aiosmtplib.SMTPRecipientRefused():
            return Permanent(reason, code)
        case aiosmtplib.SMTPDataError():
            return Permanent(reason, code, of_content=True)
        case aiosmtplib.SMTPSenderRefused() if code == _SIZE_EXCEEDED:
            return Permanent(reason, code, of_content=True)
        case _:
            return AccountTrouble(reason, code)


def _is_tls_fault(error: BaseException | None) -> bool:
    # A connection cut during the handshake is an ordinary lost connection, though it has an SSL name.
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)
        error = error.__cause__
    return False


def _one_line(text: str) -> str:
    return " ".join(text.encode(errors="replace").decode().split())
