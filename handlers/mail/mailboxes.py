"""Mailboxes in address headers (RFC 5322 §3.4), read leniently and in linear time; nothing here raises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.mail.charsets import decode, header

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"?|<[^<>]*>?|[,;]|[()]|\\.|[^",;<>()\\]+|.', re.DOTALL)
_ADDRESS = re.compile(r"[^\s<>,;:()\"@]+@[^\s<>,;:()\"@]+")
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name, as a person reads it, and an address in lower case; either may be empty."""

    name: str
    address: str

    @property
    def deceptive(self) -> bool:
        """Whether the name shows an address that is not the mailbox's own."""
        return any(shown.lower() != self.address for shown in _ADDRESS.findall(self.name))


def mailboxes(raw: bytes) -> list[Mailbox]:
    """The mailboxes of one header, in order; what holds no address is left out."""
    read = [_mailbox(group) for group in _groups(raw)]
    return [mailbox for mailbox in read if mailbox.address]


def _groups(raw: bytes) -> Iterator[list[bytes]]:
    """Tokens between the commas; comments become tokens of their own that begin with a parenthesis."""
    group: list[bytes] = []
    comment: list[bytes] = []
    depth = 0
    for token in _TOKEN.findall(raw):
        if depth or token == b"(":
            comment.append(token)
            depth += (token == b"(") - (token == b")")
            if not depth:
                group.append(b"".join(comment))
                comment = []
        elif token in b",;":
            yield group
            group = []
        else:
            group.append(token)
    yield group


def _mailbox(tokens: list[bytes]) -> Mailbox:
    angle = next((token for token in reversed(tokens) if token.startswith(b"<")), None)
    comments = [token[1:].removesuffix(b")") for token in tokens if token.startswith(b"(")]
    words = [token for token in tokens if token is not angle and not token.startswith(b"(")]
    if angle is not None:
        return Mailbox(_phrase(words) or header(b" ".join(comments)), _address(angle))
    return Mailbox(header(b" ".join(comments)), _address(b"".join(words)))


def _phrase(words: list[bytes]) -> str:
    return header(b"".join(_word(word) for word in words)).strip(" '")


def _word(token: bytes) -> bytes:
    return _ESCAPE.sub(rb"\1", token[1:].removesuffix(b'"')) if token.startswith(b'"') else token


def _address(token: bytes) -> str:
    found = _ADDRESS.search(decode(token.strip(b"<> \t\r\n"))[0])
    return found[0].strip("'").lower() if found else ""
