"""The report: what two libraries did for each other, in numbers; behind each stand its requests."""

from collections.abc import Iterator, Sequence

from handlers.text import labels, report_clauses
from handlers.text.cards import library_name
from handlers.text.citations import shortened
from handlers.text.lists import LONGEST_BUTTON, open_rows, request_line
from handlers.text.report_clauses import Section, section_title
from handlers.text.report_words import (
    ANSWERS,
    CONFIRM,
    FIGURES,
    FILL_RATE,
    FORMS,
    LOANS_AND_COPIES,
    OTHER_CLAUSES,
    OUTCOMES,
    QUARTERS,
    REPORT,
    TURNAROUND,
)
from handlers.text.rich import Line, bold, italic, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import Voice
from models.queries.lines import LineView
from models.queries.parties import LibraryView
from models.queries.reports import Confirmed, ReportView
from models.rules.report import Answer, Entry, Figure, Outcome, Span
from models.rules.report.figures import LENDING
from models.rules.vocabulary import Reason, ReportForm, Service

AS = "as."
"""Before the form of a file, in the words of a button."""
BEHIND_PAGE = 6
NOBODY = 0
"""In place of a library: what belongs to both."""


def report_screen(
    voice: Voice, view: ReportView, *, confirmed: Sequence[Confirmed] = (), may_confirm: bool = False
) -> Screen:
    """The figures of both libraries, the ways to their lists, files and neighbours in time."""
    blocks = [list(_section_lines(voice, one)) for one in sections(voice, view)]
    said = [_confirmation(voice, view, one) for one in confirmed]
    return Screen(
        lines=stacked(head_lines(voice, view), *blocks, said),
        rows=_rows(voice, view, may_confirm=may_confirm),
        subject=f"{voice.named(REPORT)} {span_text(voice, view.span)}",
    )


def head_lines(voice: Voice, view: ReportView) -> list[Line]:
    """What the report is about."""
    title, agreement = heads(voice, view)
    return [line(bold(title)), line(agreement)]


def heads(voice: Voice, view: ReportView) -> tuple[str, str]:
    """Title and agreement."""
    codes = " – ".join(one.code for one in view.libraries)
    signed = voice.say("Agreement of {day}", day=voice.day(view.signed_on))
    return f"{voice.named(REPORT)}: {span_text(voice, view.span)}", f"{signed}, {codes}"


def span_text(voice: Voice, span: Span) -> str:
    """A year, a quarter and a month by their numbers, other days by the first and the last."""
    if span.year:
        return str(span.year)
    if span.quarter:
        return f"{span.first.year}, {voice.label(QUARTERS[span.quarter])}"
    if span.month:
        return voice.month(span.first)
    return f"{voice.short_day(span.first)} – {voice.short_day(span.last)}"


def sections(voice: Voice, view: ReportView) -> tuple[Section, ...]:
    """The report in parts, clause by clause, the same for every form in which it is read."""
    lending = (
        Section(LOANS_AND_COPIES, library_name(voice, one), tuple(_library_rows(voice, view, one)))
        for one in view.libraries
    )
    return (*lending, *report_clauses.sections(voice, view))


def _section_lines(voice: Voice, section: Section) -> Iterator[Line]:
    yield line(bold(section_title(voice, section)))
    if not section.rows:
        yield line(voice.say(section.nothing))
    yield from (labelled(name, value) for name, value in section.rows)


def _library_rows(voice: Voice, view: ReportView, library: LibraryView) -> Iterator[tuple[str, str]]:
    own = [one for one in view.entries if one.library == library.id]
    whole = [one for one in own if one.service is None]
    asked = next(one.count for one in whole if one.figure is Figure.ASKED)
    if not asked:
        return
    yield voice.named(FIGURES[Figure.ASKED]), f"{voice.number(asked)}{_services(voice, own)}"
    for figure in Figure:
        if figure is not Figure.ASKED and (counted := [one for one in whole if one.figure is figure]):
            yield voice.named(FIGURES[figure]), ", ".join(_counted(voice, counted))
    yield from _ratios(voice, view, library)


def _services(voice: Voice, own: Sequence[Entry]) -> str:
    parts = [
        f"{voice.label(labels.SERVICES[one.service])} {voice.number(one.count)}"
        for one in own
        if one.figure is Figure.ASKED and one.service in LENDING and one.service and one.count
    ]
    return f" ({', '.join(parts)})" if len(parts) > 1 else ""


def _counted(voice: Voice, counted: Sequence[Entry]) -> Iterator[str]:
    for one in counted:
        name = value_name(voice, one)
        yield f"{name} {voice.number(one.count)}".strip()


def value_name(voice: Voice, entry: Entry) -> str:
    """What the entry counts within its figure; empty for a figure that has no parts."""
    match entry.figure:
        case Figure.OUTCOME:
            return voice.label(OUTCOMES[Outcome(entry.value)])
        case Figure.ANSWER:
            return voice.label(ANSWERS[Answer(entry.value)])
        case Figure.REASON:
            return voice.label(labels.REASONS[Reason(entry.value)])
        case _:
            return entry.value


def _ratios(voice: Voice, view: ReportView, library: LibraryView) -> Iterator[tuple[str, str]]:
    rate = view.fill_rate(library.id)
    if rate is not None:
        yield voice.named(FILL_RATE), voice.percent(rate)
    took = view.turnarounds[library.id]
    if took:
        median, ninety = voice.decimal(took.median), voice.decimal(took.ninety)
        said = voice.say("median {median}; nine in ten within {ninety}", median=median, ninety=ninety)
        yield voice.named(TURNAROUND), said


def _confirmation(voice: Voice, view: ReportView, one: Confirmed) -> Line:
    library = next(library_name(voice, each) for each in view.libraries if each.id == one.library)
    day = voice.local_day(one.at, next(each.zone for each in view.libraries if each.id == one.library))
    said = voice.say("{library}: confirmed on {day}", library=library, day=day)
    changed = voice.say("the figures have changed since")
    return line(italic(said if one.digest == view.digest else f"{said} ({changed})"))


def file_screen(voice: Voice, view: ReportView) -> Screen:
    """The words beside a report that is a file."""
    return Screen(lines=tuple(head_lines(voice, view)))


def _files(voice: Voice, view: ReportView) -> Rows:
    """The report as a file: one in the reader's language, papers in each language of the agreement."""
    word = view.span.pack()
    return rows_of(
        Button(voice.label(FORMS[one]), Tap(Verb.REPORT, view.agreement, 0, word, f"{AS}{one}"))
        for one in ReportForm
    )


def _rows(voice: Voice, view: ReportView, *, may_confirm: bool) -> Rows:
    word = view.span.pack()
    figures = [
        Button(
            voice.say("Figures: {code}", code=one.code),
            Tap(Verb.REPORT, view.agreement, 0, word, f"of.{one.id}"),
        )
        for one in view.libraries
    ]
    if things := report_clauses.things(voice, view):
        text = f"{voice.label(OTHER_CLAUSES)}: {voice.number(len(things))}"
        figures.append(Button(text, Tap(Verb.REPORT, view.agreement, 0, word, f"of.{NOBODY}")))
    confirm = Button(
        voice.label(CONFIRM), Tap(Verb.REPORT, view.agreement, 0, word, "confirm"), ButtonStyle.SUCCESS
    )
    return (
        *rows_of(figures),
        *_files(voice, view),
        *_other_days(voice, view),
        *(((confirm,),) if may_confirm else ()),
    )


def _other_days(voice: Voice, view: ReportView) -> Rows:
    """Ways to the days beside the ones shown, to those that they are part of, and into their parts."""
    span = view.span
    parts = [Button(_part(voice, one), _to(view, one)) for one in span.within]
    near = [Button(span_text(voice, one), _to(view, one)) for one in (*span.beside, *span.around)]
    months = (tuple(parts),) if span.quarter else rows_of(parts)
    return (*rows_of(near), *months)


def _to(view: ReportView, span: Span) -> Tap:
    return Tap(Verb.REPORT, view.agreement, 0, span.pack())


def _part(voice: Voice, span: Span) -> str:
    """A quarter under its year needs no year."""
    return voice.label(QUARTERS[span.quarter]) if span.quarter else voice.month(span.first)


def figures_screen(voice: Voice, view: ReportView, library: int) -> Screen:
    """Every number of a library as a button that opens the requests behind it."""
    owner = next((one for one in view.libraries if one.id == library), view.libraries[0])
    counted = [one for one in view.entries if one.library == owner.id and _is_shown(one)]
    word = view.span.pack()
    buttons = [
        (Button(entry_name(voice, one), Tap(Verb.REPORT, view.agreement, 0, word, one.key)),)
        for one in counted
    ]
    head = line(bold(library_name(voice, owner)))
    ask = line(voice.say("Which requests shall be shown?"))
    return Screen(lines=(*head_lines(voice, view), (), head, ask), rows=(*buttons, _back(voice, view)))


def _is_shown(entry: Entry) -> bool:
    """Loans and copies are counted together, acquisitions by themselves."""
    return entry.count > 0 and entry.service in {None, Service.ACQUISITION}


def things_screen(voice: Voice, view: ReportView, *, page: int) -> Screen:
    """What was done under the other clauses, a page at a time."""
    things = report_clauses.things(voice, view)
    page = min(page, max(0, (len(things) - 1) // BEHIND_PAGE))
    shown = things[page * BEHIND_PAGE : (page + 1) * BEHIND_PAGE]
    buttons = tuple((Button(shortened(text, LONGEST_BUTTON), opens),) for text, opens in shown)
    key = f"of.{NOBODY}"
    turning = _pages(voice, view, key, page=page, count=len(things))
    return Screen(lines=tuple(head_lines(voice, view)), rows=(*buttons, *turning, _back(voice, view)))


def entry_name(voice: Voice, entry: Entry) -> str:
    """A number with its name."""
    part = value_name(voice, entry) or voice.named(FIGURES[entry.figure])
    of = f"{voice.label(labels.SERVICES[entry.service])}: " if entry.service else ""
    return f"{of}{part[:1].upper()}{part[1:]}: {voice.number(entry.count)}"


def behind_screen(
    voice: Voice, view: ReportView, entry: Entry, *, lines: Sequence[LineView], page: int
) -> Screen:
    """The requests behind one number, a page at a time."""
    owner = next(one for one in view.libraries if one.id == entry.library)
    head = [
        line(bold(f"{library_name(voice, owner)}, {span_text(voice, view.span)}")),
        line(entry_name(voice, entry)),
    ]
    return Screen(
        lines=stacked(head, [request_line(voice, one) for one in lines]),
        rows=(
            *open_rows(lines),
            *_pages(voice, view, entry.key, page=page, count=entry.count),
            _back(voice, view),
        ),
    )


def _pages(voice: Voice, view: ReportView, key: str, *, page: int, count: int) -> Rows:
    def turned(to: int) -> Tap:
        return Tap(Verb.REPORT, view.agreement, to, view.span.pack(), key)

    row = []
    if page:
        row.append(Button(voice.label(labels.PREVIOUS), turned(page - 1)))
    if (page + 1) * BEHIND_PAGE < count:
        row.append(Button(voice.label(labels.NEXT), turned(page + 1)))
    return (tuple(row),) if row else ()


def _back(voice: Voice, view: ReportView) -> tuple[Button, ...]:
    return (Button(voice.label(labels.BACK), Tap(Verb.REPORT, view.agreement, 0, view.span.pack())),)


def which_screen(voice: Voice, partners: Sequence[tuple[int, LibraryView]]) -> Screen:
    """With which library? Each agreement by its partner."""
    buttons = tuple((Button(library_name(voice, one), Tap(Verb.REPORT, number)),) for number, one in partners)
    return Screen(lines=(line(bold(voice.say("A report with which library?"))),), rows=buttons)
