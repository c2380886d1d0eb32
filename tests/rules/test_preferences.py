"""What a person chose, stored and read; when it is quiet, and who is away."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.preferences import DIGEST_HOUR, QUIET, Preferences, is_address
from models.rules.vocabulary import Clock, Reach

HOURS = st.integers(0, 23)
CHOSEN = st.builds(
    Preferences,
    digest_hour=st.none() | HOURS,
    quiet=st.none() | st.tuples(HOURS, HOURS),
    off=st.frozensets(st.sampled_from([clock.value for clock in Clock])),
    away_until=st.none() | st.dates(),
    deputy=st.none() | st.integers(1, 99),
    wanted_email=st.none() | st.just("aigul@nlrk.example"),
    wanted_reach=st.none() | st.sampled_from(Reach),
)


@given(chosen=CHOSEN)
def test_what_was_chosen_survives_storage(chosen: Preferences) -> None:
    assert Preferences.read(chosen.as_json()) == chosen


def test_who_chose_nothing_has_the_defaults() -> None:
    assert (Preferences.read({}).digest_hour, Preferences.read({}).quiet) == (DIGEST_HOUR, QUIET)


def test_off_is_not_the_default() -> None:
    stored = {"digest_hour": None, "quiet": None}

    assert (Preferences.read(stored).digest_hour, Preferences.read(stored).quiet) == (None, None)


@pytest.mark.parametrize(
    ("quiet", "hour", "silent"),
    [
        ((19, 8), 18, False),
        ((19, 8), 19, True),
        ((19, 8), 3, True),
        ((19, 8), 8, False),
        ((13, 14), 13, True),
        ((13, 14), 14, False),
        (None, 3, False),
    ],
)
def test_quiet_hours_end_with_their_last_hour(
    quiet: tuple[int, int] | None, hour: int, *, silent: bool
) -> None:
    assert Preferences(quiet=quiet).is_quiet(hour) is silent


@pytest.mark.parametrize(
    ("today", "away"), [(date(2028, 8, 4), True), (date(2028, 8, 5), True), (date(2028, 8, 6), False)]
)
def test_the_last_day_away_is_a_day_away(today: date, *, away: bool) -> None:
    assert Preferences(away_until=date(2028, 8, 5), deputy=4).is_away(today) is away


def test_who_is_back_has_no_deputy() -> None:
    assert Preferences(away_until=date(2028, 8, 5), deputy=4).back() == Preferences()


@pytest.mark.parametrize(
    "typed", ["a@b.az", "ill.desk+kaa@nlrk.example", "x@kitabxana.gov.az", "a@мысал.қаз"]
)
def test_an_address_can_be_written_to(typed: str) -> None:
    assert is_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "Yeni sorğu", "a@b", "@b.az", "a@@b.az", "a b@c.az", "әсел@nlrk.example", "a@b.az.", "x@y.z" * 60],
)
def test_what_is_no_address_is_not_written_to(typed: str) -> None:
    assert not is_address(typed)
