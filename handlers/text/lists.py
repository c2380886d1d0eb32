"""Lists of requests, a page at a time."""

from handlers.text import labels
from handlers.text.citations import shortened
from handlers.text.rich import Line, bold, line
from handlers.text.screens import Button, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import Voice
from models.queries.requests import LineView, ListView
from models.rules.vocabulary import Filter

COUNTED_TO = 99


def list_screen(voice: Voice, view: ListView) -> Screen:
    """One page: a line and a button for each request, the other lists, the other pages."""
    head = line(bold(f"{voice.label(labels.FILTERS[view.filter])}: {_counted(view.total)}"))
    lines = tuple(_line(voice, one) for one in view.lines) or (line(voice.say("Nothing here.")),)
    return Screen(
        lines=(head, (), *lines), rows=(*_open_rows(view), *_pages(voice, view), *_filters(voice, view))
    )


def _line(voice: Voice, one: LineView) -> Line:
    stage = voice.label(labels.STAGES[one.stage])
    until = f" · {voice.short_day(one.deadline)}" if one.deadline else ""
    return line(bold(one.number), f" · {stage}{until} · {shortened(one.title)}")


def _open_rows(view: ListView) -> Rows:
    return tuple(
        (Button(shortened(f"{one.number} {one.title}", 40), Tap(Verb.CARD, one.id)),) for one in view.lines
    )


def _pages(voice: Voice, view: ListView) -> Rows:
    if view.pages == 1:
        return ()
    at = Button(f"{view.page + 1} / {view.pages}", Tap(Verb.LIST, view.page, 0, view.filter))
    before = Button(voice.label(labels.PREVIOUS), Tap(Verb.LIST, max(0, view.page - 1), 0, view.filter))
    after = Button(voice.label(labels.NEXT), Tap(Verb.LIST, view.page + 1, 0, view.filter))
    return (tuple(b for b, shown in ((before, view.page > 0), (at, True), (after, _more(view))) if shown),)


def _more(view: ListView) -> bool:
    return view.page + 1 < view.pages


def _filters(voice: Voice, view: ListView) -> Rows:
    others = [one for one in Filter if one is not view.filter]
    return rows_of(
        Button(
            f"{voice.label(labels.FILTERS[one])} ({_counted(view.counts[one])})",
            Tap(Verb.LIST, 0, 0, one),
        )
        for one in others
    )


def _counted(n: int) -> str:
    return f"{COUNTED_TO}+" if n > COUNTED_TO else str(n)
