"""The buttons of a card: the acts that are possible now, most likely first, and the tools around them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.text import labels
from handlers.text.screens import Button, ButtonStyle, Rows, Tap, Verb, rows_of
from handlers.text.voice import Voice
from models.queries.history import EventView
from models.queries.requests import CardView
from models.rules import lifecycle
from models.rules.lifecycle import Detail
from models.rules.vocabulary import Act, Side

ON_CARD = {
    Side.REQUESTING: (
        Act.ACCEPT,
        Act.DECLINE,
        Act.FINE,
        Act.PROBLEM,
        Act.RECEIVE,
        Act.RECEIVE_DAMAGED,
        Act.CLAIM,
        Act.SEND_BACK,
        Act.ASK_RENEWAL,
        Act.FIX_AND_RESEND,
        Act.TRY_AGAIN,
        Act.ASK_COPY,
        Act.ASK_ANOTHER,
        Act.TO_GAP_LIST,
        Act.AGREE_SETTLEMENT,
        Act.PROPOSE_SETTLEMENT,
        Act.FIND,
        Act.LOSE,
        Act.WAIT,
        Act.ASK_STATUS,
        Act.CANCEL,
        Act.HAND_OVER,
        Act.CLOSE,
        Act.REOPEN,
    ),
    Side.SUPPLYING: (
        Act.YES,
        Act.NO,
        Act.CONDITIONS,
        Act.WITHDRAW_CONDITIONS,
        Act.LATER,
        Act.TAKE,
        Act.OBTAIN,
        Act.SHIP,
        Act.DELIVER,
        Act.CANNOT_RESEND,
        Act.AGREE_CANCEL,
        Act.REFUSE_CANCEL,
        Act.GRANT_RENEWAL,
        Act.REFUSE_RENEWAL,
        Act.COMPLETE,
        Act.PROMISE_MORE,
        Act.CHECK_IN,
        Act.CHECK_IN_DAMAGED,
        Act.CLAIM_RETURN,
        Act.DETAIL_DISPATCH,
        Act.CHANGE_DUE,
        Act.EXPECT,
        Act.RECALL,
        Act.AGREE_SETTLEMENT,
        Act.PROPOSE_SETTLEMENT,
        Act.FIND,
        Act.LOSE,
        Act.HAND_OVER,
        Act.CLOSE,
        Act.REOPEN,
    ),
}
"""The buttons of a card, most likely first. Opening is what showing the card does by itself."""

STYLES = {
    Act.YES: ButtonStyle.SUCCESS,
    Act.ACCEPT: ButtonStyle.SUCCESS,
    Act.FINE: ButtonStyle.SUCCESS,
    Act.NO: ButtonStyle.DANGER,
    Act.CANCEL: ButtonStyle.DANGER,
    Act.LOSE: ButtonStyle.DANGER,
}
TWO_STEPS = frozenset({Act.CANCEL, Act.LOSE, Act.CLOSE, Act.RECALL})
"""Destructive acts: the first tap asks, the second does."""
FOLLOWING = frozenset({Act.FIX_AND_RESEND, Act.ASK_COPY, Act.ASK_ANOTHER})
"""Acts that open the request which takes this one's place."""
ASKED_FOR = {Act.DETAIL_DISPATCH: Detail.PARCEL, Act.OBTAIN: Detail.COST}
"""Acts that need nothing, and say little without it."""
PIECE_BY_PIECE = frozenset({Act.RECEIVE, Act.SEND_BACK})
TYPED = frozenset({Detail.NOTE, Detail.PARCEL, Detail.CONTENT})
"""Details that no button can hold: they are asked for at once."""


def card_rows(voice: Voice, view: CardView) -> Rows:
    """The acts possible now, then the tools around them, then what is always possible."""
    always = (
        Button(voice.label(labels.COMMENT), Tap(Verb.ASK, view.id, view.version, Act.COMMENT, Detail.NOTE)),
        Button(voice.label(labels.HISTORY), Tap(Verb.HISTORY, view.id)),
        Button(voice.label(labels.TO_LIST), Tap(Verb.LIST)),
    )
    return (*act_rows(voice, view), *rows_of(_tools(voice, view)), *rows_of(always))


def act_rows(voice: Voice, view: CardView) -> Rows:
    """The acts possible now, most likely first."""
    acts = [act for act in ON_CARD[view.side] if view.offers(act) and not hidden(view, act)]
    buttons = [button for act in acts for button in (act_button(voice, view, act), *_wider(voice, view, act))]
    if view.can_undo:
        buttons.append(Button(voice.label(labels.UNDO), _tap(view, Act.UNDO)))
    return rows_of(buttons)


def _wider(voice: Voice, view: CardView, act: Act) -> Iterator[Button]:
    """A second button of an act that is one tap, but may say more."""
    if act is Act.ASK_RENEWAL:
        yield Button(voice.label(labels.RENEW_UNTIL), Tap(Verb.CHOOSE, view.id, view.version, act))
    if act is Act.GRANT_RENEWAL:
        yield Button(voice.label(labels.GRANT_UNTIL), Tap(Verb.CHOOSE, view.id, view.version, act))
    if act is Act.SEND_BACK:
        tap = Tap(Verb.ASK, view.id, view.version, act, Detail.PARCEL)
        yield Button(voice.label(labels.SENT_BACK_AS), tap)


def _tools(voice: Voice, view: CardView) -> Iterator[Button]:
    """What helps with a request and does not move it."""
    if view.turn is view.side.other and for_partner_acts(view):
        tap = Tap(Verb.PARTNER, view.id, view.version)
        yield Button(voice.label(labels.RECORD_FOR_PARTNER), tap)
    if view.side is Side.REQUESTING:
        yield Button(voice.label(labels.FOR_READER), Tap(Verb.READER, view.id))
    if view.successor:
        yield Button(view.successor[1], Tap(Verb.CARD, view.successor[0]))
    yield from whole_mail(voice, view.id, view.events)
    yield Button(voice.label(labels.OUR_NUMBER), Tap(Verb.OWN_NUMBER, view.id))
    yield Button(voice.label(labels.PRINT), Tap(Verb.PRINT, view.id))


def whole_mail(voice: Voice, request: int, events: Sequence[EventView]) -> list[Button]:
    """The way to the newest mail that held more than its words, where the rest is kept."""
    with_rest = [one.id for one in events if one.whole][-1:]
    return [
        Button(voice.label(labels.WHOLE_MAIL), Tap(Verb.WHOLE_MAIL, request, 0, "", str(one)))
        for one in with_rest
    ]


NOT_FOR_PARTNER = frozenset(
    {
        Act.TAKE,
        Act.TRY_AGAIN,
        Act.FIX_AND_RESEND,
        Act.ASK_COPY,
        Act.ASK_ANOTHER,
        Act.TO_GAP_LIST,
        Act.ASK_STATUS,
        Act.CLOSE,
        Act.REOPEN,
        Act.WAIT,
        Act.HAND_OVER,
    }
)
"""What nobody says on the telephone, or what is the other library's own housekeeping."""


def as_partner(view: CardView) -> CardView:
    """The request as the other side could act on it now."""
    side = view.side.other
    possible = lifecycle.possible(view.standing, side)
    return replace(view, side=side, possible=possible, can_undo=False, reader=None, own_number=None)


def for_partner_acts(view: CardView) -> list[Act]:
    """The acts of the other side that may be recorded for it."""
    other = as_partner(view)
    return [act for act in ON_CARD[other.side] if other.offers(act) and act not in NOT_FOR_PARTNER]


def hidden(view: CardView, act: Act) -> bool:
    """Closing what the other side must answer is offered after a long silence only, waiting when asked.

    Another library is offered only while there is one that nobody asked yet, handing over where there is a
    colleague.
    """
    if act is Act.WAIT:
        return not view.asked_to_wait
    if act is Act.ASK_ANOTHER:
        return view.elsewhere is None
    if act is Act.HAND_OVER:
        return not view.colleagues
    return act is Act.CLOSE and view.turn is not view.side and not view.silent


def act_button(voice: Voice, view: CardView, act: Act) -> Button:
    """The button of an act: done at once, or opening the choices that it still needs."""
    style = STYLES.get(act, ButtonStyle.PLAIN)
    return Button(voice.label(labels.ACTS[act]), _tap(view, act), style)


def _tap(view: CardView, act: Act) -> Tap:
    row = next((row for row in view.possible if row.act is act), None)
    needs = row.needs if row else ()
    if act in FOLLOWING:
        return Tap(Verb.FOLLOW, view.id, view.version, act)
    if act in ASKED_FOR:
        return Tap(Verb.ASK, view.id, view.version, act, ASKED_FOR[act])
    if act is Act.TRY_AGAIN or (act in PIECE_BY_PIECE and (view.standing.pieces or 0) > 1):
        return Tap(Verb.CHOOSE, view.id, view.version, act)
    if needs and needs[0] in TYPED:
        return Tap(Verb.ASK, view.id, view.version, act, needs[0])
    asks = needs or act in TWO_STEPS or (act is Act.SHIP and view.needs_permission)
    verb = Verb.CHOOSE if asks else Verb.ACT
    return Tap(verb, view.id, view.version, act)
