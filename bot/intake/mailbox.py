"""One open IMAP mailbox. Everything here blocks: it is called in a thread."""

import imaplib
import re
import selectors
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, cast

from imap_tools.errors import ImapToolsError, MailboxFetchError, MailboxFolderCreateError, MailboxMoveError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.utils import check_command_status, encode_folder

PATIENCE = 60.0
"""Seconds within which a server has to answer; and the longest IDLE, as a net under lost wake-ups."""
TAKEN = "$AbonementTaken"
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message in the inbox; `size` in octets."""

    uid: int
    size: int


class _Idle(Protocol):
    """RFC 2177 as the library does it, with types."""

    def start(self) -> object: ...

    def stop(self) -> object: ...


class Box:
    """A selected folder, logged in. Messages are moved, never deleted; fetching leaves them unread."""

    def __init__(self, mailbox: BaseMailBox, validity: int, capabilities: frozenset[str]) -> None:
        self.validity = validity
        self._mailbox = mailbox
        self._client: imaplib.IMAP4 = mailbox.client
        self._moves, self._idles = "MOVE" in capabilities, "IDLE" in capabilities

    @classmethod
    def open(
        cls,
        address: tuple[str, int],
        *,
        starttls: bool,
        tls: ssl.SSLContext | None,
        user: str,
        password: str,
        token: str | None,
        folder: str,
    ) -> "Box":
        """Connect, log in and select; `token` replaces the password (XOAUTH2)."""
        mailbox = _connected(address, starttls=starttls, tls=tls)
        try:
            _log_in(mailbox, user, password, token=token)
            mailbox.folder.set(folder)
            return cls(mailbox, _validity(mailbox.client), _capabilities(mailbox.client))
        except BaseException:
            mailbox.client.shutdown()
            raise

    def waiting(self) -> list[Waiting]:
        """What lies in the folder and was not taken yet, oldest first."""
        uids = self._mailbox.uids("ALL" if self._moves else f"UNKEYWORD {TAKEN}", charset=None)
        if not uids:
            return []
        sizes = self._fetch(",".join(uids), "(UID RFC822.SIZE)")
        heads = [one for one in sizes if isinstance(one, bytes)]
        found = [Waiting(_number(_UID, head), _number(_SIZE, head)) for head in heads]
        return sorted((one for one in found if one.uid), key=lambda one: one.uid)

    def fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The messages by UID, as they came; one that went away meanwhile is absent."""
        if not uids:
            return {}
        return bodies(self._fetch(_set(uids), "(UID BODY.PEEK[])"))

    def _fetch(self, uids: str, what: str) -> Sequence[object]:
        answer = self._client.uid("FETCH", uids, what)
        check_command_status(answer, MailboxFetchError)
        return answer[1]

    def settle(self, uids: Sequence[int], folder: str) -> None:
        """Move messages into another folder, which is made when it is missing.

        Without MOVE (RFC 6851) they are copied and marked as taken: deleting is for people.
        """
        if not uids:
            return
        if self._put(uids, folder):
            return
        with suppress(MailboxFolderCreateError):
            self._mailbox.folder.create(folder)
        if not self._put(uids, folder):
            raise MailboxMoveError(("NO", f"nothing can be put into {folder}"), "OK")

    def _put(self, uids: Sequence[int], folder: str) -> bool:
        # The library's own move looks at the capabilities from before the log-in, then deletes and expunges.
        word = "MOVE" if self._moves else "COPY"
        status, _ = self._client.uid(word, _set(uids), encode_folder(folder).decode())
        if status == "OK" and not self._moves:
            check_command_status(
                self._client.uid("STORE", _set(uids), "+FLAGS", f"({TAKEN})"), MailboxMoveError
            )
        return bool(status == "OK")

    def idle(self, wakened: socket.socket) -> None:
        """Return when mail may have come, when `wakened` becomes readable, or after a minute."""
        if not self._idles:
            _listen(wakened)
            self._client.noop()
            return
        idle = cast("_Idle", self._mailbox.idle)
        idle.start()
        if not self._has_spoken():
            _listen(wakened, self._client.sock)
        idle.stop()

    def _has_spoken(self) -> bool:
        """Whether the answer to IDLE brought more with it: that lies in a buffer, where no poll sees it."""
        self._client.sock.settimeout(0)
        try:
            return bool(self._client.readline())
        except OSError:
            return False
        finally:
            self._client.sock.settimeout(PATIENCE)

    def close(self) -> None:
        """Take leave, as far as the server still listens."""
        with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
            self._client.sock.settimeout(2)
            self._mailbox.logout()
        with suppress(OSError):
            self._client.shutdown()


def bodies(answer: Sequence[object]) -> dict[int, bytes]:
    """The bodies of a FETCH answer by UID, wherever the server put the UID: before the body or after it."""
    found: dict[int, bytes] = {}
    for one, following in zip(answer, [*answer[1:], b""], strict=True):
        if isinstance(one, tuple):
            head = one[0] + (following if isinstance(following, bytes) else b"")
            found[_number(_UID, head)] = bytes(one[1])
    found.pop(0, None)
    return found


def _connected(address: tuple[str, int], *, starttls: bool, tls: ssl.SSLContext | None) -> BaseMailBox:
    host, port = address
    if tls is None:
        return MailBoxUnencrypted(host, port, timeout=PATIENCE)
    if starttls:
        return MailBoxStartTls(host, port, timeout=PATIENCE, ssl_context=tls)
    return MailBox(host, port, timeout=PATIENCE, ssl_context=tls)


def _log_in(mailbox: BaseMailBox, user: str, password: str, *, token: str | None) -> None:
    if token is not None:
        mailbox.xoauth2(user, token, initial_folder=None)
    elif user.isascii() and password.isascii():
        mailbox.login(user, password, initial_folder=None)
    else:
        mailbox.login_utf8(user, password, initial_folder=None)


def _capabilities(client: imaplib.IMAP4) -> frozenset[str]:
    """As they are after the log-in: many servers tell of MOVE and IDLE only then."""
    _, said = client.capability()
    words = b" ".join(one for one in said if isinstance(one, bytes)).decode("ascii", "replace")
    return frozenset(words.upper().split())


def _validity(client: imaplib.IMAP4) -> int:
    _, said = client.response("UIDVALIDITY")
    first = said[0] if said else None
    return int(first) if isinstance(first, bytes) and first.isdigit() else 0


def _set(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _number(pattern: re.Pattern[bytes], head: bytes) -> int:
    found = pattern.search(head)
    return int(found[1]) if found else 0


def _listen(*sockets: socket.socket) -> None:
    with selectors.DefaultSelector() as chosen:
        for one in sockets:
            chosen.register(one, selectors.EVENT_READ)
        chosen.select(PATIENCE)
