"""Details inside a button come back as they went in, and within its 64 bytes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text import labels
from handlers.text.carry import pack, unpack
from handlers.text.choices import CHECKED_FIELDS
from handlers.text.screens import FOR_PARTNER, Tap, Verb, read_tap
from models.rules.lifecycle import CONDITION_REASONS, NO_REASONS, RETRY_REASONS, Details
from models.rules.vocabulary import Act, Condition, Method, Phrase, Reason, ScanProblem, Settlement

DAYS = st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31))
CARRIED = st.builds(
    Details,
    reason=st.none() | st.sampled_from(Reason),
    problem=st.none() | st.sampled_from(ScanProblem),
    settlement=st.none() | st.sampled_from(Settlement),
    field=st.none() | st.sampled_from(sorted(labels.FIELDS)),
    until=DAYS,
    due=DAYS,
    pieces=st.none() | st.integers(1, 99),
    method=st.none() | st.sampled_from(Method),
    phrase=st.none() | st.sampled_from(Phrase),
    colleague=st.none() | st.integers(1, 9_999_999),
) | st.builds(
    Details,
    reason=st.just(Reason.MUST_MEET_CONDITION),
    conditions=st.lists(st.sampled_from(Condition), min_size=1, max_size=3).map(tuple),
)


@given(details=CARRIED)
def test_details_come_back_as_they_went_in(details: Details) -> None:
    assert unpack(pack(details)) == details


@pytest.mark.parametrize(
    ("details", "packed"),
    [
        (Details(), ""),
        (Details(reason=Reason.ON_LOAN, until=date(2026, 12, 1)), "rOnLoan.d2026-12-01"),
        (Details(due=date(2026, 12, 1)), "e2026-12-01"),
        (
            Details(reason=Reason.MUST_MEET_CONDITION, conditions=(Condition.SUPERVISED,)),
            "cSpecCollSupervReq",
        ),
        (Details(problem=ScanProblem.CUT_OFF), "pcut_off"),
    ],
)
def test_buttons_of_earlier_releases_are_still_understood(details: Details, packed: str) -> None:
    assert (pack(details), unpack(packed)) == (packed, details)


def test_a_condition_beside_its_reason_is_understood_too() -> None:
    assert unpack("rMustMeetLoanCondition.cNoReproduction") == Details(
        reason=Reason.MUST_MEET_CONDITION, conditions=(Condition.NO_REPRODUCTION,)
    )


@pytest.mark.parametrize(
    "damaged", ["x1", "rNoSuchReason", "d2026-13-01", "d2026-1-1", "cSecret", "r", "e", "q", "pcut_of"]
)
def test_damaged_details_are_none(damaged: str) -> None:
    assert unpack(damaged) is None


@given(carried=st.text(st.sampled_from("rcpsfdenmhOnLa.-0129_"), max_size=48))
def test_no_text_makes_the_reading_fail(carried: str) -> None:
    details = unpack(carried)

    assert details is None or isinstance(details, Details)


DAY = date(2099, 12, 31)
LONGEST = [
    *((Act.CONDITIONS, Details(reason=reason, until=DAY)) for reason in sorted(CONDITION_REASONS)),
    *((Act.LATER, Details(reason=reason, until=DAY)) for reason in sorted(RETRY_REASONS)),
    *((Act.LATER, Details(reason=Reason.NOT_FOUND_AS_CITED, field=name)) for name in CHECKED_FIELDS),
    *((Act.NO, Details(reason=reason)) for reason in sorted(NO_REASONS)),
    *((Act.CONDITIONS, Details(reason=Reason.MUST_MEET_CONDITION, conditions=(one,))) for one in Condition),
    *((Act.PROBLEM, Details(problem=one)) for one in ScanProblem),
    *((Act.PROPOSE_SETTLEMENT, Details(settlement=one)) for one in Settlement),
    (Act.CHANGE_DUE, Details(due=DAY)),
    *((Act.COMMENT, Details(phrase=one)) for one in Phrase),
    *((Act.DETAIL_DISPATCH, Details(method=one)) for one in Method),
    (Act.RECEIVE, Details(pieces=99)),
]


@pytest.mark.parametrize(("act", "details"), LONGEST)
def test_what_one_button_carries_fits_into_its_64_bytes(act: Act, details: Details) -> None:
    for word in (act, f"{act}{FOR_PARTNER}"):
        tap = Tap(Verb.ACT, 9_999_999, 999, word, pack(details))

        assert len(tap.pack().encode()) <= 64
        assert read_tap(tap.pack()) == tap


def test_what_a_button_cannot_carry_is_left_out() -> None:
    details = Details(note="a word", parcel="RR1", cost="12 EUR", files=(1,), more=True)

    assert pack(replace(details, reason=Reason.COST)) == "rCostExceedsMaxCost"
