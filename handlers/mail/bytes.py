"""A mail taken apart: what is shown as its text, what are files, what could not be read.

Never raises, whatever the bytes. Nested messages stay files; signed parts are opened, encrypted ones are not.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from handlers.mail import mime, sealed, winmail
from handlers.mail.charsets import decode
from handlers.mail.filenames import safe
from handlers.mail.mime import Part

LARGEST_LOGO = 15_000

_SIGNATURES = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-keys",
}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
_PGP_SIGNED = re.compile(r"\A\s*-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+: [^\n]*\n)*\n?")
_PGP_SIGNATURE = "\n-----BEGIN PGP SIGNATURE-----"
_PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment under a safe name. `content_id` is set for a picture that stands inside the text."""

    name: str
    type: str
    content: bytes
    content_id: str = ""

    @property
    def size(self) -> int:
        """Bytes after decoding."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text in its forms; `flowed` and `delsp` are those of RFC 3676."""

    plain: str = ""
    html: str = ""
    flowed: bool = False
    delsp: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says and carries."""

    pieces: tuple[Piece, ...] = ()
    files: tuple[File, ...] = ()
    damaged: bool = False
    encrypted: bool = False

    def __add__(self, other: "Body") -> "Body":
        return Body(
            self.pieces + other.pieces,
            self.files + other.files,
            self.damaged or other.damaged,
            self.encrypted or other.encrypted,
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its top part for the headers, and its body."""

    top: Part
    body: Body = field(default_factory=Body)


def open_letter(raw: bytes) -> Letter:
    """The mail in these bytes. Small pictures inside the text, and repeated ones, are logos and left out."""
    top = mime.parse(raw)
    body = _body(top, 0)
    return Letter(top, replace(body, files=tuple(_without_logos(body))))


def _body(part: Part, depth: int) -> Body:
    kind = part.type.value
    below = mime.children(part) if depth < mime.DEEPEST else []
    if below:
        return _multipart(kind, below, depth=depth + 1)
    if kind in _SIGNATURES:
        return Body()
    if kind in _SEALED:
        return _sealed(part, depth)
    if kind in _WINMAIL or _name(part).lower() == "winmail.dat":
        return _winmail(part)
    if kind.startswith("multipart/"):
        return _text(part, "text/plain")
    return _leaf(part, kind)


def _multipart(kind: str, below: list[Part], *, depth: int) -> Body:
    match kind:
        case "multipart/signed" | "multipart/report":
            return _body(below[0], depth)
        case "multipart/encrypted":
            return replace(_sum(_leaf(part, part.type.value) for part in below), encrypted=True)
        case "multipart/alternative":
            return _alternative([_body(part, depth) for part in below])
        case _:
            return _sum(_body(part, depth) for part in below)


def _alternative(bodies: list[Body]) -> Body:
    """The forms of one text become one piece; files come from all of them (Apple puts them inside)."""
    rich = next((body for body in reversed(bodies) if any(piece.html for piece in body.pieces)), None)
    poor = next((body for body in bodies if body is not rich and body.pieces), None)
    whole = _sum(replace(body, pieces=()) for body in bodies)
    if rich is None or poor is None:
        return replace(whole, pieces=(rich or poor or Body()).pieces)
    if len(rich.pieces) != 1 or len(poor.pieces) != 1:
        return replace(whole, pieces=rich.pieces)
    return replace(whole, pieces=(replace(poor.pieces[0], html=rich.pieces[0].html),))


def _leaf(part: Part, kind: str) -> Body:
    named = bool(_name(part))
    aside = part.disposition.value
    if aside == "attachment" or (named and aside) or kind not in {"text/plain", "text/html"}:
        return Body(files=(_file(part, kind),))
    return _text(part, kind)


def _text(part: Part, kind: str) -> Body:
    parameters = part.type.parameters
    text, damaged = decode(part.content, parameters.get("charset", ""))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if kind == "text/html":
        return Body((Piece(html=text),), damaged=damaged)
    flowed = parameters.get("format", "").lower() == "flowed"
    plain = Piece(_unsigned(text), flowed=flowed, delsp=parameters.get("delsp", "").lower() == "yes")
    return Body((plain,), damaged=damaged, encrypted=text.lstrip().startswith(_PGP_MESSAGE))


def _unsigned(text: str) -> str:
    """The text inside a cleartext signature, its dashes unescaped (RFC 9580 §7)."""
    armour = _PGP_SIGNED.match(text)
    if not armour:
        return text
    lines = text[armour.end() :].partition(_PGP_SIGNATURE)[0].split("\n")
    return "\n".join(line.removeprefix("- ") for line in lines)


def _sealed(part: Part, depth: int) -> Body:
    inner = sealed.signed_content(part.content)
    if inner is None:
        return Body(files=(_file(part, part.type.value),), encrypted=True)
    return _body(mime.parse(inner), depth + 1) if depth < mime.DEEPEST else Body()


def _winmail(part: Part) -> Body:
    packet = winmail.opened(part.content)
    if packet is None:
        return Body(files=(_file(part, part.type.value),))
    files = tuple(File(safe(name), "application/octet-stream", content) for name, content in packet)
    return Body(files=files)


def _file(part: Part, kind: str) -> File:
    content_id = part.text("content-id").strip("<> ")
    name = _name(part) or (_subject(part) if kind == "message/rfc822" else "")
    return File(safe(name, kind), kind, part.content, content_id)


def _subject(part: Part) -> str:
    subject = mime.parse(part.content).text("subject")
    return f"{subject.replace('/', '-')}.eml" if subject else ""


def _name(part: Part) -> str:
    return part.disposition.parameters.get("filename") or part.type.parameters.get("name", "")


def _without_logos(body: Body) -> Iterable[File]:
    markup = "".join(piece.html for piece in body.pieces)
    seen: set[bytes] = set()
    digests = [hashlib.sha256(file.content).digest() for file in body.files]
    for file, digest in zip(body.files, digests, strict=True):
        small = file.type.startswith("image/") and file.size < LARGEST_LOGO
        shown = bool(file.content_id) and f"cid:{file.content_id}" in markup
        if not (small and (shown or digest in seen or digests.count(digest) > 1)):
            yield file
        seen.add(digest)


def _sum(bodies: Iterable[Body]) -> Body:
    whole = Body()
    for body in bodies:
        whole += body
    return whole
