"""The kinds of file that the desk carries, told by their content, never by their name."""

import re
from dataclasses import dataclass
from mmap import mmap


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind: its media type, the ending it is sent with, and other endings that are as right."""

    mime: str
    ending: str
    also: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        """Every right ending, the usual one first."""
        return (self.ending, *self.also)


PDF = FileKind("application/pdf", "pdf")
JPEG = FileKind("image/jpeg", "jpg", ("jpeg", "jpe", "jfif"))
TIFF = FileKind("image/tiff", "tif", ("tiff",))
PNG = FileKind("image/png", "png")
DJVU = FileKind("image/vnd.djvu", "djvu", ("djv",))
ZIP = FileKind("application/zip", "zip")
KINDS = (PDF, JPEG, TIFF, PNG, DJVU, ZIP)
PICTURES = frozenset({JPEG.mime, TIFF.mime, PNG.mime})
"""What several of become one PDF."""

SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),  # BigTIFF, as the next
    (b"MM\x00+", TIFF),
    (b"AT&TFORM", DJVU),
    (b"PK\x03\x04", ZIP),
)
PDF_WITHIN = 1024
"""A PDF may begin with rubbish; readers look for its mark in the first kilobyte (ISO 32000-1, annex H)."""

WHOLE_DJVU = (b"DJVU", b"DJVM")
"""One page, or a bound document; the other FORMs of the format are loose parts (DjVu 3, §8)."""

CONTAINERS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"mimetype", b"META-INF/")
"""First entries of ZIPs that are something else: office documents, books, programs."""

ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
"""A trailer or cross-reference stream that names an encryption dictionary (ISO 32000-1, 7.5.5)."""


def kind_of(data: bytes | mmap) -> FileKind | None:
    """The kind of these bytes; None for anything else.

    What stands at the very beginning decides: an archive whose first entry is a PDF is an archive.
    Nothing is ever unpacked.
    """
    head = bytes(data[:PDF_WITHIN])
    kind = next((kind for mark, kind in SIGNATURES if head.startswith(mark)), None)
    if kind is DJVU:
        return DJVU if head[12:16] in WHOLE_DJVU else None
    if kind is ZIP:
        return None if _first_entry(head).startswith(CONTAINERS) else ZIP
    if kind is None and b"%PDF-" in head:
        return PDF
    return kind


def _first_entry(head: bytes) -> bytes:
    """The name in the first local file header (APPNOTE.TXT 4.3.7)."""
    return head[30 : 30 + int.from_bytes(head[26:28], "little")]


def is_locked(data: bytes | mmap, kind: FileKind) -> bool:
    """Whether the content is encrypted: it is passed on all the same, and said so."""
    if kind is PDF:
        return ENCRYPTED_PDF.search(data) is not None
    return kind is ZIP and bool(data[6] & 1)


ELSEWHERE = frozenset(
    {"doc", "docx", "exe", "scr", "bat", "cmd", "com", "js", "htm", "html", "bin", "dat", "tmp"}
)
ENDINGS = frozenset(ending for kind in KINDS for ending in kind.endings) | ELSEWHERE


def named_as(name: str, kind: FileKind) -> str:
    """The name with the ending that its content has: a wrong one is replaced, a missing one is added."""
    stem, dot, ending = name.rpartition(".")
    if dot and ending.lower() in kind.endings:
        return name
    return f"{stem if stem and ending.lower() in ENDINGS else name}.{kind.ending}"
