"""What a library is told of an agreement, and when: first of the real one, then of any."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.period import Period
from models.rules.renewal import (
    ROWS,
    Announced,
    Stand,
    Watch,
    derivation,
    due,
    escalations,
    matters,
    row_of,
    schedule,
)
from models.rules.renewal.escalation import Escalation
from models.rules.renewal.table import LAST_FOUR
from models.rules.term import Amendment, Duration, term_on, terms
from models.rules.vocabulary import RenewalAnswer, RenewalGroup, RenewalStep, Told
from models.rules.workdays import Calendar

S = RenewalStep
SIGNED = date(2013, 11, 8)
REAL = Duration(SIGNED)
ALWAYS = Calendar("", weekend=frozenset())
BAKU, ALMATY = Calendar("AZ"), Calendar("KZ")
DEADLINE = date(2028, 8, 8)
ONE_DAY = timedelta(days=1)

DURATIONS = st.builds(
    Duration,
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    term=st.builds(Period, months=st.integers(6, 120)),
    renewal=st.none() | st.builds(Period, months=st.integers(6, 120)),
    renewals=st.none() | st.integers(0, 3),
    notice=st.builds(Period, months=st.integers(1, 12)) | st.builds(Period, days=st.integers(1, 200)),
)
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(["", "AZ", "KZ"]),
    weekend=st.frozensets(st.integers(0, 6), max_size=5),
    closed=st.frozensets(st.dates(date(2000, 1, 1), date(2060, 12, 31)), max_size=30),
)


def said(watch: Watch, calendar: Calendar, today: date) -> list[tuple[str, date]]:
    return [(one.step.value, one.day) for one in due(watch, calendar, today=today)]


def whole(duration: Duration = REAL, **changes: Any) -> Watch:
    return Watch(**{"duration": duration, "since": duration.signed_on, **changes})


def deadline_on(duration: Duration, day: date) -> date | None:
    term = term_on(duration, day)
    return term.last_day_for_notice if term else None


def test_of_the_term_that_ends_in_2028_twelve_things_are_said() -> None:
    watch = whole(since=date(2024, 1, 1))

    assert said(watch, ALWAYS, date(2028, 12, 31)) == [
        ("12_months", date(2027, 8, 8)),
        ("6_months", date(2028, 2, 8)),
        ("90_days", date(2028, 5, 10)),
        ("30_days", date(2028, 7, 9)),
        ("14_days", date(2028, 7, 25)),
        ("7_days", date(2028, 8, 1)),
        ("1_day", date(2028, 8, 7)),
        ("last_day", date(2028, 8, 8)),
        ("window_closed", date(2028, 8, 9)),
        ("renewed", date(2028, 11, 9)),
    ]


def test_a_step_on_a_closed_day_comes_earlier_and_an_announcement_later() -> None:
    watch = whole(since=date(2024, 1, 1))
    days = {one.step: one.day for one in due(watch, BAKU, today=date(2028, 12, 31))}

    assert days[S.MONTHS_12] == date(2027, 8, 6)  # a Sunday
    assert days[S.DAYS_30] == date(2028, 7, 7)
    # 8 November is a holiday in Baku, 9 November another one: the new term is announced after both.
    assert days[S.RENEWED] == BAKU.next_working(date(2028, 11, 9))


def test_two_steps_on_one_day_leave_the_one_nearer_to_the_deadline() -> None:
    sunday = Duration(date(2018, 1, 8), term=Period(months=60), notice=Period(months=3))
    deadline = deadline_on(sunday, date(2022, 6, 1))
    watch = Watch(duration=sunday, since=date(2022, 1, 1))

    assert deadline == date(2022, 10, 8)  # a Saturday: the day before is a Friday already
    assert [
        one.step for one in due(watch, Calendar(""), today=date(2022, 10, 8)) if one.day > date(2022, 10, 3)
    ] == [S.LAST_DAY]


def test_after_the_deadline_nothing_points_back_to_it() -> None:
    with_closure = Calendar("", closed=frozenset(DEADLINE - timedelta(days=back) for back in range(-5, 20)))
    steps = due(whole(since=date(2028, 1, 1)), with_closure, today=date(2028, 12, 1))

    asked = [one for one in steps if one.row.asks]
    assert asked[-1].step is S.LAST_DAY
    assert asked[-1].day < DEADLINE - timedelta(days=19)
    assert next(one for one in steps if one.step is S.CLOSED).day > DEADLINE + timedelta(days=5)


@pytest.mark.parametrize(
    ("answer", "steps"),
    [
        (RenewalAnswer.RENEW, []),
        (RenewalAnswer.TALK, [S.DAYS_14, S.DAYS_7, S.DAYS_1, S.LAST_DAY]),
        (RenewalAnswer.NOTICE, [S.DAYS_30, S.DAYS_14, S.DAYS_7, S.DAYS_1, S.LAST_DAY]),
    ],
)
def test_an_answer_stops_some_or_none_of_what_follows(
    answer: RenewalAnswer, steps: list[RenewalStep]
) -> None:
    watch = whole(since=date(2028, 6, 1), stands={DEADLINE: Stand(answer, date(2028, 6, 2))})
    found = due(watch, ALWAYS, today=date(2028, 12, 1))

    assert [one.step for one in found if one.row.asks] == steps
    assert [one.step for one in found if not one.row.asks] == [S.CLOSED, S.RENEWED]


def test_an_answer_stops_the_ladder_of_its_own_term_only() -> None:
    watch = whole(stands={date(2018, 8, 8): Stand(RenewalAnswer.RENEW, SIGNED)})
    asked = Counter(one.anchor for one in due(watch, ALWAYS, today=date(2034, 1, 1)) if one.row.asks)

    assert asked == {date(2023, 8, 8): 8, date(2028, 8, 8): 8, date(2033, 8, 8): 8}


def test_once_a_notice_runs_only_the_end_is_counted_down() -> None:
    watch = whole(since=date(2028, 8, 8), end=date(2028, 11, 8))

    assert said(watch, ALWAYS, date(2034, 1, 1)) == [
        ("ends_in_60_days", date(2028, 9, 9)),
        ("ends_in_30_days", date(2028, 10, 9)),
        ("ends_in_14_days", date(2028, 10, 25)),
        ("ends_in_7_days", date(2028, 11, 1)),
        ("ends_in_1_day", date(2028, 11, 7)),
        ("ended", date(2028, 11, 9)),
    ]


def test_an_agreement_that_is_not_renewed_is_counted_down_without_a_notice() -> None:
    watch = whole(Duration(SIGNED, renewal=None))

    assert [one.step for one in due(watch, ALWAYS, today=date(2019, 1, 1))] == [
        S.ENDS_60,
        S.ENDS_30,
        S.ENDS_14,
        S.ENDS_7,
        S.ENDS_1,
        S.ENDED,
    ]


@pytest.mark.parametrize("last_day", [date(2027, 2, 28), date(2029, 5, 1)])
def test_an_amended_last_day_plans_anew_in_both_directions(last_day: date) -> None:
    agreed = date(2026, 3, 2)
    amended = Duration(SIGNED, amendments=(Amendment(agreed, last_day, by_both=True),))
    watch = Watch(duration=amended, since=agreed)
    deadline = deadline_on(amended, agreed)
    asked = [one for one in due(watch, ALWAYS, today=last_day) if one.row.asks]

    assert {one.anchor for one in asked} == {deadline}
    assert asked[-1].day == deadline
    assert all(one.day >= agreed for one in asked)


def test_what_was_planned_and_is_no_longer_so_does_not_matter() -> None:
    watch = whole(since=date(2028, 1, 1))

    assert matters(watch, S.DAYS_7, DEADLINE, today=DEADLINE)
    assert not matters(watch, S.DAYS_7, DEADLINE, today=DEADLINE + ONE_DAY)
    assert matters(watch, S.CLOSED, DEADLINE, today=date(2028, 11, 8))
    assert not matters(watch, S.CLOSED, DEADLINE, today=date(2028, 11, 9))
    assert matters(watch, S.RENEWED, date(2028, 11, 9), today=date(2028, 12, 9))
    ending = whole(since=date(2028, 1, 1), end=date(2028, 11, 8))
    assert not matters(ending, S.DAYS_7, DEADLINE, today=DEADLINE)
    assert matters(ending, S.ENDS_7, date(2028, 11, 8), today=date(2028, 11, 8))
    assert not matters(ending, S.ENDS_7, date(2028, 11, 8), today=date(2028, 11, 9))
    assert matters(ending, S.ENDED, date(2028, 11, 8), today=date(2029, 1, 1))
    moved = whole(since=date(2028, 1, 1), end=date(2028, 12, 8))
    assert not matters(moved, S.ENDS_7, date(2028, 11, 8), today=date(2028, 11, 2))


def test_silence_goes_to_the_deputy_and_then_to_the_address_of_record() -> None:
    assert escalations(date(2028, 5, 10), DEADLINE, ALWAYS, has_deputy=True) == (
        Escalation(Told.DEPUTY, date(2028, 5, 17)),
        Escalation(Told.RECORD, date(2028, 5, 24)),
    )
    assert escalations(date(2028, 7, 25), DEADLINE, ALWAYS, has_deputy=True) == (
        Escalation(Told.DEPUTY, date(2028, 7, 27)),
        Escalation(Told.RECORD, date(2028, 7, 29)),
    )
    assert escalations(date(2028, 5, 10), DEADLINE, ALWAYS, has_deputy=False) == (
        Escalation(Told.RECORD, date(2028, 5, 17)),
    )
    assert escalations(date(2028, 8, 7), DEADLINE, ALWAYS, has_deputy=True) == ()


def test_a_deadline_says_where_it_comes_from() -> None:
    third = term_on(REAL, date(2028, 1, 1))
    assert third is not None
    found = derivation(REAL, third)

    assert (found.signed_on, found.counted, found.agreed_last_day) == (SIGNED, Period(months=180), None)
    assert (found.notice, found.deadline, found.last_day) == (
        Period(months=3),
        DEADLINE,
        date(2028, 11, 8),
    )


def test_an_amended_deadline_says_what_was_agreed() -> None:
    amended = Duration(SIGNED, amendments=(Amendment(date(2026, 3, 2), date(2027, 2, 28), by_both=True),))
    third, fourth = term_on(amended, date(2026, 4, 1)), term_on(amended, date(2028, 4, 1))
    assert third is not None
    assert fourth is not None

    found = [derivation(amended, term) for term in (third, fourth)]
    assert [(one.counted, one.agreed_last_day, one.later) for one in found] == [
        (None, date(2027, 2, 28), Period()),
        (None, date(2027, 2, 28), Period(months=60)),
    ]


def test_every_step_has_one_row_and_the_last_four_are_asked() -> None:
    assert [row.step for row in ROWS] == list(RenewalStep)
    assert {row.group for row in ROWS} == set(RenewalGroup)
    assert all(row_of(step).asks for step in LAST_FOUR)


# Any agreement, any calendar


@given(DURATIONS, CALENDARS, st.integers(0, 9000))
def test_no_two_steps_of_a_group_fall_on_one_day_and_none_asks_after_its_deadline(
    duration: Duration, calendar: Calendar, ahead: int
) -> None:
    today = duration.signed_on + timedelta(days=ahead)
    found = due(Watch(duration=duration, since=duration.signed_on), calendar, today=today)

    days = Counter((one.row.group, one.day) for one in found if one.row.backward)
    assert not [day for day, count in days.items() if count > 1]
    for one in found:
        assert calendar.is_working(one.day)
        assert one.day <= one.nominal if one.row.backward else one.day >= one.nominal
        if one.row.asks:
            assert one.day <= one.anchor
    assert all(earlier.day <= later.day for earlier, later in pairwise(found))


@given(DURATIONS, st.integers(0, 9000))
def test_every_term_that_is_followed_has_its_last_day_told_and_its_renewal(
    duration: Duration, ahead: int
) -> None:
    today = duration.signed_on + timedelta(days=ahead)
    found = due(Watch(duration=duration, since=duration.signed_on), ALWAYS, today=today)
    over = list(takewhile(lambda term: term.first_day <= today, terms(duration)))

    assert [one.anchor for one in found if one.step is S.RENEWED] == [term.first_day for term in over[1:]]
    assert all(one.day > one.anchor for one in found if one.step is S.CLOSED)


@given(DURATIONS, CALENDARS, st.integers(0, 4000), st.integers(0, 400))
def test_what_was_due_stays_due_as_days_go_by(
    duration: Duration, calendar: Calendar, ahead: int, more: int
) -> None:
    watch = Watch(duration=duration, since=duration.signed_on)
    today = duration.signed_on + timedelta(days=ahead)

    def keys(found: tuple[Announced, ...]) -> set[tuple[RenewalStep, date, date]]:
        return {(one.step, one.anchor, one.day) for one in found}

    earlier, later = due(watch, calendar, today=today), due(watch, calendar, today=today + timedelta(more))
    assert keys(earlier) <= keys(later)
    assert keys(earlier) <= keys(schedule(watch, calendar, today=today))
