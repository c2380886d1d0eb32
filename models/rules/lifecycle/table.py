"""The table itself: every act of a side or the clock, from which stages to which, with what, told to whom.

The codes are those of ISO 18626; the stages are ours. `docs/lifecycle.md` is generated from here.
"""

from collections.abc import Iterable

from models.rules.lifecycle.details import Detail
from models.rules.lifecycle.shape import Back, Row, Tell
from models.rules.lifecycle.standing import (
    FINAL,
    OPEN,
    SETTLEMENTS,
    TURNS,
    Flags,
    stages_of,
)
from models.rules.vocabulary import Act, Flag, Service, Side, Stage

S, A, D = Side, Act, Detail
LOANS, COPIES = frozenset({Service.LOAN}), frozenset({Service.COPY})
ACQUIRED = frozenset({Service.ACQUISITION})
SENT, FILED = LOANS | ACQUIRED, COPIES | ACQUIRED
"""What may travel as a parcel, and what as a file: a document that is acquired may be either."""


def _flags(*flags: Flag) -> Flags:
    return frozenset(flags)


UNANSWERED = stages_of(Stage.SENT, Stage.RECEIVED, Stage.SEARCHING)
ANSWERABLE = UNANSWERED | {Stage.RETRY}
PROMISED = ANSWERABLE | {Stage.WILL_SUPPLY}
LIVE = frozenset(Stage) - {Stage.DRAFT}
RECALLED, RENEWAL, OVERDUE = Flag.RECALLED, Flag.RENEWAL_ASKED, Flag.OVERDUE
HERE = stages_of(Stage.DELIVERED)
BOUGHT = stages_of(Stage.OBTAINED)
ASKED = _flags(Flag.STATUS_ASKED)
"""Answered by whatever the supplying library says next."""


def _beginning() -> Iterable[Row]:
    """A request is seen, taken, and can be filled."""
    by = S.SUPPLYING
    yield Row(act=A.OPEN, by=by, at=stages_of(Stage.SENT), to=Stage.RECEIVED, tells=Tell.NOBODY, quiet=True)
    fresh = stages_of(Stage.SENT, Stage.RECEIVED)
    yield Row(act=A.TAKE, by=by, at=fresh, to=Stage.SEARCHING, lowers=ASKED, quiet=True)
    yield Row(
        act=A.YES,
        by=by,
        at=ANSWERABLE,
        to=Stage.WILL_SUPPLY,
        lowers=ASKED,
        takes=(D.UNTIL, D.COST, D.NOTE),
    )


def _answers() -> Iterable[Row]:
    """What else the supplying library says to a request."""
    by = S.SUPPLYING
    yield Row(
        act=A.CONDITIONS,
        by=by,
        at=ANSWERABLE | {Stage.CONDITIONAL},
        to=Stage.CONDITIONAL,
        lowers=ASKED,
        needs=(D.REASON,),
        takes=(D.CONDITIONS, D.COST, D.UNTIL, D.NOTE),
    )
    yield Row(
        act=A.WITHDRAW_CONDITIONS,
        by=by,
        at=stages_of(Stage.CONDITIONAL),
        to=Stage.WILL_SUPPLY,
        takes=(D.NOTE,),
    )
    yield Row(
        act=A.LATER,
        by=by,
        at=ANSWERABLE,
        to=Stage.RETRY,
        lowers=ASKED,
        needs=(D.REASON,),
        takes=(D.UNTIL, D.FIELD, D.NOTE),
    )
    yield Row(
        act=A.NO, by=by, at=PROMISED, to=Stage.UNFILLED, lowers=ASKED, needs=(D.REASON,), takes=(D.NOTE,)
    )
    working = stages_of(Stage.SEARCHING, Stage.WILL_SUPPLY) | BOUGHT
    yield Row(act=A.EXPECT, by=by, at=working, lowers=ASKED, needs=(D.UNTIL,))


def _sending() -> Iterable[Row]:
    """How the item leaves the supplying library."""
    by = S.SUPPLYING
    parcel = (D.DUE, D.PARCEL, D.METHOD, D.PIECES, D.VALUE, D.INSURED, D.NOTE)
    yield Row(act=A.SHIP, by=by, at=PROMISED, to=Stage.SHIPPED, services=LOANS, lowers=ASKED, takes=parcel)
    yield Row(
        act=A.OBTAIN,
        by=by,
        at=PROMISED,
        to=Stage.OBTAINED,
        services=ACQUIRED,
        lowers=ASKED,
        takes=(D.COST, D.NOTE),
    )
    yield Row(
        act=A.SHIP,
        by=by,
        at=PROMISED | BOUGHT,
        to=Stage.SHIPPED,
        services=ACQUIRED,
        lowers=ASKED,
        takes=parcel[1:],
    )
    yield Row(
        act=A.DETAIL_DISPATCH,
        by=by,
        at=stages_of(Stage.SHIPPED),
        services=SENT,
        takes=parcel[1:],
        quiet=True,
    )


def _delivering() -> Iterable[Row]:
    """How a copy reaches the requesting library, in one file or in several."""
    by, more = S.SUPPLYING, _flags(Flag.MORE_TO_FOLLOW)
    yield Row(
        act=A.DELIVER,
        by=by,
        at=PROMISED | BOUGHT | {Stage.RESEND},
        to=Stage.DELIVERED,
        services=FILED,
        needs=(D.CONTENT,),
        takes=(D.NOTE, D.MORE),
        lowers=ASKED | more,
    )
    yield Row(
        act=A.DELIVER,
        by=by,
        at=HERE,
        services=FILED,
        needs=(D.CONTENT,),
        takes=(D.NOTE, D.MORE),
        quiet=True,
    )
    yield Row(act=A.PROMISE_MORE, by=by, at=HERE, services=FILED, raises=more, unless=more, quiet=True)
    yield Row(act=A.COMPLETE, by=by, at=HERE, services=FILED, lowers=more, when=more, quiet=True)
    yield Row(
        act=A.CANNOT_RESEND,
        by=by,
        at=stages_of(Stage.RESEND),
        to=Stage.DONE,
        services=FILED,
        needs=(D.NOTE,),
    )


def _asking() -> Iterable[Row]:
    """What the requesting library does before anything was sent."""
    by = S.REQUESTING
    retry, unfilled = stages_of(Stage.RETRY), stages_of(Stage.UNFILLED)
    yield Row(act=A.SUBMIT, by=by, at=stages_of(Stage.DRAFT), to=Stage.SENT)
    yield Row(act=A.ASK_STATUS, by=by, at=UNANSWERED - {Stage.SENT}, raises=ASKED, quiet=True)
    yield Row(act=A.ACCEPT, by=by, at=stages_of(Stage.CONDITIONAL), to=Stage.WILL_SUPPLY, takes=(D.NOTE,))
    yield Row(act=A.DECLINE, by=by, at=stages_of(Stage.CONDITIONAL), to=Stage.CLOSED, takes=(D.NOTE,))
    yield Row(act=A.FIX_AND_RESEND, by=by, at=retry, to=Stage.CLOSED, tells=Tell.NOBODY)
    yield Row(act=A.TRY_AGAIN, by=by, at=retry, takes=(D.UNTIL,), tells=Tell.NOBODY, quiet=True)
    yield Row(act=A.TO_GAP_LIST, by=by, at=unfilled, tells=Tell.NOBODY, quiet=True)
    yield Row(act=A.ASK_COPY, by=by, at=unfilled, to=Stage.CLOSED, services=LOANS, tells=Tell.NOBODY)
    yield Row(act=A.ASK_ANOTHER, by=by, at=unfilled, to=Stage.CLOSED, tells=Tell.NOBODY)
    yield Row(
        act=A.CANCEL,
        by=by,
        at=ANSWERABLE | {Stage.CONDITIONAL},
        to=Stage.CANCELLED,
        takes=(D.NOTE,),
    )
    promised = stages_of(Stage.WILL_SUPPLY) | BOUGHT
    yield Row(act=A.CANCEL, by=by, at=promised, to=Stage.CANCEL_ASKED, takes=(D.NOTE,))
    yield Row(act=A.WAIT, by=by, at=ANSWERABLE | {Stage.CONDITIONAL}, tells=Tell.NOBODY, quiet=True)
    asked = stages_of(Stage.CANCEL_ASKED)
    yield Row(act=A.AGREE_CANCEL, by=S.SUPPLYING, at=asked, to=Stage.CANCELLED, takes=(D.NOTE,))
    yield Row(act=A.REFUSE_CANCEL, by=S.SUPPLYING, at=asked, to=Back.RESUME, takes=(D.NOTE,))


WAY, OUT, HOME = stages_of(Stage.SHIPPED), stages_of(Stage.ON_LOAN), stages_of(Stage.RETURNING)
ENDED = _flags(OVERDUE, RENEWAL, RECALLED)
"""What is asked of a loan, and over when it goes back."""


def _arriving() -> Iterable[Row]:
    """A parcel between dispatch and receipt."""
    asker, arrived = S.REQUESTING, _flags(Flag.CLAIMED)
    for services, stage in ((LOANS, Stage.ON_LOAN), (ACQUIRED, Stage.DONE)):
        yield Row(
            act=A.RECEIVE,
            by=asker,
            at=WAY,
            to=stage,
            services=services,
            lowers=arrived,
            takes=(D.PIECES, D.NOTE),
        )
        yield Row(
            act=A.RECEIVE_DAMAGED,
            by=asker,
            at=WAY,
            to=stage,
            services=services,
            raises=_flags(Flag.DAMAGED),
            lowers=arrived,
            needs=(D.NOTE,),
            takes=(D.PIECES,),
        )
    yield Row(act=A.CLAIM, by=asker, at=WAY, raises=arrived, unless=arrived, takes=(D.NOTE,))
    for side in Side:
        yield Row(act=A.LOSE, by=side, at=WAY, to=Stage.LOST, lowers=arrived, takes=(D.NOTE,))


def _renewing() -> Iterable[Row]:
    """A loan that is wanted for longer."""
    asker, supplier = S.REQUESTING, S.SUPPLYING
    yield Row(
        act=A.ASK_RENEWAL,
        by=asker,
        at=OUT,
        unless=_flags(RENEWAL, RECALLED),
        raises=_flags(RENEWAL),
        takes=(D.DUE, D.NOTE),
    )
    yield Row(
        act=A.GRANT_RENEWAL,
        by=supplier,
        at=OUT,
        when=_flags(RENEWAL),
        lowers=_flags(RENEWAL, OVERDUE),
        takes=(D.DUE, D.NOTE),
    )
    yield Row(
        act=A.REFUSE_RENEWAL,
        by=supplier,
        at=OUT,
        when=_flags(RENEWAL),
        lowers=_flags(RENEWAL),
        takes=(D.NOTE,),
    )


def _dating() -> Iterable[Row]:
    """The supplying library's own word on when a loan is due."""
    supplier = S.SUPPLYING
    yield Row(
        act=A.RECALL,
        by=supplier,
        at=OUT,
        unless=_flags(RECALLED),
        raises=_flags(RECALLED),
        lowers=_flags(RENEWAL),
        takes=(D.NOTE,),
    )
    yield Row(
        act=A.CHANGE_DUE,
        by=supplier,
        at=WAY | OUT,
        lowers=_flags(OVERDUE),
        needs=(D.DUE,),
        takes=(D.NOTE,),
        services=LOANS,
    )


def _returning() -> Iterable[Row]:
    """A loan on its way back, or lost there."""
    asker, supplier, claimed = S.REQUESTING, S.SUPPLYING, _flags(Flag.RETURN_CLAIMED)
    yield Row(
        act=A.SEND_BACK,
        by=asker,
        at=OUT,
        to=Stage.RETURNING,
        lowers=ENDED,
        takes=(D.PARCEL, D.METHOD, D.PIECES, D.NOTE),
    )
    yield Row(
        act=A.CHECK_IN,
        by=supplier,
        at=OUT | HOME,
        to=Stage.DONE,
        lowers=ENDED | claimed,
        takes=(D.NOTE,),
    )
    yield Row(
        act=A.CHECK_IN_DAMAGED,
        by=supplier,
        at=HOME,
        to=Stage.LOST,
        raises=_flags(Flag.INCOMPLETE),
        lowers=claimed,
        needs=(D.NOTE,),
    )
    yield Row(act=A.CLAIM_RETURN, by=supplier, at=HOME, raises=claimed, unless=claimed, takes=(D.NOTE,))
    yield Row(act=A.LOSE, by=supplier, at=HOME, when=claimed, to=Stage.LOST, lowers=claimed, takes=(D.NOTE,))
    yield Row(act=A.LOSE, by=asker, at=OUT, to=Stage.LOST, lowers=ENDED, takes=(D.NOTE,))


def _settling() -> Iterable[Row]:
    """A lost item: one side proposes, the other agrees; or it is found."""
    lost = stages_of(Stage.LOST)
    for side in Side:
        own, others = SETTLEMENTS[side], SETTLEMENTS[side.other]
        yield Row(
            act=A.PROPOSE_SETTLEMENT,
            by=side,
            at=lost,
            raises=_flags(own),
            lowers=_flags(others),
            needs=(D.SETTLEMENT,),
            takes=(D.COST, D.NOTE),
        )
        yield Row(
            act=A.AGREE_SETTLEMENT, by=side, at=lost, to=Stage.DONE, when=_flags(others), takes=(D.NOTE,)
        )
        settled = frozenset(SETTLEMENTS.values())
        yield Row(act=A.FIND, by=side, at=lost, to=Stage.RETURNING, services=LOANS, lowers=settled)
        yield Row(act=A.FIND, by=side, at=lost, to=Stage.SHIPPED, services=ACQUIRED, lowers=settled)


def _copies() -> Iterable[Row]:
    """A delivered copy under the requesting library's eyes."""
    by, more = S.REQUESTING, _flags(Flag.MORE_TO_FOLLOW)
    yield Row(act=A.FINE, by=by, at=HERE, to=Stage.DONE, services=FILED, lowers=more)
    yield Row(
        act=A.PROBLEM,
        by=by,
        at=HERE,
        to=Stage.RESEND,
        services=FILED,
        needs=(D.PROBLEM,),
        takes=(D.PAGES, D.NOTE),
    )


def _always() -> Iterable[Row]:
    """What either side may do at nearly every stage."""
    for side in Side:
        waiting = frozenset(stage for stage in OPEN if TURNS[stage] is side.other)
        own = stages_of(Stage.RETRY, Stage.UNFILLED) if side is S.REQUESTING else frozenset()
        yield Row(act=A.CLOSE, by=side, at=waiting | own, to=Stage.CLOSED, takes=(D.NOTE,))
        yield Row(act=A.REOPEN, by=side, at=FINAL, to=Back.RESUME, needs=(D.NOTE,))
        yield Row(act=A.UNDO, by=side, at=LIVE, to=Back.BEFORE)
        yield Row(act=A.COMMENT, by=side, at=LIVE, takes=(D.NOTE, D.CONTENT, D.PHRASE), quiet=True)
        yield Row(act=A.HAND_OVER, by=side, at=OPEN, needs=(D.COLLEAGUE,), tells=Tell.KEEPERS, quiet=True)


def _clock() -> Iterable[Row]:
    """What time does by itself."""
    before = ANSWERABLE | {Stage.CONDITIONAL}
    overdue = _flags(OVERDUE)
    yield Row(
        act=A.MARK_OVERDUE,
        by=None,
        at=stages_of(Stage.ON_LOAN),
        raises=overdue,
        unless=overdue,
        tells=Tell.NOBODY,
        quiet=True,
    )
    yield Row(act=A.EXPIRE, by=None, at=before, to=Stage.EXPIRED, tells=Tell.BOTH)
    yield Row(act=A.FINISH_SILENT, by=None, at=stages_of(Stage.DELIVERED), to=Stage.DONE, tells=Tell.BOTH)
    yield Row(act=A.CLOSE_SILENT, by=None, at=stages_of(Stage.UNFILLED), to=Stage.CLOSED, tells=Tell.BOTH)


ROWS: tuple[Row, ...] = (
    *_beginning(),
    *_answers(),
    *_sending(),
    *_delivering(),
    *_asking(),
    *_arriving(),
    *_renewing(),
    *_dating(),
    *_returning(),
    *_settling(),
    *_copies(),
    *_always(),
    *_clock(),
)

UNDOABLE = frozenset(row.act for row in ROWS if row.by and not row.quiet) - {
    A.SUBMIT,
    A.UNDO,
    A.FIX_AND_RESEND,
    A.ASK_COPY,
    A.ASK_ANOTHER,
}
"""Acts that their side may take back until the other side has acted, at most 24 hours (rule 4)."""

UNDO_HOURS = 24
REOPEN_DAYS = 30
