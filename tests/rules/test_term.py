"""The calendar of an agreement, first the real one of 2013, then any."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.period import Period, TermRefusalKind, TermRefusedError, add_months
from models.rules.term import (
    Amendment,
    Duration,
    Notice,
    advised_day,
    as_json,
    effect,
    effects,
    end_by_notice,
    last_day_for_notice,
    standing,
    term_on,
    terms,
    withdraw,
)
from models.rules.workdays import Calendar

SIGNED = date(2013, 11, 8)
REAL = Duration(SIGNED)
ONE_DAY = timedelta(days=1)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
LENGTHS = st.builds(Period, months=st.integers(1, 120)) | st.builds(Period, days=st.integers(1, 4000))
SHORT = st.builds(Period, months=st.integers(1, 12)) | st.builds(Period, days=st.integers(1, 400))
DURATIONS = st.builds(
    Duration,
    DAYS,
    term=LENGTHS,
    renewal=st.none() | LENGTHS,
    renewals=st.none() | st.integers(0, 5),
    notice=SHORT,
)


def test_the_real_agreement_has_its_four_deadlines() -> None:
    first = list(islice(terms(REAL), 4))
    assert [term.last_day_for_notice for term in first] == [
        date(year, 8, 8) for year in (2018, 2023, 2028, 2033)
    ]
    assert [term.last_day for term in first] == [date(year, 11, 8) for year in (2018, 2023, 2028, 2033)]
    assert [term.first_day for term in first] == [SIGNED, *(date(year, 11, 9) for year in (2018, 2023, 2028))]


def test_a_deadline_says_what_it_is_counted_from() -> None:
    third = next(islice(terms(REAL), 2, None))
    assert (third.number, third.counted_from, third.counted) == (3, SIGNED, Period(months=180))


def test_an_agreement_signed_on_29_february_is_counted_from_that_day_and_never_chained() -> None:
    ends = [
        term.last_day
        for term in islice(terms(Duration(date(2012, 2, 29), term=Period(12), renewal=Period(12))), 5)
    ]
    assert ends == [
        date(2013, 2, 28),
        date(2014, 2, 28),
        date(2015, 2, 28),
        date(2016, 2, 29),
        date(2017, 2, 28),
    ]


def test_a_deadline_before_the_end_of_february_is_the_last_day_that_still_reaches_it() -> None:
    assert last_day_for_notice(date(2027, 2, 28), Period(months=3), signed_on=SIGNED) == date(2026, 11, 30)
    assert last_day_for_notice(date(2028, 2, 29), Period(months=3), signed_on=SIGNED) == date(2027, 11, 30)


def test_a_notice_in_days_has_its_deadline() -> None:
    assert last_day_for_notice(date(2028, 11, 8), Period(days=90), signed_on=SIGNED) == date(2028, 8, 10)


def test_a_notice_period_longer_than_the_first_term_leaves_it_without_a_deadline() -> None:
    short = Duration(SIGNED, term=Period(months=1), renewal=Period(months=1), notice=Period(months=3))
    assert [term.last_day_for_notice for term in islice(terms(short), 3)] == [None, None, SIGNED]


@pytest.mark.parametrize(
    ("duration", "count"),
    [
        (Duration(SIGNED, renewal=None), 1),
        (Duration(SIGNED, renewals=0), 1),
        (Duration(SIGNED, renewals=2), 3),
    ],
)
def test_an_agreement_has_as_many_terms_as_its_renewals_allow(duration: Duration, count: int) -> None:
    assert len(list(terms(duration))) == count


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 12, 8), 1, date(2024, 1, 8)),
    ],
)
def test_months_are_added_to_the_same_number_or_the_last_day(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("text", "period"),
    [("5y", Period(months=60)), ("3m", Period(months=3)), ("30d", Period(days=30)), (" 1Y ", Period(12))],
)
def test_a_period_is_read(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize("text", ["", "5", "0y", "-3m", "3w", "5 years", "1y6m", "999999d"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(TermRefusedError) as refused:
        Period.parse(text)
    assert refused.value.kind is TermRefusalKind.NOT_A_PERIOD


def test_a_year_after_the_calendar_is_refused() -> None:
    with pytest.raises(TermRefusedError) as refused:
        list(islice(terms(REAL), 2000))
    assert (refused.value.kind, refused.value.day) == (TermRefusalKind.OUT_OF_CALENDAR, SIGNED)


# One notice


def test_a_notice_on_the_deadline_ends_the_agreement_with_its_term() -> None:
    done = effect(REAL, Notice(date(2028, 8, 8)))
    assert (done.earliest_end, done.ends, done.in_time_for_term_end) == (
        date(2028, 11, 8),
        date(2028, 11, 8),
        True,
    )


def test_a_notice_a_day_late_ends_it_three_months_later_and_not_with_its_term() -> None:
    done = effect(REAL, Notice(date(2028, 8, 9)))
    assert (done.ends, done.in_time_for_term_end) == (date(2028, 11, 9), False)


def test_a_notice_in_the_middle_of_a_term_ends_it_after_three_months() -> None:
    done = effect(REAL, Notice(date(2026, 1, 31)))
    assert (done.ends, done.in_time_for_term_end) == (date(2026, 4, 30), True)


def test_a_later_named_end_is_kept_and_an_earlier_one_moved_to_the_minimum() -> None:
    assert effect(REAL, Notice(date(2026, 1, 10), named_end=date(2026, 12, 31))).ends == date(2026, 12, 31)
    assert effect(REAL, Notice(date(2026, 1, 10), named_end=date(2026, 2, 1))).ends == date(2026, 4, 10)


def test_a_notice_before_signing_is_refused() -> None:
    with pytest.raises(TermRefusedError) as refused:
        effect(REAL, Notice(date(2013, 11, 7)))
    assert (refused.value.kind, refused.value.day) == (TermRefusalKind.BEFORE_SIGNING, SIGNED)


def test_a_notice_in_the_future_is_refused() -> None:
    with pytest.raises(TermRefusedError) as refused:
        effects(REAL, [Notice(date(2026, 3, 2))], today=date(2026, 3, 1))
    assert (refused.value.kind, refused.value.day) == (TermRefusalKind.IN_THE_FUTURE, date(2026, 3, 1))


def test_a_second_notice_after_the_agreement_ended_is_refused() -> None:
    with pytest.raises(TermRefusedError) as refused:
        effects(REAL, [Notice(date(2026, 1, 10)), Notice(date(2026, 4, 11))])
    assert (refused.value.kind, refused.value.day) == (TermRefusalKind.AFTER_THE_END, date(2026, 4, 10))


def test_a_notice_after_the_last_term_is_refused() -> None:
    with pytest.raises(TermRefusedError) as refused:
        effect(Duration(SIGNED, renewal=None), Notice(date(2018, 11, 9)))
    assert refused.value.kind is TermRefusalKind.AFTER_THE_END


def test_of_two_notices_the_earlier_end_counts() -> None:
    notices = [Notice(date(2026, 1, 10), named_end=date(2027, 1, 1)), Notice(date(2026, 2, 1))]
    assert end_by_notice(REAL, notices, day=date(2026, 1, 31)) == date(2027, 1, 1)
    assert end_by_notice(REAL, notices, day=date(2026, 2, 1)) == date(2026, 5, 1)


def test_a_notice_may_be_withdrawn_with_consent_while_the_agreement_lasts() -> None:
    notice = Notice(date(2026, 1, 10))
    left = withdraw(REAL, [notice], notice, day=date(2026, 4, 10), other_side_consents=True)
    assert end_by_notice(REAL, left, day=date(2026, 4, 9)) == date(2026, 4, 10)
    assert end_by_notice(REAL, left, day=date(2026, 4, 10)) is None
    assert standing(REAL, left, day=date(2026, 5, 1)).last_day == date(2028, 11, 8)


@pytest.mark.parametrize(
    ("day", "consents", "kind"),
    [
        (date(2026, 2, 1), False, TermRefusalKind.NO_CONSENT),
        (date(2026, 4, 11), True, TermRefusalKind.AFTER_THE_END),
        (date(2026, 1, 9), True, TermRefusalKind.IN_THE_FUTURE),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused(day: date, consents: object, kind: TermRefusalKind) -> None:
    notice = Notice(date(2026, 1, 10))
    with pytest.raises(TermRefusedError) as refused:
        withdraw(REAL, [notice], notice, day=day, other_side_consents=bool(consents))
    assert refused.value.kind is kind


def test_a_notice_is_withdrawn_once() -> None:
    withdrawn = Notice(date(2026, 1, 10), withdrawn_on=date(2026, 2, 1))
    with pytest.raises(TermRefusedError) as refused:
        withdraw(REAL, [withdrawn], withdrawn, day=date(2026, 2, 2), other_side_consents=True)
    assert refused.value.kind is TermRefusalKind.ALREADY_WITHDRAWN


# Amendments


def test_an_amended_last_day_moves_the_deadline_and_the_terms_after_it() -> None:
    amended = Duration(SIGNED, amendments=(Amendment(date(2026, 3, 2), date(2027, 2, 28), by_both=True),))
    found = list(islice(terms(amended), 4))
    assert [term.last_day for term in found] == [
        date(2018, 11, 8),
        date(2023, 11, 8),
        date(2027, 2, 28),
        date(2032, 2, 28),
    ]
    assert [term.last_day_for_notice for term in found][2:] == [date(2026, 11, 30), date(2031, 11, 28)]
    assert found[3].first_day == date(2027, 3, 1)


def test_two_amendments_of_one_term_leave_the_later_one() -> None:
    amended = Duration(
        SIGNED,
        amendments=(
            Amendment(date(2015, 1, 1), date(2020, 1, 31), by_both=True),
            Amendment(date(2019, 6, 1), date(2019, 12, 31), by_both=True),
        ),
    )
    assert next(terms(amended)).last_day == date(2019, 12, 31)


@pytest.mark.parametrize(
    ("amendment", "kind"),
    [
        (Amendment(date(2026, 3, 2), date(2027, 2, 28), by_both=False), TermRefusalKind.ONE_SIDED),
        (Amendment(date(2013, 11, 7), date(2027, 2, 28), by_both=True), TermRefusalKind.BEFORE_SIGNING),
        (Amendment(date(2026, 3, 2), date(2026, 3, 1), by_both=True), TermRefusalKind.LAST_DAY_TOO_EARLY),
    ],
)
def test_an_amendment_that_cannot_be_is_refused(amendment: Amendment, kind: TermRefusalKind) -> None:
    with pytest.raises(TermRefusedError) as refused:
        Duration(SIGNED, amendments=(amendment,))
    assert refused.value.kind is kind


# One day


def test_between_the_deadline_and_the_end_the_term_keeps_its_own_deadline() -> None:
    day = standing(REAL, [], day=date(2028, 9, 1))
    assert (day.term, day.deadline, day.days_to_deadline) == (3, date(2028, 8, 8), -24)
    assert (day.last_day, day.days_to_last_day, day.window_open) == (date(2028, 11, 8), 68, False)


def test_the_first_day_of_a_new_term_has_the_next_deadline() -> None:
    day = standing(REAL, [], day=date(2028, 11, 9))
    assert (day.term, day.deadline, day.window_open) == (4, date(2033, 8, 8), True)


def test_a_notice_moves_the_last_day_and_leaves_the_deadline() -> None:
    day = standing(REAL, [Notice(date(2028, 8, 9))], day=date(2028, 9, 1))
    assert (day.last_day, day.days_to_last_day) == (date(2028, 11, 9), 69)
    assert (day.deadline, day.window_open) == (date(2028, 8, 8), False)


def test_an_agreement_that_is_not_renewed_ends_before_a_longer_notice() -> None:
    last_term = Duration(SIGNED, renewal=None)
    assert standing(last_term, [Notice(date(2018, 10, 1))], day=date(2018, 10, 2)).last_day == date(
        2018, 11, 8
    )


@pytest.mark.parametrize("day", [date(2013, 11, 7), date(2026, 4, 11)])
def test_outside_its_life_the_agreement_has_no_term(day: date) -> None:
    out = standing(REAL, [Notice(date(2026, 1, 10))], day=day)
    assert (out.in_force, out.term, out.last_day, out.deadline, out.window_open) == (
        False,
        None,
        None,
        None,
        None,
    )


def test_the_signing_day_and_the_last_day_are_in_force() -> None:
    last_term = Duration(SIGNED, renewal=None)
    days = (date(2013, 11, 7), SIGNED, date(2018, 11, 8), date(2018, 11, 9))
    assert [standing(last_term, [], day=day).in_force for day in days] == [False, True, True, False]


def test_the_advised_day_is_a_working_day_before_the_deadline() -> None:
    assert advised_day(date(2028, 8, 8), Calendar("KZ")) == date(2028, 8, 7)
    assert advised_day(date(2033, 8, 8), Calendar("AZ")) == date(2033, 8, 5)


def test_the_object_has_the_shape_of_the_contract() -> None:
    assert as_json(REAL, [Notice(date(2028, 8, 9))], on=date(2028, 9, 1), count=1) == {
        "terms": [
            {
                "term": 1,
                "first_day": "2013-11-08",
                "last_day": "2018-11-08",
                "last_day_for_notice": "2018-08-08",
            }
        ],
        "on": {
            "date": "2028-09-01",
            "in_force": True,
            "term": 3,
            "last_day": "2028-11-09",
            "deadline": "2028-08-08",
            "days_to_deadline": -24,
            "days_to_last_day": 69,
            "window_open": False,
        },
        "notices": [
            {
                "received": "2028-08-09",
                "earliest_end": "2028-11-09",
                "ends": "2028-11-09",
                "in_time_for_term_end": False,
            }
        ],
    }


def test_without_a_day_the_object_says_nothing_of_one() -> None:
    assert as_json(REAL)["on"] is None


# Any agreement


@given(DURATIONS)
def test_the_terms_lie_end_to_end(duration: Duration) -> None:
    found = list(islice(terms(duration), 6))
    assert found[0].first_day == duration.signed_on
    assert all(term.first_day <= term.last_day for term in found)
    assert all(later.first_day == earlier.last_day + ONE_DAY for earlier, later in pairwise(found))


@given(DURATIONS)
def test_the_deadline_is_in_time_and_the_day_after_is_late(duration: Duration) -> None:
    for term in islice(terms(duration), 6):
        if term.last_day_for_notice is None:
            assert duration.notice.after(duration.signed_on) > term.last_day
        else:
            assert duration.notice.after(term.last_day_for_notice) <= term.last_day
            assert duration.notice.after(term.last_day_for_notice + ONE_DAY) > term.last_day


@given(DURATIONS, st.integers(-10, 9000))
def test_every_day_of_its_life_is_in_one_term(duration: Duration, ahead: int) -> None:
    day = duration.signed_on + timedelta(days=ahead)
    term = term_on(duration, day)
    if term is None:
        assert day < duration.signed_on or day > list(terms(duration))[-1].last_day
    else:
        assert term.first_day <= day <= term.last_day


@given(DURATIONS, st.integers(0, 3000), st.none() | st.integers(-400, 4000))
def test_a_notice_never_ends_the_agreement_before_its_period(
    duration: Duration, ahead: int, named: int | None
) -> None:
    received = duration.signed_on + timedelta(days=ahead)
    term = term_on(duration, received)
    if term is None:
        return
    named_end = received + timedelta(days=named) if named is not None else None
    done = effect(duration, Notice(received, named_end))
    assert done.ends == max(duration.notice.after(received), named_end or date.min)
    deadline = term.last_day_for_notice
    assert done.in_time_for_term_end == (deadline is not None and received <= deadline)


@given(DAYS, st.integers(0, 600))
def test_adding_months_keeps_the_number_of_the_day_or_takes_the_last(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + ONE_DAY).day == 1)
