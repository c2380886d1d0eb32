"""The life of an exchange as a table: act × side × stage → next stage, what it needs.

The requesting side has the gap, the supplying side gives. A copy that is wanted goes on as a request of its
own, with its files, and so does a loan: `FOLLOWED` tells what the request's stages mean here. Nothing moves
an exchange outside this table.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.errors import Missing
from models.rules.gaps.refusals import ExchangeNotNow
from models.rules.lifecycle import UNDO_HOURS, Detail, Details
from models.rules.vocabulary import (
    Act,
    ExchangeAct,
    ExchangeStage,
    Holding,
    ItemState,
    Side,
    Stage,
    Way,
)

Stages = frozenset[ExchangeStage]
WAYS = frozenset(Way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an exchange stands; `spare`: the giving library has the document on its list of duplicates."""

    stage: ExchangeStage
    way: Way | None = None
    spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. `ways`: what was offered (None: nothing yet); `quiet` leaves the version."""

    act: ExchangeAct
    by: Side
    at: Stages
    to: ExchangeStage | None = None
    ways: frozenset[Way] = WAYS
    only_spare: bool = False
    needs_way: bool = False
    needs: tuple[Detail, ...] = ()
    takes: tuple[Detail, ...] = ()
    quiet: bool = False

    def fits(self, standing: Standing) -> bool:
        """Whether the row applies to an exchange that stands so."""
        by_way = standing.way is None or standing.way in self.ways
        return standing.stage in self.at and by_way and (standing.spare or not self.only_spare)


S, A = ExchangeStage, ExchangeAct
TAKER, GIVER = Side.REQUESTING, Side.SUPPLYING
NOTE = (Detail.NOTE,)
PARCEL = (Detail.PARCEL, Detail.METHOD, Detail.PIECES, Detail.NOTE)
ORIGINAL = frozenset({Way.ORIGINAL})
OVER = frozenset({S.REFUSED, S.DECLINED, S.CANCELLED, S.LOST})
"""Ended without the document having changed hands: it can be offered again."""
MOVING = frozenset({S.WANTED, S.SENT, S.DELIVERED})
ENDED = OVER | {S.RECEIVED}


def _at(*stages: ExchangeStage) -> Stages:
    return frozenset(stages)


ROWS: tuple[Row, ...] = (
    Row(
        act=A.OFFER, by=GIVER, at=_at(S.PROPOSED, S.OFFERED) | OVER, to=S.OFFERED, needs_way=True, takes=NOTE
    ),
    Row(act=A.REFUSE, by=GIVER, at=_at(S.PROPOSED), to=S.REFUSED, takes=NOTE),
    Row(act=A.WANT, by=TAKER, at=_at(S.OFFERED), to=S.WANTED, takes=NOTE),
    # Who lists a duplicate has offered it already.
    Row(
        act=A.WANT,
        by=TAKER,
        at=_at(S.PROPOSED, S.DECLINED, S.CANCELLED, S.LOST),
        to=S.WANTED,
        only_spare=True,
        takes=NOTE,
    ),
    Row(act=A.DECLINE, by=TAKER, at=_at(S.PROPOSED, S.OFFERED), to=S.DECLINED, takes=NOTE),
    Row(act=A.SEND, by=GIVER, at=_at(S.WANTED), to=S.SENT, ways=ORIGINAL, takes=PARCEL),
    Row(act=A.RECEIVE, by=TAKER, at=_at(S.SENT), to=S.RECEIVED, ways=ORIGINAL, takes=NOTE),
    *(Row(act=A.LOSE, by=side, at=_at(S.SENT), to=S.LOST, ways=ORIGINAL, takes=NOTE) for side in Side),
    Row(act=A.CANCEL, by=GIVER, at=_at(S.OFFERED), to=S.CANCELLED, takes=NOTE),
    *(
        Row(act=A.CANCEL, by=side, at=_at(S.WANTED), to=S.CANCELLED, ways=ORIGINAL, takes=NOTE)
        for side in Side
    ),
    *(Row(act=A.COMMENT, by=side, at=frozenset(S), needs=NOTE, quiet=True) for side in Side),
)

UNDOABLE = frozenset({A.OFFER, A.REFUSE, A.WANT, A.DECLINE, A.SEND, A.RECEIVE, A.LOSE, A.CANCEL})
"""Acts that their own side may take back for `lifecycle.UNDO_HOURS`, as long as nothing followed them."""

FOLLOWED: dict[Stage, ExchangeStage] = {
    Stage.DRAFT: S.WANTED,
    Stage.SENT: S.WANTED,
    Stage.RECEIVED: S.WANTED,
    Stage.SEARCHING: S.WANTED,
    Stage.CONDITIONAL: S.WANTED,
    Stage.RETRY: S.WANTED,
    Stage.WILL_SUPPLY: S.WANTED,
    Stage.CANCEL_ASKED: S.WANTED,
    Stage.SHIPPED: S.SENT,
    Stage.ON_LOAN: S.RECEIVED,
    Stage.RETURNING: S.RECEIVED,
    Stage.LOST: S.RECEIVED,
    Stage.DELIVERED: S.DELIVERED,
    Stage.RESEND: S.WANTED,
    Stage.UNFILLED: S.CANCELLED,
    Stage.CANCELLED: S.CANCELLED,
    Stage.CLOSED: S.CANCELLED,
    Stage.DONE: S.RECEIVED,
    Stage.EXPIRED: S.CANCELLED,
    Stage.OBTAINED: S.WANTED,
}
"""What a stage of the request that an exchange goes on as means for the exchange."""


def possible(standing: Standing, side: Side) -> tuple[Row, ...]:
    """The rows that this side may use now, in the table's order."""
    return tuple(row for row in ROWS if row.by is side and row.fits(standing))


def move(standing: Standing, act: ExchangeAct, *, side: Side, way: Way | None, details: Details) -> Row:
    """The row that an act uses.

    Raises `ExchangeNotNow` where this side cannot do it at this stage, `Missing` where a detail or the way
    of an offer is needed.
    """
    row = next((row for row in possible(standing, side) if row.act is act), None)
    if row is None or (row.needs_way and way is None):
        raise ExchangeNotNow(act=act, stage=standing.stage)
    for need in row.needs:
        if not details.has(need):
            raise Missing(act=Act.COMMENT, detail=need)
    return row


def may_undo(act: ExchangeAct, at: datetime, now: datetime, *, own: bool, goes_on: bool) -> bool:
    """Whether a side may take back the last act; `goes_on`: it became a request, which has its own undo."""
    return own and not goes_on and act in UNDOABLE and now <= at + timedelta(hours=UNDO_HOURS)


def turn(standing: Standing) -> Side | None:
    """Which side has to act now; None where both may, or nobody has to."""
    if standing.stage is S.WANTED:
        return GIVER
    return TAKER if standing.stage in {S.OFFERED, S.SENT, S.DELIVERED} else None


def state_after(holding: Holding, stage: ExchangeStage, way: Way | None) -> ItemState:
    """What an exchange makes of the line of a list that it is about.

    A loan fills no gap, and a duplicate of which only a copy was made is still there.
    """
    lasting = way is Way.ORIGINAL or (way is Way.COPY and holding is Holding.MISSING)
    if stage in MOVING:
        return ItemState.PROMISED
    return ItemState.FILLED if stage is S.RECEIVED and lasting else ItemState.OPEN
