"""A workbook (ECMA-376) in which everything is text: nothing that a person typed becomes a formula."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
"""What a workbook allows (Excel's own limits)."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@contextmanager
def written(target: BytesIO) -> Iterator["Workbook"]:
    """A new workbook; its bytes are in `target` once it is left."""
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        yield book


def tab(name: str) -> str:
    """Without the signs and beyond the length that a workbook refuses; no apostrophe at an end."""
    return "".join(c for c in name if c not in "[]:*?/\\")[:LONGEST_SHEET_NAME].strip("'")
