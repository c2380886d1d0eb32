"""A message as a tree of parts, each an exact slice of its bytes (RFC 5322 §2.2, RFC 2045 §5, RFC 2046 §5.1).

The standard parser is not used for mail from outside: its default policy raises on hostile headers, and
neither keeps a nested or signed message as the bytes that came. Nothing here raises, and the time is linear.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

from handlers.mail.charsets import base64, decode, header

DEEPEST = 20
MOST_PARTS = 400
LONGEST_HEADER = 100_000

_HEADER = re.compile(rb"([!-9;-~]{1,76})[ \t]*:([^\n]*(?:\n(?:[ \t]+(?=\S)|=\?)[^\n]*)*)\n?")
_ENVELOPE_LINE = re.compile(rb">?From [^\n]*\n")
_BLANK_LINE = re.compile(rb"[ \t]*\r?\n")
_PARAMETER = re.compile(rb';\s*([^=;\s]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_ESCAPE = re.compile(rb'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Field:
    """A structured header: its value in lower case, its parameters, those of RFC 2231 joined and decoded."""

    value: str
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A message or a part of one. Header names are in lower case, in the order in which they came."""

    headers: tuple[tuple[str, bytes], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every header of that name, topmost first, as a person reads it."""
        return [header(value) for key, value in self.headers if key == name]

    def raw(self, name: str) -> bytes:
        """The topmost header of that name as it came; empty without one."""
        return next((value for key, value in self.headers if key == name), b"")

    def text(self, name: str) -> str:
        """The topmost header of that name as a person reads it; empty without one."""
        return header(self.raw(name))

    @property
    def type(self) -> Field:
        """Content-Type; without a usable one text/plain, as RFC 2045 §5.2 says."""
        field = structured(self.raw("content-type"))
        return field if "/" in field.value else Field("text/plain", field.parameters)

    @property
    def disposition(self) -> Field:
        """Content-Disposition (RFC 2183)."""
        return structured(self.raw("content-disposition"))

    @property
    def content(self) -> bytes:
        """The body without its transfer encoding."""
        match self.text("content-transfer-encoding").lower().strip(" ;\"'"):
            case "base64":
                return base64(self.body)
            case "quoted-printable":
                return binascii.a2b_qp(self.body)
            case "x-uuencode" | "uuencode" | "x-uue" | "uue":
                return b"".join(_uu_lines(self.body))
            case _:
                return self.body


def parse(raw: bytes) -> Part:
    """The message; bytes without a single header are a message that is all body."""
    text = raw if b"\n" in raw else raw.replace(b"\r", b"\n")
    envelope = _ENVELOPE_LINE.match(text)
    position = envelope.end() if envelope else 0
    headers = []
    while match := _HEADER.match(text, position):
        headers.append((match[1].decode("ascii").lower(), match[2].strip()[:LONGEST_HEADER]))
        position = match.end()
    blank = _BLANK_LINE.match(text, position)
    return Part(tuple(headers), text[blank.end() if blank else position :])


def children(part: Part) -> list[Part]:
    """The parts of a multipart; none where the boundary is missing or never met."""
    boundary = part.type.parameters.get("boundary", "")
    if not boundary or not part.type.value.startswith("multipart/"):
        return []
    line = rb"(?:\A|\n)--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?(?=\n|\Z)"
    marks = list(islice(re.finditer(line, part.body), MOST_PARTS))
    opening = list(takewhile(lambda mark: not mark[1], marks))
    ends = [mark.start() for mark in marks[1:]] + [len(part.body)]
    return [
        parse(part.body[mark.end() + 1 : end].removesuffix(b"\r"))
        for mark, end in zip(opening, ends, strict=False)
    ]


def walk(part: Part, depth: int = 0) -> Iterator[Part]:
    """The part and all below it, in order; nested messages stay closed."""
    yield part
    if depth < DEEPEST:
        for child in children(part):
            yield from walk(child, depth + 1)


def structured(raw: bytes) -> Field:
    """A header with parameters, never more of it than stands there."""
    value = raw.partition(b";")[0].decode("latin-1").strip().strip("\"'").lower()
    sections: dict[str, dict[int, tuple[bool, bytes]]] = {}
    for name, data in _PARAMETER.findall(raw):
        match = _SECTION.match(name.decode("latin-1").lower())
        if match:
            order = int(match[2]) if match[2] else (-1 if match[3] else 10_000)
            sections.setdefault(match[1], {}).setdefault(order, (bool(match[3]), _unquoted(data)))
    return Field(value, MappingProxyType({name: _joined(parts) for name, parts in sections.items()}))


def _joined(parts: Mapping[int, tuple[bool, bytes]]) -> str:
    """One value: `name*` before `name*0`… before `name`, each form complete in itself."""
    if -1 in parts or min(parts) == 10_000:
        encoded, data = parts[min(parts)]
        return _extended([(encoded, data)]) if encoded else header(data)
    return _extended([parts[order] for order in sorted(parts) if order < 10_000])


def _extended(sections: list[tuple[bool, bytes]]) -> str:
    charset = ""
    encoded, first = sections[0]
    if encoded and first.count(b"'") >= 2:
        name, _, first = first.split(b"'", 2)
        charset = name.decode("latin-1")
    whole = [(encoded, first), *sections[1:]]
    data = b"".join(unquote_to_bytes(text) if escaped else text for escaped, text in whole)
    return decode(data, charset)[0] if encoded else header(data)


def _unquoted(data: bytes) -> bytes:
    text = data.strip()
    if not text.startswith(b'"'):
        return text
    return _ESCAPE.sub(rb"\1", text[1:].removesuffix(b'"'))


def _uu_lines(body: bytes) -> Iterator[bytes]:
    for line in body.splitlines():
        if line.startswith((b"begin ", b"end")):
            continue
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            continue
