"""Lists that come as files: how one was understood, and what became of it."""

from collections.abc import Iterator

from handlers.text import labels
from handlers.text.citations import heading
from handlers.text.gaps import IMPORT, LISTS, tap
from handlers.text.gapwords import display as gap_word
from handlers.text.rich import Line, bold, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, rows_of
from handlers.text.voice import Label, Voice, label, message
from handlers.text.words import display
from models.queries.gaps import ImportView
from models.rules.gaps import items
from models.rules.gaps.items import CITATION
from models.rules.vocabulary import GapList, Holding, ListProblem, RowProblem

CELL_SHOWN = 60
CITED = label("gaps", "whole citation")
NOT_USED = label("gaps", "not used")
COLUMN = label("gaps", "column {n}")
FORMAT = label("gaps", "format")
ROWS = label("gaps", "rows")
NUMBER = label("gaps", "line number")
STATE = label("gaps", "state")
LIBRARY = label("gaps", "library")
WHY = label("gaps", "why not stored")
ROW = label("gaps", "row")
AS_GAPS = label("button", "Store as gaps")
AS_SPARES = label("button", "Store as duplicates")
COLUMNS = label("button", "Correct a column")
ROW_PROBLEMS: dict[RowProblem, Label] = {
    RowProblem.NO_TITLE: label("row_problem", "no title"),
    RowProblem.BAD_ISBN: label("row_problem", "the ISBN is not one"),
    RowProblem.BAD_ISSN: label("row_problem", "the ISSN is not one"),
    RowProblem.BAD_YEAR: label("row_problem", "the year has no four digits"),
    RowProblem.TOO_LONG: label("row_problem", "a cell is too long"),
    RowProblem.UNREADABLE: label("row_problem", "the record cannot be read"),
}
LIST_PROBLEMS: dict[ListProblem, str] = {
    ListProblem.UNKNOWN: message(
        "This file is not a list that can be read. File: {name}. "
        "Possible: XLSX, CSV, MARC 21, UNIMARC, MARCXML."
    ),
    ListProblem.TOO_LARGE: message("The file is too large. File: {name}. At most {limit} MB fit."),
    ListProblem.TOO_MANY: message(
        "The list is too long. File: {name}. At most {limit} rows fit: please send it in parts."
    ),
    ListProblem.BOMB: message(
        "The file unpacks to more than a list can be, or declares things that lists do not need. "
        "It was not opened. File: {name}."
    ),
    ListProblem.LOCKED: message(
        "The file is locked by a password, or is of the old format XLS. File: {name}. "
        "Please save it as XLSX without a password."
    ),
    ListProblem.EMPTY: message("The list is empty. File: {name}."),
    ListProblem.BROKEN: message(
        "The file is damaged. File: {name}. Please save it anew, or as CSV in UTF-8, and send it again."
    ),
}


def field_label(voice: Voice, field: str | None) -> str:
    """What a column is."""
    if field is None:
        return voice.label(NOT_USED)
    return voice.label(CITED if field == CITATION else labels.FIELDS[field])


def _column(voice: Voice, view: ImportView, at: int) -> str:
    named = view.header[at] if at < len(view.header) else ""
    return named or voice.label(COLUMN).format(n=at + 1)


def _shown_columns(view: ImportView) -> Iterator[int]:
    """Columns that are named or hold something in the first rows."""
    for at in range(len(view.columns)):
        cells = [row[at] for row in view.sample if at < len(row)]
        if any(cells) or (at < len(view.header) and view.header[at]):
            yield at


def import_screen(voice: Voice, view: ImportView, *, column: int | None = None, by_mail: bool) -> Screen:
    """A list as it would be stored: its columns, its first lines, how many rows; nothing is stored yet."""
    if column is not None:
        return _which_field(voice, view, column)
    lines = stacked(_head(voice, view), _columns(voice, view), _sample(view), _wrong(voice, view))
    if by_mail:
        return Screen(lines=stacked(lines, _by_mail(voice, view)), subject=voice.label(IMPORT))
    return Screen(lines=lines, rows=_import_rows(voice, view))


def _head(voice: Voice, view: ImportView) -> Iterator[Line]:
    yield line(bold(view.name))
    yield labelled(voice.named(FORMAT), f"{view.format} · {voice.label(ROWS)}: {voice.number(view.rows)}")


def _columns(voice: Voice, view: ImportView) -> Iterator[Line]:
    yield line(bold(voice.say("This is how the columns are understood:")))
    for at in _shown_columns(view):
        name, field = _column(voice, view, at), field_label(voice, view.columns[at])
        yield line(f"{at + 1}. {name[:CELL_SHOWN]} → ", bold(field))


def _sample(view: ImportView) -> Iterator[Line]:
    for row in view.sample:
        cells = {field: cell for field, cell in zip(view.columns, row, strict=False) if field and cell}
        cells["title"] = cells.get("title") or cells.get(CITATION) or ""
        if cells["title"]:
            year = f" · {cells['year']}" if cells.get("year") else ""
            yield line(f"• {heading(cells)[:200]}{year}")


def _wrong(voice: Voice, view: ImportView) -> Iterator[Line]:
    if view.wrong:
        yield line(
            voice.plural(
                "{n} row cannot be stored so; it will come back as a file.",
                "{n} rows cannot be stored so; they will come back as a file.",
                view.wrong,
            )
        )


def _by_mail(voice: Voice, view: ImportView) -> Iterator[Line]:
    which = "gaps" if view.holding is Holding.MISSING else "duplicates"
    yield line(bold(voice.say("Nothing is stored yet. To answer, reply to this mail with one of these:")))
    for word in (which, "duplicates" if which == "gaps" else "gaps"):
        term = AS_GAPS if word == "gaps" else AS_SPARES
        yield line("• ", bold(display(word, voice.language)), f" — {voice.label(term)}")
    yield line("• ", bold(display("discard", voice.language)), f" — {voice.label(labels.DISCARD)}")
    sample = f"2: {voice.label(labels.FIELDS['title'])}"
    yield line("• ", bold(sample), " — ", voice.say("column 2 is the title; so for any other column"))


def _import_rows(voice: Voice, view: ImportView) -> Rows:
    kept = {Holding.MISSING: AS_GAPS, Holding.SPARE: AS_SPARES}
    order = (view.holding, view.holding.other)
    stores = tuple(
        (
            Button(
                voice.label(kept[one]),
                tap("store", one, number=view.id),
                ButtonStyle.SUCCESS if one is view.holding else ButtonStyle.PLAIN,
            ),
        )
        for one in order
    )
    more = (
        Button(voice.label(COLUMNS), tap("cols", number=view.id)),
        Button(voice.label(labels.DISCARD), tap("toss", number=view.id)),
    )
    return (*stores, *rows_of(more))


WHICH_COLUMN = -1


def _which_field(voice: Voice, view: ImportView, column: int) -> Screen:
    back = (Button(voice.label(labels.BACK), tap("shown", number=view.id)),)
    if column == WHICH_COLUMN:
        choices = tuple(
            (Button(f"{at + 1}. {_column(voice, view, at)}"[:40], tap("col", str(at), number=view.id)),)
            for at in _shown_columns(view)
        )
        return Screen(lines=(line(voice.say("Which column?")),), rows=(*choices[:60], back))
    fields = (*items.FIELDS, CITATION, None)
    buttons = [
        Button(field_label(voice, one)[:40], tap("field", f"{column}.{one or '-'}", number=view.id))
        for one in fields
    ]
    name = _column(voice, view, column)
    return Screen(
        lines=(line(voice.say("What is in this column? {name}", name=name)),), rows=(*rows_of(buttons), back)
    )


def stored_screen(voice: Voice, view: ImportView) -> Screen:
    """What became of a list; the rows that could not be stored come back as a file."""
    which = GapList.OURS if view.holding is Holding.MISSING else GapList.OUR_SPARES
    lines = [
        line(bold(f"{view.name} · {voice.label(LISTS[which])}")),
        line(voice.plural("Stored: {n} document.", "Stored: {n} documents.", view.added)),
    ]
    if view.known:
        lines.append(line(voice.plural("On the list already: {n}.", "On the list already: {n}.", view.known)))
    if view.wrong:
        lines.append(
            line(
                voice.plural(
                    "Not stored: {n} row. It is in the attached file with the reason; "
                    "please correct it there and send the file.",
                    "Not stored: {n} rows. They are in the attached file with the reasons; "
                    "please correct them there and send the file.",
                    view.wrong,
                )
            )
        )
    if view.matched:
        lines.append(
            line(
                voice.plural(
                    "The partners' lists may answer {n} of them: see the exchanges.",
                    "The partners' lists may answer {n} of them: see the exchanges.",
                    view.matched,
                )
            )
        )
    back = Button(voice.label(LISTS[which]), tap("list", f"{which}.open.0"))
    return Screen(
        lines=tuple(lines),
        rows=((back,),),
        subject=voice.label(IMPORT),
    )


def unread(voice: Voice, why: ListProblem, name: str, limit: int | None) -> str:
    """Why a file is not read as a list."""
    return voice.say(LIST_PROBLEMS[why], name=name, limit=voice.number(limit or 0))


WORDS_FOR_LINES = ("original", "copy", "lend", "no", "want", "remove")


def mail_help(voice: Voice) -> Iterator[Line]:
    """How lines are answered by mail."""
    yield line(
        bold(voice.say("To answer lines, reply to this mail, one answer a line: a word and the number."))
    )
    terms = {
        "original": "12",
        "copy": "12, 15",
        "lend": "12",
        "no": "12",
        "want": "31",
        "remove": "40",
    }
    samples = "; ".join(f"{gap_word(word, voice.language)} {terms[word]}" for word in WORDS_FOR_LINES)
    yield line(samples)
    yield line(
        voice.say(
            "To add to your lists, write a mail that begins with {gaps} or {duplicates} and holds a citation "
            "a line, or has the list attached: XLSX, CSV, MARC. To search, reply with {find} and words.",
            gaps=display("gaps", voice.language),
            duplicates=display("duplicates", voice.language),
            find=display("find", voice.language),
        )
    )
