"""Gap lists as workbooks: a whole list, and the rows of one that could not be stored."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from handlers.papers.sheet import XLSX
from handlers.papers.workbook import LONGEST_CELL, tab, written
from handlers.text import labels
from handlers.text.cards import library_name
from handlers.text.gapfiles import LIBRARY, NUMBER, ROW, ROW_PROBLEMS, STATE, WHY
from handlers.text.gaps import GAPS, IMPORT, LISTS, STATES
from handlers.text.screens import Document
from handlers.text.voice import Voice
from models.queries.gaps import ItemView
from models.rules.gaps import items
from models.rules.gaps.taking import WrongRow
from models.rules.vocabulary import GapList

Sheet = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def wrong_rows(voice: Voice, name: str, header: Sequence[str], wrong: Sequence[WrongRow]) -> Document:
    """The rows that were not stored, as they came, each with its number and the reason."""
    head = [voice.named(ROW), voice.named(WHY), *header]
    rows = [(str(one.number), voice.label(ROW_PROBLEMS[one.problem]), *one.cells) for one in wrong]
    content = _workbook([(voice.label(IMPORT), head, rows)])
    return Document(f"{name.rpartition('.')[0] or name}-errors.xlsx", XLSX, content)


def exported(voice: Voice, lists: Sequence[tuple[GapList, Sequence[ItemView]]]) -> Document:
    """Lists as a workbook, a sheet for each."""
    head = [
        voice.named(NUMBER),
        *(voice.named(labels.FIELDS[name]) for name in items.FIELDS),
        voice.named(STATE),
        voice.named(LIBRARY),
    ]
    sheets = [(voice.label(LISTS[chosen]), head, list(_exported(voice, views))) for chosen, views in lists]
    return Document(f"{voice.label(GAPS)}.xlsx", XLSX, _workbook(sheets))


def _exported(voice: Voice, views: Iterable[ItemView]) -> Iterator[tuple[str, ...]]:
    for one in views:
        cells = (str(one.values.get(name) or "") for name in items.FIELDS)
        yield (str(one.id), *cells, voice.label(STATES[one.state]), library_name(voice, one.library))


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX of text cells, a heading above each sheet; cells longer than a workbook allows are cut."""
    target = BytesIO()
    with written(target) as book:
        strong = book.add_format({"bold": True})
        for name, head, rows in sheets:
            sheet = book.add_worksheet(tab(name))
            sheet.freeze_panes(1, 0)
            for at, cell in enumerate(head):
                sheet.write_string(0, at, cell, strong)
            for number, row in enumerate(rows, start=1):
                for at, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, at, cell[:LONGEST_CELL])
    return target.getvalue()
