"""What an act writes beside the stage: terms, due dates, dispatch."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.effects import EFFECTS, LOAN_DAYS, Before, Changes, effects
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Condition, Method, Reason, ScanProblem, Settlement

TODAY = date(2028, 2, 1)
DUE = date(2028, 8, 8)
BEFORE = Before(today=TODAY, actor=7)


@pytest.mark.parametrize("act", sorted(set(Act) - set(EFFECTS)))
def test_an_act_that_only_moves_the_stage_writes_nothing(act: Act) -> None:
    assert effects(act, Details(note="a word"), BEFORE) == {}


def test_taking_makes_the_actor_the_keeper() -> None:
    assert effects(Act.TAKE, Details(), BEFORE) == {"taker_id": 7}


def test_an_answer_replaces_the_terms_of_an_earlier_one() -> None:
    details = Details(
        reason=Reason.MUST_MEET_CONDITION, conditions=(Condition.SUPERVISED,), cost="12 EUR", until=DUE
    )

    assert effects(Act.CONDITIONS, details, BEFORE) == {
        "terms": {"conditions": [Condition.SUPERVISED], "cost": "12 EUR"},
        "reason": Reason.MUST_MEET_CONDITION,
        "until": DUE,
        "taker_id": 7,
    }


@pytest.mark.parametrize("act", [Act.YES, Act.WITHDRAW_CONDITIONS])
def test_a_plain_yes_leaves_no_terms(act: Act) -> None:
    assert effects(act, Details(), BEFORE) == {
        "terms": {},
        "reason": None,
        "until": None,
        "taker_id": 7,
    }


@pytest.mark.parametrize("act", [Act.EXPECT, Act.TRY_AGAIN])
def test_an_expected_day_is_kept(act: Act) -> None:
    assert effects(act, Details(until=DUE), BEFORE) == {"until": DUE}


def test_accepting_keeps_the_terms_and_drops_the_question() -> None:
    assert effects(Act.ACCEPT, Details(), BEFORE) == {"until": None}


def test_dispatch_without_a_due_date_sets_a_provisional_one_of_90_days() -> None:
    assert effects(Act.SHIP, Details(), BEFORE) == {
        "due": date(2028, 5, 1),
        "named_due": False,
        "until": None,
        "dispatch": {"sent_on": "2028-02-01"},
        "taker_id": 7,
    }


def test_dispatch_keeps_the_due_date_that_was_named_and_the_parcel() -> None:
    details = Details(due=DUE, parcel="RR123456785KZ", method=Method.EMS, pieces=3)

    assert effects(Act.SHIP, details, BEFORE) == {
        "due": DUE,
        "named_due": True,
        "until": None,
        "dispatch": {
            "sent_on": "2028-02-01",
            "parcel": "RR123456785KZ",
            "method": Method.EMS,
            "pieces": 3,
        },
        "taker_id": 7,
    }


def test_details_of_a_dispatch_are_added_to_what_is_known() -> None:
    before = Before(today=TODAY, actor=7, dispatch={"sent_on": "2028-01-30", "pieces": 3})

    assert effects(Act.DETAIL_DISPATCH, Details(parcel="RR123456785KZ"), before) == {
        "dispatch": {"sent_on": "2028-01-30", "pieces": 3, "parcel": "RR123456785KZ"}
    }


@pytest.mark.parametrize("act", [Act.RECEIVE, Act.RECEIVE_DAMAGED])
def test_the_loan_period_counts_from_receipt(act: Act) -> None:
    before = Before(today=TODAY, actor=1, due=date(2028, 5, 1), dispatch={"pieces": 3})

    assert effects(act, Details(pieces=2), before) == {
        "due": date(2028, 3, 2),
        "dispatch": {"pieces": 3, "received_pieces": 2},
    }


def test_receipt_leaves_a_due_date_that_the_supplying_library_named() -> None:
    before = Before(today=TODAY, actor=1, due=DUE, named_due=True)

    assert effects(Act.RECEIVE, Details(), before) == {"dispatch": {}}


@pytest.mark.parametrize(
    ("granted", "asked", "due", "new"),
    [
        (date(2028, 9, 1), date(2028, 9, 9), DUE, date(2028, 9, 1)),
        (None, date(2028, 9, 9), DUE, date(2028, 9, 9)),
        (None, None, DUE, date(2028, 9, 7)),
        (None, None, date(2028, 1, 1), date(2028, 3, 2)),
        (None, None, None, date(2028, 3, 2)),
    ],
)
def test_a_renewal_runs_to_the_day_named_or_asked_or_one_loan_period_on(
    granted: date | None, asked: date | None, due: date | None, new: date
) -> None:
    before = Before(today=TODAY, actor=7, due=due, asked_due=asked)

    assert effects(Act.GRANT_RENEWAL, Details(due=granted), before) == {"due": new}


@given(due=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_renewal_never_ends_before_a_whole_loan_period_from_today(due: date | None) -> None:
    new = effects(Act.GRANT_RENEWAL, Details(), Before(today=TODAY, actor=7, due=due))["due"]

    assert (new - TODAY).days >= LOAN_DAYS


def test_a_corrected_due_date_is_a_named_one() -> None:
    assert effects(Act.CHANGE_DUE, Details(due=DUE), BEFORE) == {"due": DUE, "named_due": True}


def test_the_way_back_is_kept_beside_the_way_there() -> None:
    before = Before(today=TODAY, actor=1, dispatch={"sent_on": "2028-01-01", "parcel": "RR1"})

    assert effects(Act.SEND_BACK, Details(parcel="RR2"), before) == {
        "dispatch": {
            "sent_on": "2028-01-01",
            "parcel": "RR1",
            "back_sent_on": "2028-02-01",
            "back_parcel": "RR2",
        }
    }


@pytest.mark.parametrize(
    ("act", "details", "terms"),
    [
        (
            Act.PROPOSE_SETTLEMENT,
            Details(settlement=Settlement.PAYMENT, cost="40 EUR"),
            {"settlement": Settlement.PAYMENT, "cost": "40 EUR"},
        ),
        (
            Act.PROBLEM,
            Details(problem=ScanProblem.PAGES_MISSING, pages="15–17", note="the plates"),
            {"problem": ScanProblem.PAGES_MISSING, "pages": "15–17", "note": "the plates"},
        ),
    ],
)
def test_what_was_proposed_or_complained_of_becomes_the_terms(
    act: Act, details: Details, terms: Changes
) -> None:
    assert effects(act, details, BEFORE) == {"terms": terms}


def test_a_delivery_ends_the_waiting_and_keeps_the_deliverer() -> None:
    assert effects(Act.DELIVER, Details(files=(1,)), BEFORE) == {"until": None, "taker_id": 7}
