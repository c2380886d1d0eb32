"""A month as buttons, and dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text.calendar import month_rows, typed_date
from handlers.text.screens import Rows, Tap, Verb
from handlers.text.voice import Voice
from models.rules.vocabulary import Language

TODAY = date(2028, 7, 31)
DATES = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def tap(day: str) -> Tap:
    return Tap(Verb.DAY, 1, 1, "expect", day)


def shown(month: date, first: date, language: Language = Language.EN) -> Rows:
    return month_rows(Voice(language), month, first=first, tap=tap)


def texts(rows: Rows) -> list[list[str]]:
    return [[button.text for button in row] for row in rows]


def test_a_month_is_shown_in_weeks_from_monday() -> None:
    assert texts(shown(date(2028, 8, 1), date(2028, 8, 1))) == [
        ["August 2028", "›"],
        ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        ["·", "1", "2", "3", "4", "5", "6"],
        ["7", "8", "9", "10", "11", "12", "13"],
        ["14", "15", "16", "17", "18", "19", "20"],
        ["21", "22", "23", "24", "25", "26", "27"],
        ["28", "29", "30", "31", "·", "·", "·"],
    ]


@pytest.mark.parametrize("language", Language)
def test_days_of_the_week_look_like_no_days_of_the_month(language: Language) -> None:
    names = texts(shown(TODAY, TODAY, language))[1]
    assert [name for name in names if name.isdecimal()] == []


def test_weeks_that_are_over_are_left_out_and_days_that_are_over_are_blank() -> None:
    assert texts(shown(date(2028, 8, 1), date(2028, 8, 16)))[2:] == [
        ["·", "·", "16", "17", "18", "19", "20"],
        ["21", "22", "23", "24", "25", "26", "27"],
        ["28", "29", "30", "31", "·", "·", "·"],
    ]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (Language.AZ, "avqust 2028"),
        (Language.KK, "2028 ж. тамыз"),
        (Language.RU, "август 2028 г."),
        (Language.EN, "August 2028"),
    ],
)
def test_a_month_is_named_in_the_readers_language(language: Language, title: str) -> None:
    for _ in range(2):
        assert texts(shown(date(2028, 8, 1), TODAY, language))[0][1].replace("\u202f", " ") == title


@given(month=DATES, ahead=st.integers(0, 400))
def test_each_day_from_the_first_on_can_be_chosen_once(month: date, ahead: int) -> None:
    first = month.replace(day=1) - timedelta(days=ahead)
    taps = [button.tap for row in shown(month, first) for button in row if button.tap]
    chosen = [date.fromisoformat(tap.extra) for tap in taps if len(tap.extra) == 10]
    days = [month.replace(day=1) + timedelta(days=n) for n in range(31)]

    assert chosen == [day for day in days if day.month == month.month and day >= first]


@given(month=DATES)
def test_turning_on_and_back_comes_to_the_same_month(month: date) -> None:
    turns = shown(month, date.min)[0]
    assert [button.text for button in turns][::2] == ["‹", "›"]

    taps = [button.tap for button in turns if button.tap]
    before, here, after = (date.fromisoformat(f"{tap.extra}-01") for tap in taps)

    assert here == month.replace(day=1)
    assert (before + timedelta(days=31)).replace(day=1) == here
    assert (here + timedelta(days=31)).replace(day=1) == after


def test_nobody_turns_back_behind_the_first_day() -> None:
    assert [button.text for button in shown(date(2028, 8, 1), date(2028, 8, 16))[0]] == ["August 2028", "›"]
    assert [button.text for button in shown(date(2028, 9, 1), date(2028, 8, 16))[0]] == [
        "‹",
        "September 2028",
        "›",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14.01.2027", date(2027, 1, 14)),
        (" 14.1.2027. ", date(2027, 1, 14)),
        ("14/01/2027", date(2027, 1, 14)),
        ("14-01-2027", date(2027, 1, 14)),
        ("14.01.27", date(2027, 1, 14)),
        ("2027-01-14", date(2027, 1, 14)),
        ("20270114", date(2027, 1, 14)),
        ("31.07", date(2028, 7, 31)),
        ("30.07", date(2029, 7, 30)),
        ("01.08.", date(2028, 8, 1)),
        ("29.02", None),
        ("29.02.2032", date(2032, 2, 29)),
        ("31.02.2029", None),
        ("0.1.2029", None),
        ("14.13.2029", None),
        ("14", None),
        ("14.01.027", None),
        ("завтра", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_type_it(text: str, day: date | None) -> None:
    assert typed_date(text, TODAY) == day


@given(day=DATES)
def test_a_day_typed_in_full_is_that_day(day: date) -> None:
    assert {typed_date(text, TODAY) for text in (f"{day:%d.%m.%Y}", day.isoformat())} == {day}


@given(day=DATES, today=DATES)
def test_a_day_without_a_year_is_the_next_such_day(day: date, today: date) -> None:
    found = typed_date(f"{day:%d.%m}", today)

    assert found is None or (
        found >= today and (found.day, found.month) == (day.day, day.month) and found.year - today.year <= 1
    )


@given(text=st.text(max_size=20))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    day = typed_date(text, TODAY)

    assert day is None or isinstance(day, date)
