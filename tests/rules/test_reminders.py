"""The clocks, each at its day, the day before and the day after; and what is true of all of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.hours import Place
from models.rules.lifecycle import OPEN
from models.rules.lifecycle import ROWS as MOVES
from models.rules.limits import Limits, UnknownLimitError
from models.rules.reminders import COORDINATORS, ROWS, Case, Whom, deadline, due, next_look, schedule, still
from models.rules.vocabulary import Act, Clock, Flag, Method, Side, Stage
from models.rules.workdays import Calendar

BAKU, ALMATY = Place(Calendar("AZ"), "Asia/Baku"), Place(Calendar("KZ"), "Asia/Almaty")
START = date(2026, 6, 1)
"""A Monday. Baku has a holiday on 15 June, Almaty none until July."""
NOON = time(8, tzinfo=UTC)


def at(day: date) -> datetime:
    """Noon in Baku."""
    return datetime.combine(day, NOON)


def case(stage: Stage, **facts: Any) -> Case:
    """Baku asks, Almaty supplies; everything happened on START."""
    moments = dict.fromkeys(("turn_since", "stage_since", "touched_at"), at(START))
    places = {Side.REQUESTING: BAKU, Side.SUPPLYING: ALMATY}
    return Case(**{"stage": stage, "places": places, **moments, **facts})


def steps(given: Case, day: date) -> list[str]:
    """What is due at noon of that day."""
    return [f"{one.clock}.{one.step.name}" for one in due(given, at(day))]


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


ON_LOAN = case(Stage.ON_LOAN, due=date(2026, 7, 1))
RENEWING = case(
    Stage.ON_LOAN, due=date(2026, 7, 1), flags={Flag.RENEWAL_ASKED}, renewal_asked_at=at(date(2026, 6, 30))
)
ROW_BY_ROW = [
    ("answer.reminder", case(Stage.SENT), "06-11"),
    ("answer.coordinator", case(Stage.RECEIVED), "06-17"),
    ("answer.question", case(Stage.SEARCHING), "06-23"),
    ("answer.reminder", case(Stage.SENT, urgent=True), "06-04"),
    ("answer.coordinator", case(Stage.SENT, urgent=True), "06-08"),
    ("answer.question", case(Stage.SENT, urgent=True), "06-09"),
    ("answer.reminder", case(Stage.SEARCHING, until=on("06-29")), "06-29"),
    ("answer.coordinator", case(Stage.SEARCHING, until=on("06-29")), "07-03"),
    ("answer.reminder", case(Stage.SEARCHING, waited_on=on("06-29")), "07-10"),
    ("decision.reminder", case(Stage.CONDITIONAL), "06-05"),
    ("decision.coordinator", case(Stage.CONDITIONAL), "06-11"),
    ("decision.reminder", case(Stage.RETRY, until=on("06-08")), "06-12"),
    ("needed_by.warning", case(Stage.SENT, needed_by=on("06-11")), "06-08"),
    ("needed_by.question", case(Stage.SENT, needed_by=on("06-11")), "06-11"),
    ("needed_by.expiry", case(Stage.SENT, needed_by=on("06-11"), asked_on=on("06-12")), "06-17"),
    ("supply.reminder", case(Stage.WILL_SUPPLY), "06-15"),
    ("supply.coordinator", case(Stage.WILL_SUPPLY), "06-29"),
    ("supply.reminder", case(Stage.WILL_SUPPLY, until=on("06-29")), "06-29"),
    ("arrival.question", case(Stage.SHIPPED, sent_on=START, method=Method.COURIER), "06-11"),
    ("arrival.claim", case(Stage.SHIPPED, sent_on=START, method=Method.COURIER), "06-21"),
    ("arrival.question", case(Stage.SHIPPED, sent_on=START, method=Method.DIPLOMATIC), "07-16"),
    ("arrival.question", case(Stage.SHIPPED), "07-01"),
    ("due_soon.first", ON_LOAN, "06-21"),
    ("due_soon.second", ON_LOAN, "06-28"),
    ("overdue.mark", ON_LOAN, "07-02"),
    ("overdue.first", ON_LOAN, "07-02"),
    ("overdue.second", ON_LOAN, "07-08"),
    ("overdue.third", ON_LOAN, "07-15"),
    ("overdue.coordinator", ON_LOAN, "07-22"),
    ("overdue.lost", ON_LOAN, "08-30"),
    ("overdue.mark", RENEWING, "07-02"),
    ("overdue.first", RENEWING, "07-05"),
    ("overdue.second", RENEWING, "07-08"),
    ("renewal.reminder", RENEWING, "07-03"),
    ("recall.reminder_1", replace(ON_LOAN, flags={Flag.RECALLED}, recalled_at=at(START)), "06-04"),
    ("recall.reminder_4", replace(ON_LOAN, flags={Flag.RECALLED}, recalled_at=at(START)), "06-18"),
    ("return.question", case(Stage.RETURNING, method=Method.EMS, sent_on=START), "06-16"),
    ("return.claim", case(Stage.RETURNING, method=Method.EMS, sent_on=START), "07-01"),
    ("retry_day.reminder", case(Stage.RETRY, until=on("06-08")), "06-08"),
    ("cancellation.reminder", case(Stage.CANCEL_ASKED), "06-04"),
    ("resend.reminder", case(Stage.RESEND), "06-08"),
    ("settlement.coordinator", case(Stage.LOST), "07-01"),
    ("copy.finish", case(Stage.DELIVERED), "06-15"),
    ("unfilled.close", case(Stage.UNFILLED), "06-15"),
]


@pytest.mark.parametrize(("step", "given", "day"), ROW_BY_ROW)
def test_a_step_comes_on_its_day_and_not_before(step: str, given: Case, day: str) -> None:
    assert step not in steps(given, on(day) - timedelta(days=1))
    assert step in steps(given, on(day))


def test_every_step_of_the_table_is_tried_above() -> None:
    tried = {step for step, _, _ in ROW_BY_ROW}
    again = {f"recall.reminder_{n}" for n in range(1, 21)}

    assert {f"{row.clock}.{step.name}" for row in ROWS for step in row.steps} - again == tried - again


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (case(Stage.SENT), "06-11"),
        (case(Stage.SENT, needed_by=on("06-05")), "06-05"),
        (case(Stage.CONDITIONAL), "06-05"),
        (case(Stage.RETRY, until=on("06-12")), "06-12"),
        (case(Stage.WILL_SUPPLY), "06-15"),
        (case(Stage.SHIPPED, method=Method.COURIER), "06-11"),
        (ON_LOAN, "07-01"),
        (RENEWING, "07-03"),
        (replace(ON_LOAN, flags={Flag.RECALLED}, recalled_at=at(START)), "06-16"),
        (replace(ON_LOAN, flags={Flag.OVERDUE}), "07-01"),
    ],
)
def test_the_card_says_until_when(given: Case, expected: str) -> None:
    assert deadline(given) == on(expected)


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_every_open_stage_has_a_clock_and_a_deadline(stage: Stage) -> None:
    given = case(stage, due=date(2026, 7, 1))

    assert schedule(given)
    assert deadline(given) is not None


@pytest.mark.parametrize("stage", sorted(set(Stage) - OPEN))
def test_no_clock_watches_what_has_ended_or_is_not_sent(stage: Stage) -> None:
    assert schedule(case(stage, due=START, needed_by=START, until=START)) == ()
    assert deadline(case(stage, due=START)) is None


def test_every_clock_is_in_the_table_once() -> None:
    assert [row.clock for row in ROWS] == list(Clock)


def test_a_clock_moves_a_request_only_by_a_row_of_the_clock() -> None:
    own = {(move.act, stage) for move in MOVES if move.by is None for stage in move.at}
    moved = {(step.moves, stage) for row in ROWS for step in row.steps if step.moves for stage in row.at}

    assert moved <= own
    assert {act for act, _ in moved} == {act for act, _ in own}


def test_a_step_tells_somebody_or_moves_the_request() -> None:
    assert all(bool(step.whom) is not bool(step.moves) for row in ROWS for step in row.steps)


def test_every_offered_act_can_be_done_at_some_stage_of_its_clock() -> None:
    impossible = [
        (row.clock, step.name, act)
        for row in ROWS
        for step in row.steps
        for act in step.offers
        if not any(move.act is act and move.at & row.at for move in MOVES)
    ]

    assert impossible == []


def test_overdue_goes_from_the_keeper_to_both_coordinators() -> None:
    overdue = next(row for row in ROWS if row.clock is Clock.OVERDUE)

    assert [step.whom for step in overdue.steps if step.whom] == [
        (Whom.REQUESTING,),
        (Whom.REQUESTING,),
        (Whom.REQUESTING,),
        COORDINATORS,
        (Whom.REQUESTING, *COORDINATORS),
    ]


def test_nowruz_gives_the_two_cities_different_deadlines() -> None:
    asked = at(date(2026, 3, 16))
    by_almaty = case(Stage.SENT, turn_since=asked, stage_since=asked)
    by_baku = replace(by_almaty, places={Side.REQUESTING: ALMATY, Side.SUPPLYING: BAKU})

    assert (deadline(by_almaty), deadline(by_baku)) == (date(2026, 3, 31), date(2026, 4, 6))


def test_weekends_are_not_counted() -> None:
    friday = at(date(2026, 6, 5))

    assert deadline(case(Stage.SENT, urgent=True, turn_since=friday)) == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (case(Stage.SENT), "06-25"),
        (case(Stage.RETURNING, method=Method.COURIER), "06-25"),
        (case(Stage.RESEND), "06-22"),
    ],
)
def test_an_announced_closure_of_the_library_whose_turn_it_is_pauses_its_clock(
    given: Case, expected: str
) -> None:
    closed = frozenset(date(2026, 6, 3) + timedelta(days=ahead) for ahead in range(14))
    shut = Place(Calendar("KZ", closed=closed), "Asia/Almaty")

    assert deadline(replace(given, places={**given.places, Side.SUPPLYING: shut})) == on(expected)
    elsewhere = {**given.places, Side.REQUESTING: Place(Calendar("AZ", closed=closed), "Asia/Baku")}
    assert deadline(replace(given, places=elsewhere)) == deadline(given)


def test_a_closure_does_not_finish_a_copy_that_nobody_could_look_at() -> None:
    closed = frozenset(date(2026, 6, 3) + timedelta(days=ahead) for ahead in range(20))
    shut = {Side.REQUESTING: Place(Calendar("AZ", closed=closed), "Asia/Baku"), Side.SUPPLYING: ALMATY}

    assert steps(case(Stage.DELIVERED, places=shut), date(2026, 7, 4)) == []
    assert steps(case(Stage.DELIVERED, places=shut), date(2026, 7, 5)) == ["copy.finish"]


def test_silence_alone_never_lets_a_request_expire() -> None:
    given = case(Stage.SENT, needed_by=on("06-11"))

    assert "needed_by.expiry" not in steps(given, date(2027, 6, 1))


def test_a_request_does_not_expire_once_the_question_was_answered() -> None:
    given = case(Stage.SENT, needed_by=on("06-11"), asked_on=on("06-11"), waited_on=on("06-12"))

    assert "needed_by.expiry" not in steps(given, date(2027, 6, 1))


def test_a_warning_is_not_given_once_its_day_is_behind_or_lay_before_the_request() -> None:
    assert "needed_by.warning" not in steps(case(Stage.SENT, needed_by=on("06-11")), on("06-12"))
    assert "needed_by.warning" not in steps(case(Stage.SENT, needed_by=on("06-03")), on("06-02"))


def test_a_due_date_is_near_only_until_it_comes() -> None:
    assert steps(ON_LOAN, on("07-01")) == ["due_soon.first", "due_soon.second"]
    assert steps(ON_LOAN, on("07-02")) == ["overdue.mark", "overdue.first"]


@pytest.mark.parametrize(("day", "late"), [("06-28", -3), ("07-01", 0), ("07-02", 1), ("07-08", 7)])
def test_the_number_of_days_is_counted_from_the_due_date(day: str, late: int) -> None:
    newest = due(replace(ON_LOAN, flags={Flag.OVERDUE}), at(on(day)))[-1]

    assert newest.late_days(on(day)) == late


def test_a_day_begins_in_the_library_whose_turn_it_is() -> None:
    evening = datetime(2026, 6, 10, 19, 30, tzinfo=UTC)  # 00:30 of the 11th in Almaty, 23:30 in Baku

    assert [one.step.name for one in due(case(Stage.SENT), evening)] == ["reminder"]
    by_baku = case(Stage.SENT, places={Side.REQUESTING: ALMATY, Side.SUPPLYING: BAKU})
    assert due(by_baku, evening) == ()


def test_the_next_look_is_the_first_moment_of_the_next_steps_day() -> None:
    assert next_look(case(Stage.SENT), at(START)) == datetime(2026, 6, 10, 19, tzinfo=UTC)
    assert next_look(case(Stage.SENT), at(on("06-24"))) is None


@pytest.mark.parametrize(("day", "holds"), [("07-02", True), ("07-07", True), ("07-08", False)])
def test_a_reminder_holds_until_the_next_one_of_its_clock_speaks_to_the_same_people(
    day: str, holds: object
) -> None:
    found = still(due(ON_LOAN, at(on(day))), Clock.OVERDUE, "first", anchor=date(2026, 7, 1))

    assert (found is not None) is holds


def test_a_reminder_of_another_round_holds_no_more() -> None:
    dues = due(replace(ON_LOAN, due=date(2026, 7, 31)), at(on("08-02")))

    assert still(dues, Clock.OVERDUE, "first", anchor=date(2026, 7, 1)) is None


def test_the_question_to_one_side_does_not_replace_the_reminder_to_the_other() -> None:
    dues = due(case(Stage.SENT), at(on("06-24")))

    assert still(dues, Clock.ANSWER, "reminder", anchor=START) is not None


def test_an_agreement_settles_other_lengths() -> None:
    given = case(Stage.SENT, limits=Limits.of({"answer": 2}))

    assert deadline(given) == on("06-03")


def test_an_agreement_cannot_settle_what_no_clock_reads() -> None:
    with pytest.raises(UnknownLimitError, match="anser"):
        Limits.of({"anser": 2})


WEEKS = {
    side: Place(Calendar(""), zone) for side, zone in zip(Side, ("Asia/Baku", "Asia/Almaty"), strict=True)
}
STANDING = st.builds(
    case,
    st.sampled_from(sorted(OPEN)),
    places=st.just(WEEKS),
    flags=st.sets(
        st.sampled_from([Flag.OVERDUE, Flag.RENEWAL_ASKED, Flag.RECALLED, Flag.CLAIMED]), max_size=2
    ).map(frozenset),
    urgent=st.booleans(),
    needed_by=st.none() | st.dates(START, date(2026, 9, 1)),
    until=st.none() | st.dates(START, date(2026, 9, 1)),
    due=st.dates(START, date(2026, 9, 1)),
    waited_on=st.none() | st.dates(START, date(2026, 9, 1)),
    asked_on=st.none() | st.dates(START, date(2026, 9, 1)),
    method=st.none() | st.sampled_from(Method),
    renewal_asked_at=st.dates(START, date(2026, 9, 1)).map(at),
    recalled_at=st.dates(START, date(2026, 9, 1)).map(at),
)


@given(STANDING)
def test_no_step_is_dated_twice(given: Case) -> None:
    found = [(one.clock, one.step.name, one.anchor) for one in schedule(given)]

    assert len(found) == len(set(found))


@given(STANDING, st.dates(START, date(2026, 12, 1)), st.integers(0, 90))
def test_what_was_due_stays_due_unless_its_end_makes_it_untrue(given: Case, day: date, later: int) -> None:
    now, then = set(due(given, at(day))), set(due(given, at(day + timedelta(days=later))))

    assert all(one.step.before_end for one in now - then)


@given(STANDING, st.dates(START, date(2026, 12, 1)))
def test_nothing_comes_due_before_the_next_look(given: Case, day: date) -> None:
    now = at(day)
    look = next_look(given, now) or now + timedelta(days=400)

    assert set(due(given, look - timedelta(seconds=1))) <= set(due(given, now))


def test_every_act_by_which_waiting_is_answered_is_offered_by_the_questions() -> None:
    asking = [step for row in ROWS if row.clock in {Clock.ANSWER, Clock.NEEDED_BY} for step in row.steps]

    assert all(Act.WAIT in step.offers for step in asking if step.name == "question")
