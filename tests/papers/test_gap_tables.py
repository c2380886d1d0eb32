"""Gap lists as workbooks, opened by a reader that is not ours."""

from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook

from handlers.papers import gap_tables
from handlers.text import gapfiles
from handlers.text.screens import Document
from handlers.text.voice import Voice
from models.rules.gaps import items
from models.rules.gaps.taking import WrongRow, understand
from models.rules.vocabulary import GapList, RowProblem
from tests.text.test_gaps import ITEM, VALUES
from tests.text.test_limits import VOICES


@VOICES
def test_rows_come_back_as_they_were_with_the_reason(voice: Voice) -> None:
    wrong = [WrongRow(7, RowProblem.BAD_ISBN, ("Абай", "=1+1", ""))]

    document = gap_tables.wrong_rows(voice, "list.csv", ["Title", "ISBN", "Note"], wrong)

    [head, row] = opened(document)
    assert document.name == "list-errors.xlsx"
    assert head[2:] == ("Title", "ISBN", "Note")
    assert row == ("7", voice.label(gapfiles.ROW_PROBLEMS[RowProblem.BAD_ISBN]), "Абай", "=1+1", None)


@VOICES
def test_an_exported_list_is_text_and_comes_back_as_the_same_list(voice: Voice) -> None:
    document = gap_tables.exported(voice, [(GapList.OURS, [replace(ITEM, values=VALUES)])])

    [one] = understand(document.name, document.content).lines
    assert items.digest(one) == items.digest(VALUES)


def opened(document: Document) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(document.content)).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    return list(sheet.iter_rows(values_only=True))
