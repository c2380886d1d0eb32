"""Whose turn, which group, which ISO 18626 status, which flags; every standing that can be reached."""

from collections.abc import Iterator
from functools import cache

import pytest

from models.rules import lifecycle
from models.rules.lifecycle import (
    FINAL,
    OPEN,
    Details,
    Standing,
    move,
    possible,
)
from models.rules.vocabulary import (
    Act,
    Flag,
    Group,
    Reason,
    Service,
    Side,
    Stage,
    Status,
)
from tests.rules.lives import (
    ACQUISITION,
    COPY,
    LOAN,
    REQUESTING,
    SUPPLYING,
    standing,
    walk,
)

TURNS = {
    REQUESTING: {
        Stage.DRAFT,
        Stage.CONDITIONAL,
        Stage.RETRY,
        Stage.SHIPPED,
        Stage.ON_LOAN,
        Stage.DELIVERED,
        Stage.UNFILLED,
    },
    SUPPLYING: {
        Stage.SENT,
        Stage.RECEIVED,
        Stage.SEARCHING,
        Stage.WILL_SUPPLY,
        Stage.CANCEL_ASKED,
        Stage.RETURNING,
        Stage.RESEND,
        Stage.OBTAINED,
    },
}


@pytest.mark.parametrize("stage", Stage)
def test_it_is_the_turn_of_the_side_that_the_design_names(stage: Stage) -> None:
    assert lifecycle.turn(standing(stage)) is next((s for s in Side if stage in TURNS[s]), None)


def test_a_renewal_is_for_the_supplying_side_to_answer() -> None:
    assert lifecycle.turn(standing(Stage.ON_LOAN, Flag.RENEWAL_ASKED)) is SUPPLYING


@pytest.mark.parametrize("side", Side)
def test_a_proposed_settlement_is_for_the_other_side_to_answer(side: Side) -> None:
    proposed = walk(standing(Stage.LOST), (Act.PROPOSE_SETTLEMENT, side))

    assert (lifecycle.turn(proposed), lifecycle.waits_for(proposed)) == (side.other, side.other)


def test_a_lost_item_waits_for_both_until_somebody_proposes() -> None:
    assert lifecycle.waits_for(standing(Stage.LOST)) == "both"


@pytest.mark.parametrize(
    ("flags", "side"),
    [
        ((), None),
        ((Flag.DAMAGED,), None),
        ((Flag.OVERDUE,), REQUESTING),
        ((Flag.RECALLED,), REQUESTING),
        ((Flag.RENEWAL_ASKED,), SUPPLYING),
        ((Flag.RENEWAL_ASKED, Flag.OVERDUE), SUPPLYING),
    ],
)
def test_a_loan_waits_for_nobody_until_something_is_asked(flags: tuple[Flag, ...], side: Side | None) -> None:
    assert lifecycle.waits_for(standing(Stage.ON_LOAN, *flags)) == side


@pytest.mark.parametrize("stage", sorted(FINAL))
def test_an_ended_request_waits_for_nobody(stage: Stage) -> None:
    assert lifecycle.waits_for(standing(stage)) is None


BOTH_SEE = {
    Stage.DRAFT: Group.DRAFT,
    Stage.SENT: Group.SENT,
    Stage.RECEIVED: Group.IN_WORK,
    Stage.SEARCHING: Group.IN_WORK,
    Stage.WILL_SUPPLY: Group.IN_WORK,
    Stage.SHIPPED: Group.ON_THE_WAY,
    Stage.RETURNING: Group.ON_THE_WAY,
    Stage.ON_LOAN: Group.WITH_READER,
    Stage.LOST: Group.PROBLEM,
    Stage.RESEND: Group.PROBLEM,
    Stage.CANCELLED: Group.FINISHED,
    Stage.CLOSED: Group.FINISHED,
    Stage.DONE: Group.FINISHED,
    Stage.EXPIRED: Group.FINISHED,
}
ANSWERED_BY = {
    Stage.CONDITIONAL: REQUESTING,
    Stage.RETRY: REQUESTING,
    Stage.UNFILLED: REQUESTING,
    Stage.DELIVERED: REQUESTING,
    Stage.CANCEL_ASKED: SUPPLYING,
}


@pytest.mark.parametrize("stage", Stage)
def test_each_side_sees_the_request_in_the_group_of_the_design(stage: Stage) -> None:
    for side in Side:
        asked = Group.YOUR_TURN if ANSWERED_BY.get(stage) is side else Group.IN_WORK

        assert lifecycle.group(standing(stage), side) is BOTH_SEE.get(stage, asked)


@pytest.mark.parametrize(
    ("stage", "flag"),
    [
        (Stage.ON_LOAN, Flag.OVERDUE),
        (Stage.ON_LOAN, Flag.RECALLED),
        (Stage.SHIPPED, Flag.CLAIMED),
        (Stage.RETURNING, Flag.RETURN_CLAIMED),
    ],
)
def test_what_is_late_or_missing_is_a_problem_of_both(stage: Stage, flag: Flag) -> None:
    assert {lifecycle.group(standing(stage, flag), side) for side in Side} == {Group.PROBLEM}


def test_an_asked_renewal_needs_the_supplying_sides_answer() -> None:
    asked = standing(Stage.ON_LOAN, Flag.RENEWAL_ASKED)

    assert lifecycle.group(asked, SUPPLYING) is Group.YOUR_TURN
    assert lifecycle.group(asked, REQUESTING) is Group.WITH_READER


def test_an_ended_request_is_finished_whatever_was_wrong_with_it() -> None:
    assert lifecycle.group(standing(Stage.CLOSED, Flag.OVERDUE), REQUESTING) is Group.FINISHED


STATUS = {
    Stage.DRAFT: None,
    Stage.SENT: None,
    Stage.RECEIVED: Status.REQUEST_RECEIVED,
    Stage.SEARCHING: Status.EXPECT_TO_SUPPLY,
    Stage.CONDITIONAL: Status.RETRY_POSSIBLE,
    Stage.RETRY: Status.RETRY_POSSIBLE,
    Stage.WILL_SUPPLY: Status.WILL_SUPPLY,
    Stage.CANCEL_ASKED: Status.WILL_SUPPLY,
    Stage.SHIPPED: Status.LOANED,
    Stage.ON_LOAN: Status.LOANED,
    Stage.RETURNING: Status.LOANED,
    Stage.LOST: Status.LOANED,
    Stage.DELIVERED: Status.COPY_COMPLETED,
    Stage.RESEND: Status.COPY_COMPLETED,
    Stage.UNFILLED: Status.UNFILLED,
    Stage.CANCELLED: Status.CANCELLED,
    Stage.CLOSED: None,
    Stage.DONE: Status.LOAN_COMPLETED,
    Stage.EXPIRED: None,
    Stage.OBTAINED: Status.WILL_SUPPLY,
}


@pytest.mark.parametrize("stage", [Stage.SHIPPED, Stage.LOST])
def test_the_standard_has_no_word_for_what_is_sent_to_stay(stage: Stage) -> None:
    assert lifecycle.status(standing(stage, service=ACQUISITION)) is None


@pytest.mark.parametrize("stage", Stage)
def test_a_peer_system_would_be_told_the_status_of_the_standard(stage: Stage) -> None:
    assert lifecycle.status(standing(stage)) is STATUS[stage]


@pytest.mark.parametrize(
    ("flags", "status"),
    [
        ((Flag.OVERDUE,), Status.OVERDUE),
        ((Flag.RECALLED,), Status.RECALLED),
        ((Flag.OVERDUE, Flag.RECALLED), Status.RECALLED),
        ((Flag.RENEWAL_ASKED, Flag.DAMAGED), Status.LOANED),
    ],
)
def test_a_loan_is_overdue_or_recalled_in_the_standards_words(
    flags: tuple[Flag, ...], status: Status
) -> None:
    assert lifecycle.status(standing(Stage.ON_LOAN, *flags)) is status


@pytest.mark.parametrize(
    ("start", "service", "act", "side", "status"),
    [
        (Stage.RETURNING, LOAN, Act.CHECK_IN, SUPPLYING, Status.LOAN_COMPLETED),
        (Stage.ON_LOAN, LOAN, Act.CHECK_IN, SUPPLYING, Status.LOAN_COMPLETED),
        (Stage.LOST, LOAN, Act.AGREE_SETTLEMENT, REQUESTING, Status.COMPLETED_WITHOUT_RETURN),
        (Stage.DELIVERED, COPY, Act.FINE, REQUESTING, Status.COPY_COMPLETED),
        (Stage.DELIVERED, COPY, Act.FINISH_SILENT, None, Status.COPY_COMPLETED),
        (Stage.RESEND, COPY, Act.CANNOT_RESEND, SUPPLYING, Status.COPY_COMPLETED),
        (Stage.SHIPPED, ACQUISITION, Act.RECEIVE, REQUESTING, Status.COMPLETED_WITHOUT_RETURN),
    ],
)
def test_how_a_request_was_completed_is_kept(
    start: Stage, service: Service, act: Act, side: Side | None, status: Status
) -> None:
    before = Standing(stage=start, service=service, flags=frozenset({Flag.SETTLEMENT_BY_SUPPLYING}))

    assert lifecycle.status(walk(before, (act, side))) is status


FLAGS = [
    (Stage.SHIPPED, Act.CLAIM, REQUESTING, (), (Flag.CLAIMED,)),
    (Stage.SHIPPED, Act.RECEIVE, REQUESTING, (Flag.CLAIMED,), ()),
    (Stage.SHIPPED, Act.RECEIVE_DAMAGED, REQUESTING, (Flag.CLAIMED,), (Flag.DAMAGED,)),
    (Stage.SHIPPED, Act.LOSE, SUPPLYING, (Flag.CLAIMED,), ()),
    (Stage.ON_LOAN, Act.ASK_RENEWAL, REQUESTING, (Flag.OVERDUE,), (Flag.OVERDUE, Flag.RENEWAL_ASKED)),
    (Stage.ON_LOAN, Act.GRANT_RENEWAL, SUPPLYING, (Flag.OVERDUE, Flag.RENEWAL_ASKED), ()),
    (Stage.ON_LOAN, Act.REFUSE_RENEWAL, SUPPLYING, (Flag.OVERDUE, Flag.RENEWAL_ASKED), (Flag.OVERDUE,)),
    (Stage.ON_LOAN, Act.RECALL, SUPPLYING, (Flag.RENEWAL_ASKED,), (Flag.RECALLED,)),
    (Stage.ON_LOAN, Act.CHANGE_DUE, SUPPLYING, (Flag.OVERDUE,), ()),
    (Stage.ON_LOAN, Act.MARK_OVERDUE, None, (), (Flag.OVERDUE,)),
    (Stage.ON_LOAN, Act.SEND_BACK, REQUESTING, (Flag.OVERDUE, Flag.RECALLED), ()),
    (Stage.ON_LOAN, Act.CHECK_IN, SUPPLYING, (Flag.OVERDUE, Flag.DAMAGED), (Flag.DAMAGED,)),
    (Stage.RETURNING, Act.CLAIM_RETURN, SUPPLYING, (), (Flag.RETURN_CLAIMED,)),
    (Stage.RETURNING, Act.CHECK_IN, SUPPLYING, (Flag.RETURN_CLAIMED,), ()),
    (Stage.RETURNING, Act.CHECK_IN_DAMAGED, SUPPLYING, (Flag.RETURN_CLAIMED,), (Flag.INCOMPLETE,)),
    (Stage.RETURNING, Act.LOSE, SUPPLYING, (Flag.RETURN_CLAIMED,), ()),
    (Stage.LOST, Act.PROPOSE_SETTLEMENT, REQUESTING, (), (Flag.SETTLEMENT_BY_REQUESTING,)),
    (
        Stage.LOST,
        Act.PROPOSE_SETTLEMENT,
        SUPPLYING,
        (Flag.SETTLEMENT_BY_REQUESTING,),
        (Flag.SETTLEMENT_BY_SUPPLYING,),
    ),
    (Stage.LOST, Act.FIND, SUPPLYING, (Flag.SETTLEMENT_BY_REQUESTING,), ()),
    (Stage.SEARCHING, Act.ASK_STATUS, REQUESTING, (), (Flag.STATUS_ASKED,)),
    (Stage.RECEIVED, Act.TAKE, SUPPLYING, (Flag.STATUS_ASKED,), ()),
    (Stage.SEARCHING, Act.EXPECT, SUPPLYING, (Flag.STATUS_ASKED,), ()),
]


@pytest.mark.parametrize(("start", "act", "side", "before", "after"), FLAGS)
def test_an_act_raises_and_lowers_the_flags_of_the_design(
    start: Stage, act: Act, side: Side | None, before: tuple[Flag, ...], after: tuple[Flag, ...]
) -> None:
    assert walk(standing(start, *before), (act, side)).flags == frozenset(after)


@pytest.mark.parametrize("act", [Act.YES, Act.CONDITIONS, Act.LATER, Act.NO, Act.SHIP])
def test_an_answer_settles_the_question_how_it_stands(act: Act) -> None:
    assert walk(standing(Stage.SEARCHING, Flag.STATUS_ASKED), (act, SUPPLYING)).flags == frozenset()


TRUE_AT = {
    Flag.STATUS_ASKED: {Stage.RECEIVED, Stage.SEARCHING},
    Flag.CLAIMED: {Stage.SHIPPED},
    Flag.OVERDUE: {Stage.ON_LOAN},
    Flag.RECALLED: {Stage.ON_LOAN},
    Flag.RENEWAL_ASKED: {Stage.ON_LOAN},
    Flag.RETURN_CLAIMED: {Stage.RETURNING},
    Flag.SETTLEMENT_BY_REQUESTING: {Stage.LOST},
    Flag.SETTLEMENT_BY_SUPPLYING: {Stage.LOST},
}
"""Where a flag says something; an ended request keeps what was true, so that it can be resumed."""


@cache
def reachable() -> frozenset[Standing]:
    """Every standing that a request can come to, whatever the sides and the clock do."""
    seen: set[Standing] = set()
    fresh = {Standing(stage=Stage.DRAFT, service=service) for service in Service}
    while fresh:
        seen |= fresh
        fresh = {after for now in fresh for after in followers(now)} - seen
    return frozenset(seen)


def followers(now: Standing) -> Iterator[Standing]:
    for row in (row for side in (*Side, None) for row in possible(now, side)):
        yield walk(now, (row.act, row.by))
        if row.act is Act.CONDITIONS and now.service is not ACQUISITION:
            details = Details(reason=Reason.SERVICE)
            yield move(now, row.act, side=row.by, details=details).after


def test_no_flag_outlives_what_it_says() -> None:
    untrue = {
        (now.stage, flag)
        for now in reachable()
        for flag in now.flags
        if now.stage not in FINAL and now.stage not in TRUE_AT.get(flag, {now.stage})
    }

    assert untrue == set()


def test_every_stage_can_be_reached() -> None:
    assert {now.stage for now in reachable()} == set(Stage)


def test_an_ended_request_can_always_be_reopened() -> None:
    ended = [now for now in reachable() if now.stage in FINAL]

    assert all(walk(now, (Act.REOPEN, REQUESTING)).stage in OPEN for now in ended)


def test_an_open_request_is_somebodys_turn_unless_it_waits_for_both() -> None:
    idle = {now.stage for now in reachable() if lifecycle.turn(now) is None}

    assert idle == FINAL | {Stage.LOST}


def test_a_request_never_comes_to_a_stage_of_the_other_service() -> None:
    stages_of = {service: {now.stage for now in reachable() if now.service is service} for service in Service}

    parcel, file = {Stage.SHIPPED, Stage.LOST}, {Stage.DELIVERED, Stage.RESEND}
    borrowed, bought = {Stage.ON_LOAN, Stage.RETURNING}, {Stage.OBTAINED}
    assert stages_of[LOAN] == set(Stage) - file - bought
    assert stages_of[COPY] == set(Stage) - parcel - borrowed - bought
    assert stages_of[ACQUISITION] == set(Stage) - borrowed
