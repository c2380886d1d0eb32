"""Kept files: once each, under safe names."""

import asyncio
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.operations.files import NAME_BYTES, Arrived, keep, path_of, safe_name
from models.rules.errors import FileWrongKind
from models.tables import Attachment, File
from tests.desk import Desk

PDF = b"%PDF-1.7 scan"


@given(st.text() | st.text(alphabet="./\\ a\u202e\u0301e\r\n\ud800ə", max_size=400))
@example("/etc/passwd")
@example("..\\..\\boot.ini")
@example("fdp.\u202eexe")
@example("e\u200d\u0301.pdf")
@example("\ud800.pdf")
@example(". . .")
@example("ə" * 200 + ".pdf")
def test_a_name_is_never_a_path_nor_hides_anything(name: str) -> None:
    safe = safe_name(name)

    assert safe
    assert not {"/", "\\"} & set(safe)
    assert safe not in {".", ".."}
    assert not safe.startswith(".")
    assert {unicodedata.category(c) for c in safe}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert len(safe.encode()) <= NAME_BYTES
    assert unicodedata.is_normalized("NFC", safe)
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\Scans\\Muğam səh. 3–9.pdf", "Muğam səh. 3–9.pdf"),
        ("../../notes.djvu", "notes.djvu"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("two\r\nlines.pdf", "twolines.pdf"),
        ("", "file"),
        ("ə" * 100 + ".pdf", "ə" * 58 + ".pdf"),
    ],
)
def test_a_name_stays_recognisable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def kept_in(root: Path) -> dict[str, bytes]:
    """Every file of the folder, of however many levels."""
    found = [one for one in root.rglob("??/*") if one.is_file()]
    return {str(one.relative_to(root)): one.read_bytes() for one in found}


async def test_the_same_bytes_are_kept_once_for_any_number_of_hands(desk: Desk, tmp_path: Path) -> None:
    kept = [
        await keep(tmp_path, Arrived(name=name, data=PDF), desk.now, owner=desk.people["leyla"])
        for name in ("a.pdf", "b.pdf")
    ]

    file = await File.get()
    assert (file.size, file.mime) == (len(PDF), "application/pdf")
    assert path_of(tmp_path, file.sha256).read_bytes() == PDF
    assert [one.name for one in await Attachment.filter(id__in=kept).order_by("id")] == ["a.pdf", "b.pdf"]


async def test_the_same_bytes_at_once_are_one_whole_file(desk: Desk, tmp_path: Path) -> None:
    data = PDF + bytes(3_000_000)

    kept = await asyncio.gather(
        *(keep(tmp_path, Arrived(name=f"{n}.pdf", data=data), desk.now, owner=None) for n in range(6))
    )

    assert len(set(kept)) == 6
    file = await File.get()
    assert kept_in(tmp_path) == {f"{file.sha256[:2]}/{file.sha256}": data}


async def test_content_that_is_none_of_the_kinds_is_refused_and_not_kept(desk: Desk, tmp_path: Path) -> None:
    files = tmp_path / "files"

    with pytest.raises(FileWrongKind) as refused:
        await keep(files, Arrived(name="../scan.pdf", data=b"MZ\x90\x00"), desk.now, owner=None)

    assert refused.value == FileWrongKind(name="scan.pdf")
    assert not files.exists()
    assert await File.all().count() == 0
