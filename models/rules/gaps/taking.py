"""From the bytes of a list to its lines, and to the rows that are none. A long list takes seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.rules.gaps import columns as columns_of
from models.rules.gaps import items
from models.rules.gaps.columns import Columns
from models.rules.gaps.items import Values
from models.rules.gaps.sheets import Cells, Sheet, read_sheet
from models.rules.vocabulary import Holding, ListFormat, RowProblem

SHOWN = 3
LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that is not stored: its number in the file (from 1, the heading counted), why, and its cells."""

    number: int
    problem: RowProblem
    cells: Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line ready to be stored."""

    values: Values
    digest: str
    search_key: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A list as it would be stored. `known` counts rows that repeat an earlier one of the same file."""

    format: ListFormat
    header: Cells
    columns: Columns
    headed: bool
    rows: int
    sample: tuple[Cells, ...]
    lines: Sequence[Values]
    wrong: Sequence[WrongRow]

    def as_sample(self) -> dict[str, Any]:
        """What is kept for showing the list before it is stored."""
        return {
            "format": self.format,
            "header": [cell[:LONGEST_SHOWN] for cell in self.header],
            "rows": [[cell[:LONGEST_SHOWN] for cell in row] for row in self.sample],
        }


def understand(
    name: str, data: bytes, *, columns: Columns | None = None, headed: bool | None = None
) -> Understood:
    """Read a list, by these columns or those that it shows by itself. Raises `BadList`."""
    sheet = read_sheet(name, data)
    found, has_head = columns_of.recognised(sheet)
    chosen = found if columns is None else columns
    is_headed = has_head if headed is None else headed
    return _understood(sheet, chosen, headed=is_headed)


def _understood(sheet: Sheet, columns: Columns, *, headed: bool) -> Understood:
    rows = list(_numbered(sheet, headed=headed))
    lines: list[Values] = []
    wrong: list[WrongRow] = []
    for number, cells, readable in rows:
        value = items.checked(columns_of.values_of_row(cells, columns)) if readable else RowProblem.UNREADABLE
        if isinstance(value, RowProblem):
            wrong.append(WrongRow(number, value, cells))
        else:
            lines.append(value)
    return Understood(
        format=sheet.format,
        header=sheet.header if headed else (),
        columns=columns,
        headed=headed,
        rows=len(rows),
        sample=tuple(cells for _, cells, _ in rows[:SHOWN]),
        lines=lines,
        wrong=wrong,
    )


def _numbered(sheet: Sheet, *, headed: bool) -> Iterator[tuple[int, Cells, bool]]:
    """Rows with their number in the file; records of MARC have no heading to count."""
    if not headed:
        yield 1, sheet.header, True
    first = 1 if sheet.fields is not None else 2
    for at, cells in enumerate(sheet.rows):
        yield at + first, cells, at not in sheet.unreadable


def prepared(values: Values, *, library: int, holding: Holding) -> Line:
    """Everything that is stored with a line."""
    return Line(
        values=values,
        digest=items.digest(values),
        search_key=items.search_key(values, library=library, holding=holding),
        keys=items.keys(values),
    )
