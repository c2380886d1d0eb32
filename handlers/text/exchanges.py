"""An exchange in words: a line, its card, what happened to it, and how it is answered by mail."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.text import labels
from handlers.text.cards import library_name
from handlers.text.citations import citation_lines, heading, shortened
from handlers.text.details import METHOD, PARCEL, PIECES
from handlers.text.gapwords import display
from handlers.text.rich import BLANK, Line, Lines, bold, italic, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Matter, Rows, Screen, Shows, Tap, Verb, rows_of
from handlers.text.voice import Label, Voice, label, message
from models.queries.gaps import ExchangeEventView, ExchangeView
from models.rules.vocabulary import Act, ExchangeAct, ExchangeStage, ExchangeStep, Way

MARK = "⇄"
EXCHANGE = label("gaps", "Exchange")
WAY = label("gaps", "what is given")
PARTNER = label("gaps", "partner library")
GOES_ON = label("gaps", "goes on as request")
SENT_AS = label("button", "Sent, with number")
WAYS: dict[Way, Label] = {
    Way.ORIGINAL: label("way", "the original"),
    Way.COPY: label("way", "a copy"),
    Way.LOAN: label("way", "a loan"),
}
STAGES: dict[ExchangeStage, Label] = {
    ExchangeStage.PROPOSED: label("exchange", "Possible match"),
    ExchangeStage.OFFERED: label("exchange", "Offered"),
    ExchangeStage.WANTED: label("exchange", "Wanted"),
    ExchangeStage.SENT: label("exchange", "On its way"),
    ExchangeStage.DELIVERED: label("exchange", "Copy delivered"),
    ExchangeStage.RECEIVED: label("exchange", "Received"),
    ExchangeStage.REFUSED: label("exchange", "Cannot be given"),
    ExchangeStage.DECLINED: label("exchange", "Not wanted"),
    ExchangeStage.CANCELLED: label("exchange", "Cancelled"),
    ExchangeStage.LOST: label("exchange", "Lost on the way"),
}
ACTS: dict[ExchangeAct, Label] = {
    ExchangeAct.PROPOSE: label("exchange", "Possible match"),
    ExchangeAct.OFFER: label("button", "Offer"),
    ExchangeAct.REFUSE: label("button", "We cannot give it"),
    ExchangeAct.WANT: label("button", "We want it"),
    ExchangeAct.DECLINE: label("button", "We do not want it"),
    ExchangeAct.SEND: label("button", "Sent"),
    ExchangeAct.RECEIVE: label("button_mark_received", "Received"),
    ExchangeAct.LOSE: label("button", "Did not arrive"),
    ExchangeAct.CANCEL: label("button", "Cancel the exchange"),
    ExchangeAct.COMMENT: label("button_add_comment", "Add a comment"),
    ExchangeAct.FOLLOW: label("gaps", "The request has moved on"),
    ExchangeAct.UNDO: labels.UNDO,
}
NEWS: dict[ExchangeAct, Label] = {
    ExchangeAct.PROPOSE: label("exchange_news", "May be the same document"),
    ExchangeAct.OFFER: label("exchange_news", "Offered"),
    ExchangeAct.REFUSE: label("exchange_news", "Cannot be given"),
    ExchangeAct.WANT: label("exchange_news", "It is wanted"),
    ExchangeAct.DECLINE: label("exchange_news", "It is not wanted"),
    ExchangeAct.SEND: label("exchange_news", "Sent"),
    ExchangeAct.RECEIVE: label("exchange_news", "It has arrived"),
    ExchangeAct.LOSE: label("exchange_news", "It did not arrive"),
    ExchangeAct.CANCEL: label("exchange_news", "The exchange is cancelled"),
    ExchangeAct.COMMENT: label("comment", "comment"),
    ExchangeAct.FOLLOW: label("exchange_news", "The request has moved on"),
    ExchangeAct.UNDO: labels.NEWS[Act.UNDO],
}
OFFERED: dict[Way, Label] = {
    Way.ORIGINAL: label("exchange_news", "The original can be given"),
    Way.COPY: label("exchange_news", "A copy can be sent"),
    Way.LOAN: label("exchange_news", "It can be lent"),
}
"""An offer says what is offered."""
OFFERS: dict[Way, Label] = {
    Way.ORIGINAL: label("button", "We can give the original"),
    Way.COPY: label("button", "We can send a copy"),
    Way.LOAN: label("button", "We can lend it"),
}
STYLES = {
    ExchangeAct.WANT: ButtonStyle.SUCCESS,
    ExchangeAct.RECEIVE: ButtonStyle.SUCCESS,
    ExchangeAct.CANCEL: ButtonStyle.DANGER,
    ExchangeAct.LOSE: ButtonStyle.DANGER,
}
ON_CARD = tuple(act for act in ExchangeAct if act not in {ExchangeAct.OFFER, ExchangeAct.COMMENT})
WORDS: dict[ExchangeAct, str] = {
    ExchangeAct.WANT: "want",
    ExchangeAct.REFUSE: "no",
    ExchangeAct.DECLINE: "no",
    ExchangeAct.SEND: "sent",
    ExchangeAct.RECEIVE: "received",
    ExchangeAct.LOSE: "lost",
    ExchangeAct.CANCEL: "cancel",
    ExchangeAct.UNDO: "undo",
}
WAY_WORDS: dict[Way, str] = {Way.ORIGINAL: "original", Way.COPY: "copy", Way.LOAN: "lend"}
SAMPLE = "RR123456789KZ"
HISTORY = 3
STEPS: dict[ExchangeStep, str] = {
    ExchangeStep.DECIDE: message("An offer waits for your library's word. Is it wanted?"),
    ExchangeStep.SEND: message(
        "The document is wanted and was not sent yet. Was it sent, or will it not be?"
    ),
    ExchangeStep.SEND_LATE: message("The document is wanted and has not been sent for a long time."),
    ExchangeStep.ARRIVED: message("The document should be there by now. Has it arrived?"),
    ExchangeStep.MISSING: message("The document was sent long ago, and nobody said that it arrived."),
}


def reminder_screen(
    voice: Voice, view: ExchangeView, step: ExchangeStep, *, may_undo: bool, by_mail: bool
) -> Screen:
    """What the clock says of an exchange that stands still, above its card."""
    screen = exchange_screen(voice, view, may_undo=may_undo, by_mail=by_mail)
    return replace(screen, lines=stacked([line(bold(voice.say(STEPS[step])))], screen.lines))


def exchange_line(voice: Voice, one: ExchangeView) -> Line:
    """Number, stage, what is given, partner, document."""
    way = [voice.label(WAYS[one.way])] if one.way else []
    parts = [voice.label(STAGES[one.stage]), *way, one.partner.code, shortened(heading(one.values), 100)]
    return line(bold(f"{MARK} {one.id}"), " · ", " · ".join(parts))


def news(voice: Voice, view: ExchangeView, event: ExchangeEventView) -> str:
    """What happened, in a few words."""
    if event.act is ExchangeAct.OFFER and view.way:
        return voice.label(OFFERED[view.way])
    return voice.label(NEWS[event.act])


def event_line(voice: Voice, view: ExchangeView, event: ExchangeEventView) -> Line:
    """Who did what, and the words that came with it."""
    library = view.own if event.own else view.partner
    by = f" · {event.by}" if event.by else ""
    note = f": {event.details.note}" if event.details.note else ""
    return line(bold(f"{library_name(voice, library)}: {news(voice, view, event)}"), f"{by}{note}")


def exchange_screen(
    voice: Voice,
    view: ExchangeView,
    *,
    event: ExchangeEventView | None = None,
    problem: str = "",
    may_undo: bool = False,
    by_mail: bool,
) -> Screen:
    """The card of an exchange, the newest event above it; by mail the words that answer it below."""
    told = [line(bold(problem))] if problem else []
    happened = [event_line(voice, view, event)] if event else []
    if event is None and view.stage is ExchangeStage.PROPOSED:
        happened = [
            line(
                italic(
                    voice.say(
                        "The two lists may name the same document. Nothing is agreed; please compare them."
                    )
                )
            )
        ]
    older = [
        event_line(voice, view, one) for one in view.events[-HISTORY:] if event is None or one.id != event.id
    ]
    lines = stacked(
        told, happened, tuple(_facts(voice, view)), tuple(citation_lines(voice, view.values)), older
    )
    return Screen(
        lines=stacked(lines, answer_lines(voice, view, may_undo=may_undo)) if by_mail else lines,
        rows=() if by_mail else rows(voice, view, may_undo=may_undo),
        subject=f"{voice.label(EXCHANGE)} {view.id} · {shortened(heading(view.values), 120)}",
        shows=Shows(Matter.EXCHANGE, view.id),
    )


def _facts(voice: Voice, view: ExchangeView) -> Iterator[Line]:
    yield line(bold(f"{voice.label(EXCHANGE)} {MARK} {view.id} · {voice.label(STAGES[view.stage])}"))
    yield labelled(voice.named(PARTNER), library_name(voice, view.partner))
    if view.way:
        yield labelled(voice.named(WAY), voice.label(WAYS[view.way]))
    if view.dispatch.parcel:
        yield labelled(voice.named(PARCEL), view.dispatch.parcel)
    if view.dispatch.method:
        yield labelled(voice.named(METHOD), voice.label(labels.METHODS[view.dispatch.method]))
    if view.dispatch.pieces:
        yield labelled(voice.named(PIECES), voice.number(view.dispatch.pieces))
    if view.number:
        yield labelled(voice.named(GOES_ON), view.number)


def _tap(view: ExchangeView, act: ExchangeAct, way: Way | None = None) -> Tap:
    extra = f"{act}.{way}" if way else str(act)
    return Tap(Verb.GAP, view.id, view.version, "act", extra)


def offered_ways(view: ExchangeView) -> tuple[Way, ...]:
    """What the viewer's library can offer now; what is offered already is not offered again."""
    if not view.offers(ExchangeAct.OFFER):
        return ()
    standing = view.way if view.stage is ExchangeStage.OFFERED else None
    return tuple(way for way in Way if way is not standing)


def rows(voice: Voice, view: ExchangeView, *, may_undo: bool = False) -> Rows:
    """The acts that are possible now, and the request that it goes on as."""
    offers = tuple(
        (Button(voice.label(OFFERS[way]), _tap(view, ExchangeAct.OFFER, way)),) for way in offered_ways(view)
    )
    acts = [
        Button(voice.label(ACTS[act]), _tap(view, act), STYLES.get(act, ButtonStyle.PLAIN))
        for act in ON_CARD
        if view.offers(act)
    ]
    if view.offers(ExchangeAct.SEND):
        acts.append(Button(voice.label(SENT_AS), Tap(Verb.GAP, view.id, view.version, "parcel", "")))
    if may_undo:
        acts.append(Button(voice.label(labels.UNDO), _tap(view, ExchangeAct.UNDO)))
    more = [Button(voice.label(labels.TO_LIST), Tap(Verb.GAP, 0, 0, "list", "exchanges.open.0"))]
    if view.request:
        more.insert(
            0, Button(f"{voice.label(labels.ACTS[Act.OPEN])} {view.number}", Tap(Verb.CARD, view.request))
        )
    return (*offers, *rows_of(acts), *rows_of(more))


def answer_lines(voice: Voice, view: ExchangeView, *, may_undo: bool = False) -> Lines:
    """What a mail about this exchange can be answered with."""
    found = list(_choices(voice, view))
    if may_undo:
        word = display(WORDS[ExchangeAct.UNDO], voice.language)
        found.append(line("• ", bold(word), f" — {voice.label(ACTS[ExchangeAct.UNDO])}"))
    if not found:
        return ()
    asked = line(bold(voice.say("To answer, reply to this mail. Begin with one of these:")))
    rest = line(voice.say("Any other text becomes a comment that the other library can read."))
    return (asked, *found, BLANK, rest)


def _choices(voice: Voice, view: ExchangeView) -> Iterator[Line]:
    for way in offered_ways(view):
        yield line("• ", bold(display(WAY_WORDS[way], voice.language)), f" — {voice.label(OFFERS[way])}")
    for act, word in WORDS.items():
        if view.offers(act):
            sample = f" {SAMPLE}" if act is ExchangeAct.SEND else ""
            yield line("• ", bold(display(word, voice.language) + sample), f" — {voice.label(ACTS[act])}")
