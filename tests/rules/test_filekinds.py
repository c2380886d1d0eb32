"""Kinds by content: what is taken, what only looks like it, what a name becomes."""

import io
import zipfile

import pytest

from models.rules.filekinds import (
    DJVU,
    JPEG,
    PDF,
    PDF_WITHIN,
    PNG,
    TIFF,
    ZIP,
    FileKind,
    is_locked,
    kind_of,
    named_as,
)


def archive(*names: str, content: bytes = b"x", stored: bool = True) -> bytes:
    out = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", kind) as written:
        for name in names:
            written.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n", PDF),
        (b"\r\n" * 400 + b"%PDF-1.7", PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
        (b"\xff\xd8\xff\xe1 a comment that says %PDF-", JPEG),
        (b"II*\x00\x08\x00\x00\x00", TIFF),
        (b"MM\x00*\x00\x00\x00\x08", TIFF),
        (b"II+\x00\x08\x00\x00\x00", TIFF),
        (b"MM\x00+\x00\x08\x00\x00", TIFF),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"AT&TFORM\x00\x00\x00\x10DJVU", DJVU),
        (b"AT&TFORM\x00\x00\x00\x10DJVM", DJVU),
        (archive("page-1.jpg"), ZIP),
        (archive("scan.pdf", content=b"%PDF-1.7 the first entry is a PDF"), ZIP),
    ],
)
def test_kind_is_told_by_content(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00",
        b"GIF89a",
        b"<html>%PD",
        b"\n" * 1024 + b"%PDF-1.7",
        b"AT&TFORM\x00\x00\x00\x10THUM",
        b"PK\x05\x06" + bytes(18),
        archive("[Content_Types].xml"),
        archive("mimetype", "content.xml"),
        archive("META-INF/MANIFEST.MF"),
    ],
)
def test_kind_of_anything_else_is_none(data: bytes) -> None:
    assert kind_of(data) is None


def test_kind_of_a_bomb_is_told_without_unpacking_it() -> None:
    bomb = archive("zeros.tif", content=bytes(50_000_000), stored=False)

    assert (kind_of(bomb), len(bomb) < 100_000) == (ZIP, True)


@pytest.mark.parametrize(
    ("data", "kind", "locked"),
    [
        (b"%PDF-1.4\ntrailer << /Root 1 0 R /Encrypt 7 0 R >>", PDF, True),
        (b"%PDF-1.4\ntrailer << /Encrypt<< /Filter /Standard >> >>", PDF, True),
        (b"%PDF-1.4\ntrailer << /Root 1 0 R >> (about /Encryption)", PDF, False),
        (b"PK\x03\x04\x14\x00\x01\x00", ZIP, True),
        (b"PK\x03\x04\x14\x00\x00\x00", ZIP, False),
        (b"\xff\xd8\xff /Encrypt 7 0 R", JPEG, False),
    ],
)
def test_locked_content_is_recognised(data: bytes, kind: FileKind, locked: object) -> None:
    assert is_locked(data, kind) is locked


@pytest.mark.parametrize(
    ("name", "kind", "sent"),
    [
        ("scan.pdf", PDF, "scan.pdf"),
        ("SCAN.PDF", PDF, "SCAN.PDF"),
        ("scan.jpeg", JPEG, "scan.jpeg"),
        ("scan.jpg", PDF, "scan.pdf"),
        ("invoice.pdf.exe", PDF, "invoice.pdf.pdf"),
        ("vol.12", TIFF, "vol.12.tif"),
        ("article", DJVU, "article.djvu"),
        (".pdf", JPEG, ".pdf.jpg"),
        ("Абай жолы.docx", ZIP, "Абай жолы.zip"),
    ],
)
def test_name_gets_the_ending_of_its_content(name: str, kind: FileKind, sent: str) -> None:
    assert named_as(name, kind) == sent


@pytest.mark.parametrize(
    ("rubbish", "kind"), [(PDF_WITHIN - 5, PDF), (PDF_WITHIN - 4, None), (PDF_WITHIN, None)]
)
def test_a_pdf_may_begin_with_a_kilobyte_of_rubbish(rubbish: int, kind: FileKind | None) -> None:
    assert kind_of(b"\n" * rubbish + b"%PDF-1.4") == kind
