"""Headers that arrive as they were meant: our own folding in place of the standard library's.

In Python 3.11 and 3.12 its folding loses spaces of long subjects in mixed scripts, destroys long ids in
References by RFC 2047 encoding, and turns long display names with a comma into further recipients. A message
under `POLICY` gets the header classes below, and whoever flattens it, it is they that fold.
"""

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.errors import MessageDefect
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from typing import ClassVar, Literal, Self
from urllib.parse import quote

from handlers.mail.addresses import ascii_address

WIDTH = 76  # RFC 2047 §2: a line with an encoded word has no more
LONGEST_WORD = 900  # well under the 998 characters of a line, RFC 5322 §2.1.1

_ENCODED_WORD = len("=?utf-8?b??=")
_ID = re.compile(r"<[!-;=?-~]+>")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_PHRASE = re.compile(rf"{_ATOM}(?: {_ATOM})*")
_RESERVED = re.compile(r'[/\\:*?"<>|]')
_FILE_NAME = re.compile(r"[A-Za-z0-9 !#$&+,.;=@^_`{}~()\[\]-]{1,50}")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name and address. The name becomes one line, the address ASCII.

    Raises `UnwritableAddressError`, or its kind `NonAsciiLocalPartError`.
    """

    name: str
    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", one_line(self.name))
        object.__setattr__(self, "address", ascii_address(self.address))

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Disposition:
    """What a part is for: `inline` or `attachment`, with the name of its file."""

    kind: str
    file_name: str


def one_line(text: str) -> str:
    """The text without anything that could end a header: controls and line separators become spaces."""
    kept = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return "".join(kept).encode(errors="replace").decode().strip()


def message_ids(text: str) -> tuple[str, ...]:
    """The ids in a References or In-Reply-To; what is no id, or too long for a line, is left out."""
    return tuple(found for found in _ID.findall(text) if len(found) <= LONGEST_WORD)


def references(chain: Iterable[str], parent: str | None) -> tuple[str, ...]:
    """The References of an answer to `parent` (RFC 5322 §3.6.4): the thread's root and the last nine ids."""
    ids = tuple(dict.fromkeys([*chain, *([parent] if parent else [])]))
    return ids if len(ids) <= 10 else (ids[0], *ids[-9:])


class _Header(UnstructuredHeader, BaseHeader):
    """A header that reads as `text` and is folded between its items, nowhere else."""

    max_count: ClassVar[Literal[1] | None] = 1
    _label: str
    _items: tuple[str, ...]

    @classmethod
    def _make(cls, name: str, text: str, items: Iterable[str]) -> Self:
        self = str.__new__(cls, text)
        self._label, self._items = name, tuple(items)
        return self

    @property
    def name(self) -> str:
        return self._label

    @property
    def defects(self) -> tuple[MessageDefect, ...]:
        return ()

    def fold(self, *, policy: Policy) -> str:
        return f"{self._label}: {(policy.linesep + ' ').join(self._items)}{policy.linesep}"


class Text(_Header):
    """Words. Plain where they are ASCII with single spaces, else base64 words cut between characters."""

    max_count: ClassVar[Literal[1] | None] = None

    def __new__(cls, name: str, value: str) -> Self:
        text = one_line(value)
        indent = len(name) + 2
        return cls._make(name, text, _wrapped(text, indent) if _is_plain(text) else _encoded(text, indent))


class Subject(Text):
    """The one subject."""

    max_count: ClassVar[Literal[1] | None] = 1


class Ids(_Header):
    """Message-IDs, one a line and never encoded; what is no id is left out."""

    def __new__(cls, name: str, value: str | Iterable[str]) -> Self:
        ids = message_ids(value if isinstance(value, str) else " ".join(value))
        return cls._make(name, " ".join(ids), ids)


class Mailboxes(_Header):
    """Names and addresses, one a line. It takes `Mailbox` values only: never copy a parsed header."""

    def __new__(cls, name: str, value: Mailbox | Iterable[Mailbox]) -> Self:
        mailboxes = (value,) if isinstance(value, Mailbox) else tuple(value)
        written = ",\n".join("\n".join(_mailbox(mailbox, len(name) + 2)) for mailbox in mailboxes)
        return cls._make(name, ", ".join(map(str, mailboxes)), written.split("\n"))


class FileName(_Header):
    """A Content-Disposition; its file name is written after RFC 2231 where plain quotes would not do.

    Characters that a file system gives another meaning become `_`.
    """

    def __new__(cls, name: str, value: Disposition) -> Self:
        parameters = list(_file_name(_RESERVED.sub("_", one_line(value.file_name))))
        items = [f"{item};" for item in [value.kind, *parameters[:-1]]] + parameters[-1:]
        return cls._make(name, value.kind, items)


def _policy() -> "EmailPolicy[EmailMessage]":
    registry = HeaderRegistry(default_class=Text)
    registry.map_to_type("Subject", Subject)
    registry.map_to_type("Content-Disposition", FileName)
    for name in ("Message-ID", "In-Reply-To", "References"):
        registry.map_to_type(name, Ids)
    for name in ("From", "Sender", "To", "Cc", "Reply-To"):
        registry.map_to_type(name, Mailboxes)
    return SMTP.clone(header_factory=registry, max_line_length=WIDTH, cte_type="7bit")


POLICY = _policy()


def _is_plain(text: str) -> bool:
    words = text.split(" ")
    return text.isascii() and "=?" not in text and all(0 < len(word) <= LONGEST_WORD for word in words)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            yield line
            line, indent = word, 1
        else:
            line = f"{line} {word}" if line else word
    yield line


def _encoded(text: str, indent: int) -> Iterator[str]:
    """RFC 2047 words, each a whole number of characters, for lines of which the first is indented so far."""
    chunk = b""
    for character in text:
        byte = character.encode()
        if len(chunk) + len(byte) > max(4, (WIDTH - indent - _ENCODED_WORD) // 4 * 3):
            yield f"=?utf-8?b?{base64.b64encode(chunk).decode()}?="
            chunk, indent = b"", 1
        chunk += byte
    if chunk:
        yield f"=?utf-8?b?{base64.b64encode(chunk).decode()}?="


def _mailbox(mailbox: Mailbox, indent: int) -> Iterator[str]:
    if not mailbox.name:
        yield mailbox.address
        return
    *first, last = _phrase(mailbox.name, indent)
    yield from first
    address = f"<{mailbox.address}>"
    if indent + len(last) + 1 + len(address) <= WIDTH:
        yield f"{last} {address}"
    else:
        yield from (last, address)


def _phrase(name: str, indent: int) -> list[str]:
    short = len(name) <= WIDTH - indent and "=?" not in name and "  " not in name
    if short and _PHRASE.fullmatch(name):
        return [name]
    if short and name.isascii():
        return ['"' + re.sub(r'(["\\])', r"\\\1", name) + '"']
    return list(_encoded(name, indent))


def _file_name(name: str) -> Iterator[str]:
    if _FILE_NAME.fullmatch(name):
        yield f'filename="{name}"'
        return
    pieces, room = [""], WIDTH - len(" filename*00*=utf-8''")
    for piece in (quote(character, safe="") for character in name):
        if len(pieces[-1]) + len(piece) > room:
            pieces.append("")
        pieces[-1] += piece
    if len(pieces) == 1:
        yield f"filename*=utf-8''{pieces[0]}"
        return
    yield f"filename*0*=utf-8''{pieces[0]}"
    yield from (f"filename*{number}*={piece}" for number, piece in enumerate(pieces[1:], 1))
