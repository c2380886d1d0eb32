"""The card of a request: what it is, where it stands, whose turn it is, and its history."""

from collections.abc import Iterator
from datetime import date

from babel.dates import get_timezone_location

from handlers.text import details as detail_text
from handlers.text import labels
from handlers.text.card_buttons import card_rows
from handlers.text.citations import citation_lines, shortened
from handlers.text.rich import Line, Lines, bold, italic, labelled, line, stacked
from handlers.text.screens import Screen
from handlers.text.voice import LANGUAGE_NAMES, LOCALES, Voice, label
from models.queries.history import EventView
from models.queries.parties import LibraryView
from models.queries.requests import CardView
from models.rules.vocabulary import Act, Condition, Flag, Language, Method, Settlement, Side, Stage

REQUESTING = label("requesting_library", "requesting library")
SUPPLYING = label("supplying_library", "supplying library")
YOUR_TURN = label("card", "your library")
TURN = label("card", "to act now")
DEADLINE = label("deadline", "deadline")
URGENT = label("card", "Urgent")
READER = label("reader", "reader")
OUR_NUMBER = label("our_number", "Our register number")
NEEDED = label("needed_by", "needed by")
PREVIOUS = label("card", "continues")
SUCCESSOR = label("card", "continued by")
FOR_PARTNER = label("card", "recorded for the partner")
TAKEN_BY = label("card", "taken by")
ASKED_BY = label("card", "in charge with us")
SENT_ON = label("card", "dispatched on")
RENEW_UNTIL = label("card", "renewal asked until")
PERMISSION = label("card", "export permission")
AWAITED = label("card", "awaited before dispatch")
STANDING = label("card", "by the agreement")
HISTORY = label("request_history", "history of the request")
ZONES = {
    "Asia/Baku": label("local_time_baku", "Baku time"),
    "Asia/Almaty": label("local_time_almaty", "Almaty time"),
}


def library_name(voice: Voice, library: LibraryView) -> str:
    """The library's name in this language, as stored; its code where it has none."""
    return library.names.get(voice.language) or library.names.get(Language.EN) or library.code


def zone_name(voice: Voice, zone: str) -> str:
    """Whose clock a time is read on: `Baku time`."""
    if zone in ZONES:
        return voice.label(ZONES[zone])
    return get_timezone_location(zone, locale=LOCALES[voice.language], return_city=True)


def card(voice: Voice, view: CardView) -> Screen:
    """The card as the viewer may see it, with the acts that are possible now."""
    return Screen(
        lines=card_lines(voice, view),
        rows=card_rows(voice, view),
        request=view.id,
        version=view.version,
        live=True,
    )


def card_lines(voice: Voice, view: CardView, *, history: bool = True) -> Lines:
    """Everything but the buttons; a mail carries the same lines."""
    events = tuple(history_lines(voice, view)) if history else ()
    return stacked(
        head_lines(voice, view),
        tuple(turn_lines(voice, view)),
        tuple(citation_lines(voice, view.values)),
        tuple(_state_lines(voice, view)),
        tuple(_own_lines(voice, view)),
        events,
    )


def head_lines(voice: Voice, view: CardView) -> Lines:
    """Number, service, stage and what else is true."""
    marks = [voice.label(labels.FLAGS[flag]) for flag in Flag if flag in view.flags]
    if view.urgent:
        marks.insert(0, voice.label(URGENT))
    stage = voice.label(labels.STAGES[view.stage])
    return (
        line(bold(f"{view.number} · {voice.label(labels.SERVICES[view.service])}")),
        line(bold(" · ".join((stage, *marks)))),
    )


def turn_lines(voice: Voice, view: CardView) -> Iterator[Line]:
    """The two libraries, which of them has to act, and until when; the due date has a line of its own."""
    mine = view.side is Side.REQUESTING
    requesting, supplying = (view.own, view.partner) if mine else (view.partner, view.own)
    yield labelled(voice.named(REQUESTING), library_name(voice, requesting))
    yield labelled(voice.named(SUPPLYING), library_name(voice, supplying))
    if view.turn is not None:
        who = voice.label(YOUR_TURN) if view.turn is view.side else library_name(voice, view.partner)
        yield labelled(voice.named(TURN), who)
    if view.deadline and view.deadline != view.due:
        yield labelled(voice.named(DEADLINE), voice.day(view.deadline))
    if view.previous:
        yield labelled(voice.named(PREVIOUS), view.previous)
    if view.successor:
        yield labelled(voice.named(SUCCESSOR), view.successor[1])
    keeper = view.taker if view.side is Side.SUPPLYING else view.asker
    if keeper:
        yield labelled(voice.named(TAKEN_BY if view.side is Side.SUPPLYING else ASKED_BY), keeper)


def _state_lines(voice: Voice, view: CardView) -> Iterator[Line]:
    terms = view.terms
    if view.reason and view.stage in {Stage.CONDITIONAL, Stage.RETRY, Stage.UNFILLED}:
        reason = detail_text.reason_text(voice, view.reason, view.service)
        yield labelled(voice.named(detail_text.REASON), reason)
    if conditions := terms.get("conditions"):
        texts = ", ".join(voice.label(labels.CONDITIONS[Condition(one)]) for one in conditions)
        yield labelled(voice.named(detail_text.CONDITIONS), texts)
    if cost := terms.get("cost"):
        yield labelled(voice.named(detail_text.COST), cost)
    if settlement := terms.get("settlement"):
        text = voice.label(labels.SETTLEMENTS[Settlement(settlement)])
        yield labelled(voice.named(detail_text.SETTLEMENT), text)
    if view.asked_due:
        yield labelled(voice.named(RENEW_UNTIL), voice.day(view.asked_due))
    if view.until:
        term = detail_text.ASK_AGAIN if view.stage is Stage.RETRY else detail_text.EXPECTED
        yield labelled(voice.named(term), voice.day(view.until))
    if view.needs_permission:
        yield labelled(voice.named(PERMISSION), voice.label(AWAITED))
    yield from _dispatch_lines(voice, view)
    if view.terms_of_all:
        texts = "; ".join(voice.label(labels.STANDING_TERMS[one]) for one in view.terms_of_all)
        yield labelled(voice.named(STANDING), texts)
    for file in view.files:
        yield detail_text.file_line(voice, file)


def _dispatch_lines(voice: Voice, view: CardView) -> Iterator[Line]:
    dispatch = view.dispatch
    if view.due and view.stage in {Stage.SHIPPED, Stage.ON_LOAN, Stage.RETURNING, Stage.LOST}:
        yield labelled(voice.named(detail_text.DUE), voice.day(view.due))
    if sent := dispatch.get("back_sent_on") or dispatch.get("sent_on"):
        yield labelled(voice.named(SENT_ON), voice.day(date.fromisoformat(sent)))
    if parcel := dispatch.get("back_parcel") or dispatch.get("parcel"):
        yield labelled(voice.named(detail_text.PARCEL), parcel)
    if method := dispatch.get("back_method") or dispatch.get("method"):
        yield labelled(voice.named(detail_text.METHOD), voice.label(labels.METHODS[Method(method)]))
    if (pieces := dispatch.get("pieces", 0)) > 1:
        arrived = dispatch.get("back_pieces") or dispatch.get("received_pieces") or pieces
        yield labelled(voice.named(detail_text.PIECES), detail_text.of_pieces(voice, arrived, pieces))
    for name, term in (("value", detail_text.VALUE), ("insured", detail_text.INSURED)):
        if worth := dispatch.get(f"back_{name}") or dispatch.get(name):
            yield labelled(voice.named(term), worth)


def _own_lines(voice: Voice, view: CardView) -> Iterator[Line]:
    """What the own library alone may see."""
    if view.reader:
        yield labelled(voice.named(READER), view.reader)
    if view.own_number:
        yield labelled(voice.named(OUR_NUMBER), view.own_number)


def history_lines(voice: Voice, view: CardView) -> Iterator[Line]:
    """The shown events, oldest first, on the viewer's clock."""
    if not view.events:
        return
    yield line(bold(voice.named(HISTORY)), f" ({zone_name(voice, view.own.zone)})")
    for event in view.events:
        yield event_line(voice, event, view)


def event_line(voice: Voice, event: EventView, view: CardView) -> Line:
    """When, what, by whom; an act taken back is shown as such."""
    what = news(voice, event)
    note = detail_text.words(voice, event.details)
    if event.act is Act.COMMENT and note:
        what = f"“{shortened(note)}”"
    who = event.by if event.own else _partner_author(voice, event, view)
    head = f"{voice.moment(event.at, view.own.zone)} · "
    tail = f" · {who}" if who else ""
    mark = f" ({voice.label(labels.NEWS[Act.UNDO])})" if event.undone else ""
    mark += f" ({voice.label(FOR_PARTNER)})" if event.for_partner else ""
    return line(head, italic(what) if event.undone else what, mark, tail)


def _partner_author(voice: Voice, event: EventView, view: CardView) -> str:
    return f"{library_name(voice, view.partner)}, {event.by}" if event.by else ""


def news(voice: Voice, event: EventView) -> str:
    """What the event is to those who hear of it."""
    text = voice.named(labels.NEWS[event.act])
    if event.colleague:
        return f"{text}: {event.colleague}"
    return f"{text}: {voice.label(labels.NEWS[event.undoes])}" if event.undoes else text


def comment_mark(voice: Voice, language: Language | None) -> str:
    """The language of somebody's words, where it is not the reader's own."""
    return f" ({LANGUAGE_NAMES[language]})" if language and language is not voice.language else ""
