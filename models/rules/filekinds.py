"""The kinds of file that the desk carries, told by their content, never by their name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind: its media type and the ending it is sent with."""

    mime: str
    ending: str


PDF = FileKind("application/pdf", "pdf")
JPEG = FileKind("image/jpeg", "jpg")
TIFF = FileKind("image/tiff", "tif")
PNG = FileKind("image/png", "png")
DJVU = FileKind("image/vnd.djvu", "djvu")
ZIP = FileKind("application/zip", "zip")

SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"AT&TFORM", DJVU),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
)
PDF_WITHIN = 1024
"""A PDF may begin with rubbish; readers look for its mark in the first kilobyte (ISO 32000-1, annex H)."""


def kind_of(data: bytes) -> FileKind | None:
    """The kind of these bytes; None for anything else."""
    if b"%PDF-" in data[:PDF_WITHIN]:
        return PDF
    return next((kind for mark, kind in SIGNATURES if data.startswith(mark)), None)
