"""Working days of a library in Baku and of one in Almaty."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.workdays import SUNDAY, Calendar, NoWorkingDayError, UnknownCountryError, public_holidays

BAKU = Calendar("AZ")
ALMATY = Calendar("KZ")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(["AZ", "KZ", ""]),
    weekend=st.frozensets(st.integers(0, 6), max_size=5),
    closed=st.frozensets(DAYS, max_size=30),
    open_extra=st.frozensets(DAYS, max_size=10),
)


def test_the_anniversary_of_the_agreement_is_a_holiday_in_baku_only() -> None:
    day = date(2028, 11, 8)
    assert (BAKU.is_working(day), ALMATY.is_working(day)) == (False, True)


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        (BAKU, date(2026, 3, 2), True),
        (BAKU, date(2026, 3, 20), False),  # Novruz
        (BAKU, date(2026, 1, 20), False),
        (BAKU, date(2026, 3, 7), False),  # a Saturday
        (ALMATY, date(2026, 12, 16), False),
        (ALMATY, date(2026, 3, 9), False),  # in lieu of Sunday the 8th
        (ALMATY, date(2024, 5, 4), True),  # a Saturday worked by decree
        (ALMATY, date(2024, 5, 8), False),
    ],
)
def test_a_day_is_worked_as_the_country_works(calendar: Calendar, day: date, expected: object) -> None:
    assert calendar.is_working(day) is expected


def test_a_library_may_open_on_saturday_and_close_on_monday() -> None:
    calendar = Calendar("KZ", weekend=frozenset({0, SUNDAY}))
    assert [calendar.is_working(date(2026, 6, day)) for day in range(1, 8)] == [
        False,
        True,
        True,
        True,
        True,
        True,
        False,
    ]


def test_an_extra_open_day_outweighs_a_holiday_and_a_closure_outweighs_both() -> None:
    day = date(2026, 12, 16)
    assert Calendar("KZ", open_extra=frozenset({day})).is_working(day)
    assert not Calendar("KZ", open_extra=frozenset({day}), closed=frozenset({day})).is_working(day)


def test_a_closure_stops_the_count() -> None:
    closed = frozenset(date(2026, 8, 3) + timedelta(days=day) for day in range(14))
    assert ALMATY.add_working_days(date(2026, 7, 31), 3) == date(2026, 8, 5)
    assert Calendar("KZ", closed=closed).add_working_days(date(2026, 7, 31), 3) == date(2026, 8, 19)


def test_the_last_working_day_at_or_before_a_deadline() -> None:
    assert BAKU.previous_working(date(2033, 8, 7)) == date(2033, 8, 5)
    assert BAKU.previous_working(date(2028, 8, 8)) == date(2028, 8, 8)


def test_counting_backward_finds_the_third_working_day_before() -> None:
    assert ALMATY.add_working_days(date(2026, 3, 26), -3) == date(2026, 3, 18)


def test_zero_days_from_a_closed_day_is_the_next_working_day() -> None:
    assert ALMATY.add_working_days(date(2026, 6, 6), 0) == date(2026, 6, 8)


def test_without_a_country_no_holiday_counts() -> None:
    assert Calendar("").is_working(date(2026, 1, 1))
    assert public_holidays("", 2026) == frozenset()


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(UnknownCountryError):
        Calendar("ZZ").is_working(date(2026, 1, 1))


def test_a_library_that_never_works_is_told_and_not_searched_for_ever() -> None:
    never = Calendar("", weekend=frozenset(range(7)))
    with pytest.raises(NoWorkingDayError):
        never.next_working(date(2026, 1, 1))
    with pytest.raises(NoWorkingDayError):
        never.next_working(date.max)


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_counting_is_the_inverse_of_adding(calendar: Calendar, day: date, count: int) -> None:
    later = calendar.add_working_days(day, count)
    assert calendar.working_days_between(day, later) == count
    assert calendar.is_working(later)


@given(CALENDARS, DAYS)
def test_nothing_is_worked_between_a_day_and_its_neighbours(calendar: Calendar, day: date) -> None:
    before, after = calendar.previous_working(day), calendar.next_working(day)
    assert before <= day <= after
    assert (before == day) == (after == day) == calendar.is_working(day)
    assert calendar.working_days_between(before, after) == (0 if before == after else 1)
