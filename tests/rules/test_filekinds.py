"""What a file is, told by its first bytes."""

import pytest

from models.rules.filekinds import DJVU, JPEG, PDF, PDF_WITHIN, PNG, TIFF, ZIP, FileKind, kind_of


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00", PNG),
        (b"II*\x00\x08\x00", TIFF),
        (b"MM\x00*\x00\x00", TIFF),
        (b"II+\x00\x08\x00", TIFF),
        (b"MM\x00+\x00\x08", TIFF),
        (b"AT&TFORM\x00\x00\x01\x00DJVU", DJVU),
        (b"PK\x03\x04\x14\x00", ZIP),
        (b"PK\x05\x06\x00\x00", ZIP),
    ],
)
def test_a_kind_is_known_by_its_first_bytes(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><body>%pdf-</body></html>",
        b"GIF89a",
        b"\xff\xd8",
        b"PK",
        "просто текст".encode(),
    ],
)
def test_anything_else_is_none_of_them(data: bytes) -> None:
    assert kind_of(data) is None


@pytest.mark.parametrize(
    ("rubbish", "kind"), [(PDF_WITHIN - 5, PDF), (PDF_WITHIN - 4, None), (PDF_WITHIN, None)]
)
def test_a_pdf_may_begin_with_a_kilobyte_of_rubbish(rubbish: int, kind: FileKind | None) -> None:
    assert kind_of(b"\n" * rubbish + b"%PDF-1.4") == kind
