"""XLSX (ECMA-376) by openpyxl, read-only: values as they were stored, never a formula."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from models.rules.gaps.refusals import BadList
from models.rules.gaps.sheets import MOST_COLUMNS, MOST_ROWS, Cells, Sheet, trimmed
from models.rules.vocabulary import ListFormat, ListProblem

LARGEST_UNPACKED = 300_000_000
LARGEST_STRINGS = 80_000_000
"""Octets of the table of strings, which is held in memory whole."""
MOST_PARTS = 2_000
STRINGS = "xl/sharedstrings.xml"
_HEAD = 4096


def read(name: str, data: bytes) -> Sheet:
    """The first sheet that holds anything. Raises `BadList`."""
    _refuse_bomb(name, data)
    from openpyxl import load_workbook

    try:
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False, keep_vba=False
        )
        try:
            found = next((rows for sheet in book.worksheets if (rows := list(_rows(name, sheet)))), [])
        finally:
            book.close()
    except BadList:
        raise
    except Exception as error:  # openpyxl and the XML beneath it raise nearly everything
        raise BadList(name=name, why=ListProblem.BROKEN) from error
    header, *rows = found or [()]
    return Sheet(format=ListFormat.XLSX, header=header, rows=rows)


def _rows(name: str, sheet: Any) -> Iterator[Cells]:
    # What a file says of its own size is often wrong, and may be meant to be.
    sheet.reset_dimensions()
    count = 0
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        cells = trimmed(tuple(map(_text, row)))
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise BadList(name=name, why=ListProblem.TOO_MANY, limit=MOST_ROWS)
        yield cells


def _text(value: object) -> str:
    """A cell as a person sees it: 1977 for 1977.0, a day without its midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _refuse_bomb(name: str, data: bytes) -> None:
    """Look at the archive before anything is unpacked: its sizes, and whether its XML declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_sizes(name, parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(_HEAD).upper():
                            raise BadList(name=name, why=ListProblem.BOMB)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise BadList(name=name, why=ListProblem.BROKEN) from error
    if not any(part.filename.lower().startswith("xl/") for part in parts):
        raise BadList(name=name, why=ListProblem.UNKNOWN)


def _refuse_sizes(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise BadList(name=name, why=ListProblem.LOCKED)
    strings = sum(part.file_size for part in parts if part.filename.lower() == STRINGS)
    whole = sum(part.file_size for part in parts)
    if whole > LARGEST_UNPACKED or strings > LARGEST_STRINGS or len(parts) > MOST_PARTS:
        raise BadList(name=name, why=ListProblem.BOMB)
