"""Gap lists in words: a page of a list, one line of it, what is asked."""

from collections.abc import Iterator, Sequence

from handlers.text import exchanges, labels
from handlers.text.cards import library_name
from handlers.text.citations import citation_lines, heading, shortened
from handlers.text.rich import Line, Lines, bold, italic, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.staff import REMOVE
from handlers.text.voice import Label, Voice, label, message
from models.queries.gaps import COUNTED_TO, Balance, GapPage, ItemView
from models.rules.vocabulary import (
    Act,
    ExchangeAct,
    ExchangeStage,
    GapList,
    Holding,
    ItemState,
    Way,
)

NEARLY = message("No line has exactly these words. Similar spellings:")
GAPS = label("gaps", "Gap lists")
LISTS: dict[GapList, Label] = {
    GapList.OURS: label("gaps", "Our gaps"),
    GapList.THEIRS: label("gaps", "Partner's gaps"),
    GapList.OUR_SPARES: label("gaps", "Our duplicates"),
    GapList.THEIR_SPARES: label("gaps", "Their duplicates"),
    GapList.EXCHANGES: label("gaps", "Exchanges"),
}
STATES: dict[ItemState, Label] = {
    ItemState.OPEN: label("gap_state", "open"),
    ItemState.PROMISED: label("gap_state", "promised"),
    ItemState.FILLED: label("gap_state", "settled"),
    ItemState.WITHDRAWN: label("gap_state", "off the list"),
}
SHOWN_STATES: tuple[ItemState | None, ...] = (ItemState.OPEN, ItemState.PROMISED, ItemState.FILLED, None)
ADD = label("button", "Add")
IMPORT = label("button", "Import a list")
EXPORT = label("button", "As a file")
ON_LIST = label("gaps", "on the list")
FROM_REQUEST = label("gaps", "left behind by request")
BALANCE = label("gaps", "given")
TAKEN = label("gaps", "received in return")
QUESTIONS: dict[str, str] = {
    "add": message(
        "Please paste what belongs on the list, one citation a line. A long list comes better as a file."
    ),
    "find": message("What are you looking for? Words of the title, an author, a year, an ISBN."),
    "import": message(
        "Please send the list as a file: XLSX, CSV, MARC 21 or UNIMARC (ISO 2709 or MARCXML). "
        "Nothing is stored before you have seen how it was understood."
    ),
    "parcel": message("Please type the number of the parcel."),
}
"""What the next message is asked for."""


def tap(what: str, extra: str = "", *, number: int = 0, version: int = 0) -> Tap:
    """A button of gap lists."""
    return Tap(Verb.GAP, number, version, what, extra)


def list_tap(view: GapPage, *, search: int = 0, page: int = 0) -> Tap:
    """A page of the list as it is shown now."""
    state = view.state.value if view.state else "all"
    return tap("list", f"{view.list}.{state}.{search}", number=page)


def item_line(voice: Voice, one: ItemView) -> Line:
    """A line of a list: number, document, year, and where it stands unless it is open."""
    marks = [str(one.values[name]) for name in ("year", "volume", "issue") if one.values.get(name)]
    state = [] if one.state is ItemState.OPEN else [voice.label(STATES[one.state])]
    rest = " · ".join([shortened(heading(one.values), 120), *marks, *state])
    return line(bold(f"№ {one.id}"), f" · {rest}")


def nearly_lines(voice: Voice, view: GapPage) -> Lines:
    """Said above lines that were found by words spelled nearly so."""
    return (line(italic(voice.say(NEARLY))),) if view.nearly and view.lines else ()


def counted(voice: Voice, n: int) -> str:
    """A number of lines; from ten thousand on it only says so."""
    return f"{voice.number(COUNTED_TO)}+" if n > COUNTED_TO else voice.number(n)


def list_screen(
    voice: Voice, view: GapPage, *, words: str = "", search: int = 0, balances: Sequence[Balance] = ()
) -> Screen:
    """A page of a list, the other lists, and the ways to change it."""
    head = line(bold(f"{voice.label(LISTS[view.list])}: {counted(voice, view.counts[view.list])}"))
    part = " · ".join(filter(None, (words, voice.label(STATES[view.state]) if view.state else "")))
    rows = [item_line(voice, one) for one in view.lines]
    rows += [exchanges.exchange_line(voice, one) for one in view.exchanges]
    shown = [*nearly_lines(voice, view), *rows] or [line(voice.say("Nothing here."))]
    sums = balance_lines(voice, balances) if view.list is GapList.EXCHANGES else ()
    return Screen(
        lines=stacked([head, *([line(italic(part))] if part else [])], shown, sums),
        rows=(*_open(view), *_pages(voice, view, search), *_tabs(voice, view), *_ways(voice, view, search)),
    )


def _open(view: GapPage) -> Rows:
    lines = ((f"№ {one.id} {heading(one.values)}", tap("item", number=one.id)) for one in view.lines)
    moves = (
        (f"{exchanges.MARK} {one.id} {heading(one.values)}", tap("ex", number=one.id))
        for one in view.exchanges
    )
    return tuple((Button(shortened(text, 40), one),) for text, one in (*lines, *moves))


def _pages(voice: Voice, view: GapPage, search: int) -> Rows:
    row = []
    if view.page:
        row.append(Button(voice.label(labels.PREVIOUS), list_tap(view, search=search, page=view.page - 1)))
    if view.more:
        row.append(Button(voice.label(labels.NEXT), list_tap(view, search=search, page=view.page + 1)))
    return (tuple(row),) if row else ()


def _tabs(voice: Voice, view: GapPage) -> Rows:
    return rows_of(
        Button(
            f"{voice.label(LISTS[one])}",
            tap("list", f"{one}.open.0"),
            ButtonStyle.PRIMARY if one is view.list else ButtonStyle.PLAIN,
        )
        for one in GapList
    )


def _ways(voice: Voice, view: GapPage, search: int) -> Rows:
    state = SHOWN_STATES[(SHOWN_STATES.index(view.state) + 1) % len(SHOWN_STATES)]
    named = voice.label(STATES[state]) if state else voice.label(labels.WHOLE_LIST)
    other = tap("list", f"{view.list}.{state.value if state else 'all'}.{search}")
    narrow = Button(f"{voice.label(labels.NARROW)}: {named}", other)
    if view.list is GapList.EXCHANGES:
        return ((narrow,),)
    ways = [
        Button(voice.label(labels.SEARCH), tap("find", view.list)),
        Button(voice.label(EXPORT), tap("export", view.list)),
    ]
    if view.list in {GapList.OURS, GapList.OUR_SPARES}:
        ways.append(Button(voice.label(ADD), tap("add", view.list)))
        ways.append(Button(voice.label(IMPORT), tap("import", view.list)))
    return (*rows_of(ways), (narrow,))


def balance_lines(voice: Voice, balances: Sequence[Balance]) -> Lines:
    """What each side gave, partner by partner."""
    return tuple(one for balance in balances for one in _balance(voice, balance))


def _balance(voice: Voice, one: Balance) -> Iterator[Line]:
    yield line(bold(library_name(voice, one.partner)))
    yield labelled(voice.named(BALANCE), _counted(voice, one.given))
    yield labelled(voice.named(TAKEN), _counted(voice, one.taken))


def _counted(voice: Voice, sums: dict[Way, int]) -> str:
    return ", ".join(f"{voice.label(exchanges.WAYS[way])}: {voice.number(sums.get(way, 0))}" for way in Way)


def item_screen(voice: Voice, one: ItemView, *, problem: str = "") -> Screen:
    """One line: the whole citation, what was said about it, and what the viewer's library can say."""
    which = GapList.OURS if one.holding is Holding.MISSING else GapList.OUR_SPARES
    head = [
        line(bold(f"№ {one.id} · {voice.label(STATES[one.state])}")),
        labelled(voice.named(ON_LIST), f"{voice.label(LISTS[which])} · {library_name(voice, one.library)}")
        if one.own
        else labelled(voice.named(ON_LIST), library_name(voice, one.library)),
    ]
    if one.number:
        head.append(labelled(voice.named(FROM_REQUEST), one.number))
    told = [line(bold(problem))] if problem else []
    said = [exchanges.exchange_line(voice, each) for each in one.exchanges]
    return Screen(
        lines=stacked(told, head, tuple(citation_lines(voice, one.values)), said),
        rows=(*item_rows(voice, one), (Button(voice.label(labels.TO_LIST), _back(one)),)),
    )


def _back(one: ItemView) -> Tap:
    lists = {
        (True, Holding.MISSING): GapList.OURS,
        (False, Holding.MISSING): GapList.THEIRS,
        (True, Holding.SPARE): GapList.OUR_SPARES,
        (False, Holding.SPARE): GapList.THEIR_SPARES,
    }
    return tap("list", f"{lists[one.own, one.holding]}.open.0")


def item_rows(voice: Voice, one: ItemView) -> Rows:
    """What can be said to a line now."""
    opened = tuple(
        (
            Button(
                shortened(f"{exchanges.MARK} {each.id} {voice.label(exchanges.STAGES[each.stage])}", 40),
                tap("ex", number=each.id),
            ),
        )
        for each in one.exchanges
    )
    if one.state is not ItemState.OPEN:
        return opened
    if one.own:
        gone = Button(
            voice.label(REMOVE), tap("drop", number=one.id, version=one.version), ButtonStyle.DANGER
        )
        return (*opened, (gone,))
    if any(each.stage not in ASKABLE for each in one.exchanges):
        return opened
    if one.holding is Holding.SPARE:
        want = tap("want", number=one.id, version=one.version)
        return ((Button(voice.label(exchanges.ACTS[ExchangeAct.WANT]), want, ButtonStyle.SUCCESS),), *opened)
    ways = (
        Button(voice.label(exchanges.OFFERS[way]), tap("offer", way, number=one.id, version=one.version))
        for way in Way
    )
    no = Button(
        voice.label(exchanges.ACTS[ExchangeAct.REFUSE]), tap("refuse", number=one.id, version=one.version)
    )
    return (*((way,) for way in ways), (no,), *opened)


ASKABLE = frozenset(
    {ExchangeStage.REFUSED, ExchangeStage.DECLINED, ExchangeStage.CANCELLED, ExchangeStage.LOST}
)
"""Stages after which a line can be answered once more."""


def question_screen(voice: Voice, asked: str) -> Screen:
    """The next message answers this."""
    back = Button(voice.label(labels.CANCEL), tap("list", f"{GapList.OURS}.open.0"))
    return Screen(lines=(line(voice.say(QUESTIONS[asked])),), rows=((back,),))


def grown_screen(voice: Voice, library: str, holding: Holding, added: int) -> Screen:
    """The partner's list has grown."""
    text = (
        voice.plural(
            "New on the partner's gap list: {n} document.",
            "New on the partner's gap list: {n} documents.",
            added,
        )
        if holding is Holding.MISSING
        else voice.plural(
            "New on the partner's list of duplicates: {n} document.",
            "New on the partner's list of duplicates: {n} documents.",
            added,
        )
    )
    which = GapList.THEIRS if holding is Holding.MISSING else GapList.THEIR_SPARES
    return Screen(
        lines=(line(bold(library)), line(text)),
        rows=((Button(voice.label(labels.ACTS[Act.OPEN]), tap("list", f"{which}.open.0")),),),
    )
