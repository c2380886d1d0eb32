"""The lifecycle against the table written by hand: acts, refusals, reasons, who is told."""

from dataclasses import replace

import pytest

from models.rules import lifecycle
from models.rules.errors import Missing, NotPossibleNow, OtherSide, Refusal
from models.rules.lifecycle import (
    ACQUISITION_REASONS,
    CONDITION_REASONS,
    FINAL,
    HOLDINGS_REASONS,
    NO_REASONS,
    OPEN,
    REASONS,
    RETRY_REASONS,
    ROWS,
    UNDOABLE,
    Detail,
    Details,
    Standing,
    Tell,
    fits,
    move,
    possible,
)
from models.rules.vocabulary import (
    Act,
    Condition,
    Flag,
    Reason,
    Service,
    Side,
    Stage,
)
from tests.rules.lifecycle_table import ALLOWED, RESUME, Allowed
from tests.rules.lives import (
    CAME_FROM,
    COPY,
    EVERYTHING,
    LOAN,
    REQUESTING,
    SUPPLYING,
    details_for,
    standing,
    walk,
)


def outcome(now: Standing, act: Act, side: Side | None) -> Stage | type[Refusal]:
    """The next stage, or how the act was refused."""
    try:
        return move(now, act, side=side, details=details_for(act, now.service)).after.stage
    except Refusal as refusal:
        return type(refusal)


def expected(now: Standing, act: Act, side: Side | None) -> Stage | type[Refusal]:
    """What the table written by hand says."""
    fitting = [allowed for allowed in ALLOWED if allowed.act is act and applies(allowed, now)]
    own = [allowed for allowed in fitting if allowed.side is side]
    if own:
        return next_stage(own[0], now)
    others = [allowed for allowed in fitting if allowed.side is not None]
    return OtherSide if others and side is not None else NotPossibleNow


def applies(allowed: Allowed, now: Standing) -> bool:
    return (
        allowed.stage is now.stage
        and now.service in allowed.services
        and allowed.when <= now.flags
        and not allowed.unless & now.flags
    )


def next_stage(allowed: Allowed, now: Standing) -> Stage:
    if allowed.to is None:
        return now.stage
    return CAME_FROM if allowed.to == RESUME else Stage(allowed.to)


@pytest.mark.parametrize("service", Service)
@pytest.mark.parametrize("stage", Stage)
def test_every_act_of_every_side_moves_or_is_refused_as_the_table_says(
    stage: Stage, service: Service
) -> None:
    flags = [(), *((flag,) for flag in Flag)]
    cases = [
        (standing(stage, *raised, service=service), act, side)
        for raised in flags
        for act in Act
        for side in (*Side, None)
    ]

    differences = [case for case in cases if outcome(*case) is not expected(*case)]

    assert differences == []


def test_the_table_by_hand_says_nothing_twice() -> None:
    lines = [(each.stage, each.side, each.act, each.services) for each in ALLOWED]

    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("act", Act)
def test_every_act_is_in_the_table(act: Act) -> None:
    assert act in {row.act for row in ROWS}


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_every_open_stage_can_be_left_by_a_side(stage: Stage) -> None:
    leaving = [row for row in ROWS if row.by and stage in row.at and row.to not in {None, stage}]

    assert leaving


def test_ended_open_and_draft_are_all_the_stages() -> None:
    assert set(Stage) == FINAL | OPEN | {Stage.DRAFT}
    assert not FINAL & OPEN


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.act}-{row.by or 'clock'}")
def test_possible_lists_exactly_the_rows_of_the_side(row: lifecycle.Row) -> None:
    for stage in row.at:
        now = Standing(stage=stage, service=min(row.services), flags=row.when)

        assert row in possible(now, row.by)
        assert all(other.by is row.by for other in possible(now, row.by))


NEEDS = {
    Act.CONDITIONS: (Detail.REASON,),
    Act.LATER: (Detail.REASON,),
    Act.NO: (Detail.REASON,),
    Act.EXPECT: (Detail.UNTIL,),
    Act.DELIVER: (Detail.CONTENT,),
    Act.CANNOT_RESEND: (Detail.NOTE,),
    Act.RECEIVE_DAMAGED: (Detail.NOTE,),
    Act.CHANGE_DUE: (Detail.DUE,),
    Act.CHECK_IN_DAMAGED: (Detail.NOTE,),
    Act.PROPOSE_SETTLEMENT: (Detail.SETTLEMENT,),
    Act.PROBLEM: (Detail.PROBLEM,),
    Act.REOPEN: (Detail.NOTE,),
    Act.HAND_OVER: (Detail.COLLEAGUE,),
}


@pytest.mark.parametrize("act", Act)
def test_an_act_needs_what_the_design_names(act: Act) -> None:
    assert {row.needs for row in ROWS if row.act is act} == {NEEDS.get(act, ())}


@pytest.mark.parametrize("row", [row for row in ROWS if row.needs], ids=lambda row: f"{row.act}-{row.by}")
def test_an_act_without_what_it_needs_names_the_missing_detail(row: lifecycle.Row) -> None:
    now = Standing(stage=min(row.at), service=min(row.services), flags=row.when, resume=CAME_FROM)

    with pytest.raises(Missing) as refused:
        move(now, row.act, side=row.by, details=Details())

    assert refused.value == Missing(act=row.act, detail=row.needs[0])


@pytest.mark.parametrize("act", REASONS)
@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("service", Service)
def test_an_answer_takes_the_reasons_of_its_kind_and_service_only(
    act: Act, reason: Reason, service: Service
) -> None:
    details = Details(reason=reason, note="a word")
    now = standing(Stage.RECEIVED, service=service)

    try:
        taken = move(now, act, side=SUPPLYING, details=details).after.reason is reason
    except Missing as refused:
        taken = refused != Missing(act=act, detail=Detail.REASON)

    assert taken is (reason in REASONS[act] and fits(reason, service))


def test_what_is_bought_is_not_refused_for_lying_on_another_shelf() -> None:
    assert {one for one in Reason if not fits(one, Service.ACQUISITION)} == HOLDINGS_REASONS
    assert {one for one in Reason if not fits(one, Service.LOAN)} == ACQUISITION_REASONS
    assert not HOLDINGS_REASONS & ACQUISITION_REASONS


def test_every_reason_belongs_to_one_answer() -> None:
    assert set(Reason) == NO_REASONS | RETRY_REASONS | CONDITION_REASONS
    assert len(NO_REASONS) + len(RETRY_REASONS) + len(CONDITION_REASONS) == len(Reason)


def test_reasons_that_end_in_accept_or_decline_are_those_of_the_design() -> None:
    assert {reason.value for reason in CONDITION_REASONS} == {
        "CostExceedsMaxCost",
        "ReqDelDateNotPossible",
        "ReqServTypeNotPossible",
        "ReqEditionNotPossible",
        "ReqFormatNotPossible",
        "MultiVolAvail",
        "MustMeetLoanCondition",
    }


def test_a_condition_has_to_be_named() -> None:
    bare = Details(reason=Reason.MUST_MEET_CONDITION)

    with pytest.raises(Missing) as refused:
        move(standing(Stage.RECEIVED), Act.CONDITIONS, side=SUPPLYING, details=bare)

    assert refused.value == Missing(act=Act.CONDITIONS, detail=Detail.CONDITIONS)


@pytest.mark.parametrize(
    "said", [Details(note="only on Mondays"), Details(conditions=(Condition.SUPERVISED,))]
)
def test_a_condition_may_be_ticked_or_written(said: Details) -> None:
    details = replace(said, reason=Reason.MUST_MEET_CONDITION)

    done = move(standing(Stage.RECEIVED), Act.CONDITIONS, side=SUPPLYING, details=details)

    assert (done.after.stage, done.after.reason) == (Stage.CONDITIONAL, Reason.MUST_MEET_CONDITION)


def test_nothing_is_reopened_that_came_from_nowhere() -> None:
    closed = Standing(stage=Stage.CLOSED, service=LOAN)

    with pytest.raises(NotPossibleNow) as refused:
        move(closed, Act.REOPEN, side=REQUESTING, details=EVERYTHING)

    assert refused.value == NotPossibleNow(act=Act.REOPEN, stage=Stage.CLOSED)


def test_the_other_sides_act_is_refused_with_that_side() -> None:
    with pytest.raises(OtherSide) as refused:
        move(standing(Stage.CONDITIONAL), Act.ACCEPT, side=SUPPLYING, details=Details())

    assert refused.value == OtherSide(act=Act.ACCEPT, stage=Stage.CONDITIONAL, side=REQUESTING)


def test_a_refused_cancellation_goes_on_where_it_was() -> None:
    asked = walk(Standing(stage=Stage.WILL_SUPPLY, service=LOAN), (Act.CANCEL, REQUESTING))
    refused = walk(asked, (Act.REFUSE_CANCEL, SUPPLYING))

    assert (asked.stage, asked.resume) == (Stage.CANCEL_ASKED, Stage.WILL_SUPPLY)
    assert (refused.stage, refused.resume) == (Stage.WILL_SUPPLY, None)


@pytest.mark.parametrize(
    ("start", "steps", "reopened"),
    [
        (Stage.SENT, [(Act.CANCEL, REQUESTING)], Stage.SENT),
        (Stage.WILL_SUPPLY, [(Act.CANCEL, REQUESTING), (Act.AGREE_CANCEL, SUPPLYING)], Stage.WILL_SUPPLY),
        (Stage.ON_LOAN, [(Act.CHECK_IN, SUPPLYING)], Stage.ON_LOAN),
        (Stage.RETRY, [(Act.EXPIRE, None)], Stage.RETRY),
        (Stage.UNFILLED, [(Act.CLOSE_SILENT, None)], Stage.UNFILLED),
    ],
)
def test_an_ended_request_is_reopened_where_it_ended(
    start: Stage, steps: list[tuple[Act, Side | None]], reopened: Stage
) -> None:
    ended = walk(Standing(stage=start, service=LOAN), *steps)
    again = walk(ended, (Act.REOPEN, REQUESTING))

    assert ended.stage in FINAL
    assert (again.stage, again.resume) == (reopened, None)


@pytest.mark.parametrize(("service", "other"), [(LOAN, COPY), (COPY, LOAN)])
def test_accepting_the_other_service_changes_the_service_of_the_request(
    service: Service, other: Service
) -> None:
    offered = move(
        standing(Stage.RECEIVED, service=service),
        Act.CONDITIONS,
        side=SUPPLYING,
        details=Details(reason=Reason.SERVICE),
    ).after
    accepted = walk(offered, (Act.ACCEPT, REQUESTING))
    withdrawn = walk(offered, (Act.WITHDRAW_CONDITIONS, SUPPLYING))

    assert (offered.service, accepted.service, withdrawn.service) == (service, other, service)


def test_accepting_another_condition_keeps_the_service() -> None:
    offered = walk(Standing(stage=Stage.RECEIVED, service=LOAN), (Act.CONDITIONS, SUPPLYING))

    assert walk(offered, (Act.ACCEPT, REQUESTING)).service is LOAN


QUIET = {
    (Act.OPEN, SUPPLYING),
    (Act.TAKE, SUPPLYING),
    (Act.DETAIL_DISPATCH, SUPPLYING),
    (Act.PROMISE_MORE, SUPPLYING),
    (Act.COMPLETE, SUPPLYING),
    (Act.ASK_STATUS, REQUESTING),
    (Act.TRY_AGAIN, REQUESTING),
    (Act.TO_GAP_LIST, REQUESTING),
    (Act.WAIT, REQUESTING),
    (Act.COMMENT, REQUESTING),
    (Act.COMMENT, SUPPLYING),
    (Act.MARK_OVERDUE, None),
    *((Act.HAND_OVER, side) for side in Side),
}


def test_opening_taking_and_comments_leave_the_version_as_it_is() -> None:
    quiet = {(row.act, row.by) for row in ROWS if row.quiet}

    assert quiet - {(Act.DELIVER, SUPPLYING)} == QUIET


def test_a_further_file_leaves_the_version_as_it_is_and_the_first_does_not() -> None:
    first = move(standing(Stage.SENT, service=COPY), Act.DELIVER, side=SUPPLYING, details=EVERYTHING)
    further = move(first.after, Act.DELIVER, side=SUPPLYING, details=EVERYTHING)

    assert (first.raises_version, further.raises_version) == (True, False)


SILENT = {
    Act.OPEN,
    Act.FIX_AND_RESEND,
    Act.TRY_AGAIN,
    Act.TO_GAP_LIST,
    Act.ASK_COPY,
    Act.ASK_ANOTHER,
    Act.MARK_OVERDUE,
    Act.WAIT,
}
TELLS_BOTH = {Act.EXPIRE, Act.FINISH_SILENT, Act.CLOSE_SILENT}


@pytest.mark.parametrize("act", Act)
def test_an_act_is_news_to_whom_the_design_says(act: Act) -> None:
    told = {
        **dict.fromkeys(SILENT, Tell.NOBODY),
        **dict.fromkeys(TELLS_BOTH, Tell.BOTH),
        Act.HAND_OVER: Tell.KEEPERS,
    }

    assert {row.tells for row in ROWS if row.act is act} == {told.get(act, Tell.PARTNER)}


def test_what_a_side_did_aloud_can_be_taken_back_unless_it_made_another_request() -> None:
    loud = {row.act for row in ROWS if row.by and not row.quiet}

    assert loud - UNDOABLE == {Act.SUBMIT, Act.UNDO, Act.FIX_AND_RESEND, Act.ASK_COPY, Act.ASK_ANOTHER}
    assert loud >= UNDOABLE
