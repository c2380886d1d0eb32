"""Lists of requests, a page at a time, and the part of them that a person wants to see."""

from collections.abc import Iterator, Sequence

from handlers.text import details as detail_text
from handlers.text import labels
from handlers.text.cards import DEADLINE, URGENT, library_name
from handlers.text.citations import shortened
from handlers.text.rich import Line, bold, italic, line
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import Voice, message
from models.queries.lines import LineView
from models.queries.lists import COUNTED_TO, ListView
from models.queries.parties import LibraryView
from models.rules.narrowing import Narrowing
from models.rules.vocabulary import Filter, Flag, Group, Service, Stage

WHICH_PART = message("Which requests shall be shown? A second tap on a choice takes it back.")
LONGEST_BUTTON = 40
WITH_DUE = frozenset({Stage.SHIPPED, Stage.ON_LOAN, Stage.RETURNING, Stage.LOST})
OFFERED = tuple(group for group in Group if group is not Group.DRAFT)
"""A draft is nobody's request yet."""


def list_screen(voice: Voice, view: ListView, *, partner: LibraryView | None = None) -> Screen:
    """One page: a line and a button for each request, other pages, all lists, search and filter.

    `partner` is the library to which the list is narrowed.
    """
    head = line(bold(f"{voice.label(labels.FILTERS[view.filter])}: {counted(view.total)}"))
    part = " · ".join(_part(voice, view.narrowing, partner))
    lines = tuple(request_line(voice, one) for one in view.lines) or (line(voice.say("Nothing here.")),)
    return Screen(
        lines=(head, *((line(italic(part)),) if part else ()), (), *lines),
        rows=(*open_rows(view.lines), *_pages(voice, view), *_lists(voice, view), _ways(voice, view)),
    )


def request_line(voice: Voice, one: LineView) -> Line:
    """Number, stage, partner, title, and the day that matters."""
    marks = [voice.label(URGENT)] if one.urgent else []
    marks += [voice.label(labels.FLAGS[flag]) for flag in Flag if flag in one.flags]
    stage = ", ".join([voice.label(labels.STAGES[one.stage]), *marks])
    parts = [stage, one.partner.code, shortened(one.title), *_day(voice, one)]
    return line(bold(one.number), " · ", " · ".join(parts))


def _day(voice: Voice, one: LineView) -> Iterator[str]:
    if one.due and one.stage in WITH_DUE:
        yield f"{voice.label(detail_text.DUE)}: {voice.short_day(one.due)}"
    elif one.until:
        term = detail_text.ASK_AGAIN if one.stage is Stage.RETRY else detail_text.EXPECTED
        yield f"{voice.label(term)}: {voice.short_day(one.until)}"
    elif one.deadline:
        yield f"{voice.label(DEADLINE)}: {voice.short_day(one.deadline)}"


def open_rows(lines: Sequence[LineView]) -> Rows:
    """A button for each request, which opens its card."""
    texts = ((one.id, shortened(f"{one.number} {one.title}", LONGEST_BUTTON)) for one in lines)
    return tuple((Button(text, Tap(Verb.CARD, request)),) for request, text in texts)


def _tap(view: ListView, *, page: int = 0, chosen: Filter | None = None) -> Tap:
    return Tap(Verb.LIST, page, 0, chosen or view.filter, view.narrowing.pack())


def _pages(voice: Voice, view: ListView) -> Rows:
    if not view.page and not view.more:
        return ()
    at = f"{view.page + 1} / {view.pages}" if view.pages else str(view.page + 1)
    row = [Button(at, _tap(view, page=view.page))]
    if view.page:
        row.insert(0, Button(voice.label(labels.PREVIOUS), _tap(view, page=view.page - 1)))
    if view.more:
        row.append(Button(voice.label(labels.NEXT), _tap(view, page=view.page + 1)))
    return (tuple(row),)


def _lists(voice: Voice, view: ListView) -> Rows:
    """All lists, always in the same place; the one shown stands out."""
    return rows_of(
        Button(
            f"{voice.label(labels.FILTERS[one])} ({counted(view.counts[one])})",
            _tap(view, chosen=one),
            ButtonStyle.PRIMARY if one is view.filter else ButtonStyle.PLAIN,
        )
        for one in Filter
    )


def _ways(voice: Voice, view: ListView) -> tuple[Button, ...]:
    narrow = Tap(Verb.NARROW, 0, 0, view.filter, view.narrowing.pack())
    style = ButtonStyle.PRIMARY if view.narrowing else ButtonStyle.PLAIN
    return (
        Button(voice.label(labels.SEARCH), Tap(Verb.FIND)),
        Button(voice.label(labels.NARROW), narrow, style),
    )


def counted(n: int) -> str:
    """A number of requests; from a hundred on it only says so."""
    return f"{COUNTED_TO}+" if n > COUNTED_TO else str(n)


def _part(voice: Voice, narrowing: Narrowing, partner: LibraryView | None) -> Iterator[str]:
    if narrowing.partner and partner:
        yield library_name(voice, partner)
    if narrowing.service:
        yield voice.label(labels.SERVICES[narrowing.service])
    if narrowing.group:
        yield voice.label(labels.GROUPS[narrowing.group])


def narrowing_screen(
    voice: Voice, chosen: Filter, narrowing: Narrowing, partners: Sequence[LibraryView]
) -> Screen:
    """What the list can be narrowed to; each choice shows the list at once."""

    def choice(text: str, part: Narrowing) -> Button:
        style = ButtonStyle.PRIMARY if narrowing.has(part) else ButtonStyle.PLAIN
        return Button(text, Tap(Verb.LIST, 0, 0, chosen, narrowing.turned(part).pack()), style)

    services = [choice(voice.label(labels.SERVICES[one]), Narrowing(service=one)) for one in Service]
    groups = [choice(voice.label(labels.GROUPS[one]), Narrowing(group=one)) for one in OFFERED]
    libraries = [choice(library_name(voice, one), Narrowing(partner=one.id)) for one in partners]
    whole = Button(voice.label(labels.WHOLE_LIST), Tap(Verb.LIST, 0, 0, chosen))
    return Screen(
        lines=(line(bold(voice.label(labels.FILTERS[chosen]))), line(voice.say(WHICH_PART))),
        rows=(*rows_of(services), *rows_of(groups), *rows_of(libraries), (whole,)),
    )
