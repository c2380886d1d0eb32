"""The report as a workbook: figures with charts of their own, every request, what could not be found."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from handlers.papers.workbook import tab, written
from handlers.text import labels, report_clauses, report_words, reports
from handlers.text.cards import library_name
from handlers.text.voice import Voice
from models.queries.reports import ReportView
from models.rules.report import Figure, Matter
from models.rules.vocabulary import Language

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CHARTED = (Figure.OUTCOME, Figure.REASON)
CHART_ROWS = 16
"""Rows that a chart covers."""


def report_table(view: ReportView, language: Language) -> bytes:
    """The workbook (ECMA-376). Every text is a text: nothing that a person typed becomes a formula."""
    out, voice = BytesIO(), Voice(language)
    with written(out) as book:
        _figures(book, voice, view)
        _requests(book, voice.named(report_words.REQUESTS), view.matters, voice, view)
        _requests(book, voice.named(report_words.UNFOUND), view.unfound, voice, view)
    return out.getvalue()


def _figures(book: "Workbook", voice: Voice, view: ReportView) -> None:
    sheet = book.add_worksheet(tab(voice.named(report_words.REPORT)))
    strong = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(view.libraries), 32, wrapped)
    for row, text in enumerate(reports.heads(voice, view)):
        sheet.write_string(row, 0, text, strong)
    row = 3
    for section in reports.sections(voice, view):
        sheet.write_string(row, 0, report_clauses.section_title(voice, section), strong)
        rows = section.rows or (("", voice.say(section.nothing)),)
        for name, value in rows:
            row += 1
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        row += 2
    for figure in CHARTED:
        row = _charted(book, sheet, voice, view, figure=figure, row=row)


def _charted(
    book: "Workbook", sheet: "Worksheet", voice: Voice, view: ReportView, *, figure: Figure, row: int
) -> int:
    """A table of numbers and its chart; the first row under them."""
    names, columns = _numbers(voice, view, figure)
    if not names:
        return row
    title = voice.named(report_words.FIGURES[figure])
    sheet.write_string(row, 0, title, book.add_format({"bold": True}))
    for column, library in enumerate(view.libraries, start=1):
        sheet.write_string(row, column, library_name(voice, library), book.add_format({"bold": True}))
    for place, name in enumerate(names, start=1):
        sheet.write_string(row + place, 0, name)
        for column, numbers in enumerate(columns, start=1):
            sheet.write_number(row + place, column, numbers[place - 1])
    last = row + len(names)
    chart = book.add_chart({"type": "bar" if figure is Figure.REASON else "column"})
    for column in range(1, len(columns) + 1):
        chart.add_series(
            {
                "name": [sheet.name, row, column],
                "categories": [sheet.name, row + 1, 0, last, 0],
                "values": [sheet.name, row + 1, column, last, column],
                "data_labels": {"value": True},
            }
        )
    chart.set_title({"name": title})
    sheet.insert_chart(last + 2, 0, chart)
    return last + 2 + CHART_ROWS


def _numbers(voice: Voice, view: ReportView, figure: Figure) -> tuple[list[str], list[list[int]]]:
    """The names of a figure's values in either library, and each library's numbers of them."""
    counted = [one for one in view.entries if one.figure is figure and one.service is None]
    values = list(dict.fromkeys(one.value for one in counted))
    names = [
        next(reports.value_name(voice, one) for one in counted if one.value == value) for value in values
    ]
    columns = [
        [next((e.count for e in counted if (e.library, e.value) == (one.id, value)), 0) for value in values]
        for one in view.libraries
    ]
    return names, columns


def _requests(
    book: "Workbook", title: str, matters: Sequence[Matter], voice: Voice, view: ReportView
) -> None:
    sheet = book.add_worksheet(tab(title))
    strong, days = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
    for column, (name, width) in enumerate(_columns(voice)):
        sheet.write_string(0, column, name, strong)
        sheet.set_column(column, column, width)
    for row, one in enumerate(matters, start=1):
        for column, value in enumerate(_cells(voice, view, one)):
            sheet.write_string(row, column, value)
        sheet.write_datetime(row, len(_columns(voice)) - 1, one.asked_at.replace(tzinfo=None), days)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(matters)), len(_columns(voice)) - 1)


def _columns(voice: Voice) -> tuple[tuple[str, int], ...]:
    named = (
        (report_words.NUMBER, 18),
        (report_words.SERVICE, 14),
        (report_words.LIBRARY, 32),
        (report_words.TITLE, 60),
        (report_words.FIGURES[Figure.OUTCOME], 24),
        (report_words.FIGURES[Figure.REASON], 32),
        (report_words.ASKED_ON, 14),
    )
    return tuple((voice.named(term), width) for term, width in named)


def _cells(voice: Voice, view: ReportView, one: Matter) -> Iterator[str]:
    yield one.number
    yield voice.label(labels.SERVICES[one.service])
    yield next(library_name(voice, each) for each in view.libraries if each.id == one.library)
    yield one.title
    yield voice.label(report_words.OUTCOMES[one.outcome])
    yield voice.label(labels.REASONS[one.reason]) if one.reason else ""
