"""Names of foreign files."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.mail.filenames import LONGEST, safe


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Docs\\scan 1.pdf", "scan 1.pdf"),
        ("..", "attachment.pdf"),
        ("", "attachment.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nb\0.pdf", "ab.pdf"),
        ("й.pdf", "й.pdf"),
        ("ж" * 100 + ".pdf", "ж" * 58 + ".pdf"),
    ],
)
def test_safe_names(name: str, kept: str) -> None:
    assert safe(name, "application/pdf") == kept


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_every_name_becomes_safe(name: str) -> None:
    kept = safe(name)

    assert 0 < len(kept.encode()) <= LONGEST
    assert unicodedata.is_normalized("NFC", kept)
    assert not set(kept) & set("/\\\0\r\n\u202e")
    assert kept not in {".", ".."}
