"""The life of an exchange, row by row."""

import pytest

from models.rules.errors import Missing
from models.rules.gaps import life
from models.rules.gaps.life import Standing
from models.rules.gaps.refusals import ExchangeNotNow
from models.rules.lifecycle import Details
from models.rules.vocabulary import ExchangeAct, ExchangeStage, Holding, ItemState, Side, Stage, Way

S, A = ExchangeStage, ExchangeAct
TAKER, GIVER = Side.REQUESTING, Side.SUPPLYING

LIFE = """
proposed   giver  offer>offered refuse>refused comment
proposed   taker  decline>declined comment
proposed+  taker  want>wanted decline>declined comment
offered    giver  offer>offered cancel>cancelled comment
offered    taker  want>wanted decline>declined comment
wanted     giver  send>sent cancel>cancelled comment
wanted     taker  cancel>cancelled comment
sent       giver  lose>lost comment
sent       taker  receive>received lose>lost comment
delivered  giver  comment
delivered  taker  comment
received   giver  comment
received   taker  comment
refused    giver  offer>offered comment
refused    taker  comment
declined   giver  offer>offered comment
declined+  taker  want>wanted comment
cancelled  giver  offer>offered comment
cancelled+ taker  want>wanted comment
lost       giver  offer>offered comment
lost+      taker  want>wanted comment
"""
"""An original that is given; + marks a document on the giving library's list of duplicates."""


def rows() -> list[tuple[Standing, Side, dict[str, str]]]:
    found = []
    for row in LIFE.strip().splitlines():
        stage, side, *acts = row.split()
        standing = Standing(stage=S(stage.rstrip("+")), way=Way.ORIGINAL, spare=stage.endswith("+"))
        pairs = {one.partition(">")[0]: one.partition(">")[2] for one in acts}
        found.append((standing, GIVER if side == "giver" else TAKER, pairs))
    return found


@pytest.mark.parametrize(("standing", "side", "acts"), rows())
def test_each_side_may_do_this_and_nothing_else(standing: Standing, side: Side, acts: dict[str, str]) -> None:
    possible = {row.act.value: row.to.value if row.to else "" for row in life.possible(standing, side)}

    assert possible == acts


@pytest.mark.parametrize("way", [Way.COPY, Way.LOAN])
def test_what_goes_on_as_a_request_is_moved_there(way: Way) -> None:
    for side in Side:
        possible = {row.act for row in life.possible(Standing(stage=S.WANTED, way=way), side)}

        assert possible == {A.COMMENT}


def test_an_offer_says_what_is_offered_and_a_comment_says_something() -> None:
    with pytest.raises(ExchangeNotNow):
        life.move(Standing(stage=S.PROPOSED), A.OFFER, side=GIVER, way=None, details=Details())
    with pytest.raises(Missing):
        life.move(Standing(stage=S.PROPOSED), A.COMMENT, side=GIVER, way=None, details=Details())


def test_every_stage_of_a_request_means_something_here() -> None:
    assert set(life.FOLLOWED) == set(Stage)


@pytest.mark.parametrize(
    ("stage", "way", "missing", "spare"),
    [
        (S.OFFERED, Way.ORIGINAL, ItemState.OPEN, ItemState.OPEN),
        (S.WANTED, Way.ORIGINAL, ItemState.PROMISED, ItemState.PROMISED),
        (S.RECEIVED, Way.ORIGINAL, ItemState.FILLED, ItemState.FILLED),
        (S.RECEIVED, Way.COPY, ItemState.FILLED, ItemState.OPEN),
        (S.RECEIVED, Way.LOAN, ItemState.OPEN, ItemState.OPEN),
        (S.LOST, Way.ORIGINAL, ItemState.OPEN, ItemState.OPEN),
    ],
)
def test_what_an_exchange_makes_of_its_lines(
    stage: ExchangeStage, way: Way, missing: ItemState, spare: ItemState
) -> None:
    assert life.state_after(Holding.MISSING, stage, way) is missing
    assert life.state_after(Holding.SPARE, stage, way) is spare


def test_whose_turn_it_is() -> None:
    turns = {stage: life.turn(Standing(stage=stage)) for stage in ExchangeStage}

    assert {stage: side for stage, side in turns.items() if side} == {
        S.OFFERED: TAKER,
        S.WANTED: GIVER,
        S.SENT: TAKER,
        S.DELIVERED: TAKER,
    }
