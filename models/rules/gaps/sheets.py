"""A list in a file: which kind it is, its rows as text, and what cannot be read. Pure.

Nothing in a file is executed: formulas are never evaluated (the value that was stored with them is read),
macros are never opened, entities of XML are refused, and an archive that unpacks to more than it may is
refused before it is unpacked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.gaps import items
from models.rules.gaps.items import CITATION
from models.rules.gaps.refusals import BadList
from models.rules.vocabulary import ListFormat, ListProblem

MOST_ROWS = 100_000
MOST_COLUMNS = 60
PASTED = "text"
"""The name of a list that was pasted into a message."""
LARGEST = 20_000_000
"""Octets of a file."""
ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".mrc", ".marc", ".iso", ".xml", ".mrx")
"""What a list may be called."""

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A list as it came. `header` names the columns (empty: the file has none); `fields`: what they are,
    where the format itself says so. `unreadable` are numbers of rows of which the file gives no text.
    """

    format: ListFormat
    header: Cells
    rows: Sequence[Cells]
    fields: tuple[str | None, ...] | None = None
    unreadable: frozenset[int] = frozenset()


def read_sheet(name: str, data: bytes) -> Sheet:
    """The rows of a file, whatever it is called. Raises `BadList` with the reason."""
    if len(data) > LARGEST:
        raise BadList(name=name, why=ListProblem.TOO_LARGE, limit=LARGEST // 1_000_000)
    sheet = _read(name, data)
    if not sheet.rows:
        raise BadList(name=name, why=ListProblem.EMPTY)
    if len(sheet.rows) > MOST_ROWS:
        raise BadList(name=name, why=ListProblem.TOO_MANY, limit=MOST_ROWS)
    return sheet


def trimmed(cells: Cells) -> Cells:
    """Without the empty cells at the end."""
    width = next((at for at in range(len(cells), 0, -1) if cells[at - 1]), 0)
    return cells[:width]


def _read(name: str, data: bytes) -> Sheet:
    from models.rules.gaps import delimited, marc, workbook

    if name == PASTED:
        lines = items.lines_in(data.decode())
        return Sheet(format=ListFormat.TEXT, header=(), rows=[(one,) for one in lines], fields=(CITATION,))
    if data.startswith(b"PK\x03\x04"):
        return workbook.read(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        # The container of the 1990s: an old workbook, or a new one behind a password.
        raise BadList(name=name, why=ListProblem.LOCKED)
    if marc.is_marc(data):
        return marc.read(name, data)
    if marc.is_xml(data):
        return marc.read_xml(name, data)
    if b"\x00" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadList(name=name, why=ListProblem.UNKNOWN)
    return delimited.read(name, data)
