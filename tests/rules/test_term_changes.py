"""The calendar of an agreement that was changed, given notice of, and read in two time zones."""

from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.hours import Place
from models.rules.period import Period
from models.rules.term import (
    Amendment,
    Duration,
    Notice,
    effect,
    end_by_notice,
    standing,
    term_on,
    terms,
    withdraw,
)
from models.rules.workdays import Calendar

SIGNED = date(2013, 11, 8)
REAL = Duration(SIGNED)
ONE_DAY = timedelta(days=1)
BAKU, ALMATY = Place(Calendar("AZ"), "Asia/Baku"), Place(Calendar("KZ"), "Asia/Almaty")
FIXED = st.builds(
    Duration,
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    term=st.builds(Period, months=st.integers(1, 120)),
    renewal=st.none(),
    notice=st.builds(Period, months=st.integers(1, 12)) | st.builds(Period, days=st.integers(1, 400)),
)


@st.composite
def amended(draw: st.DrawFn) -> Duration:
    """An agreement whose last day was agreed anew, once or twice."""
    signed = draw(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
    days = sorted(draw(st.lists(st.integers(0, 4000), min_size=1, max_size=2)))
    changes = [
        Amendment(signed + timedelta(ahead), signed + timedelta(ahead + more), by_both=True)
        for ahead in days
        for more in [draw(st.integers(0, 4000))]
    ]
    notice = draw(st.builds(Period, months=st.integers(1, 12)) | st.builds(Period, days=st.integers(1, 400)))
    return Duration(signed, notice=notice, amendments=tuple(changes))


@given(amended())
def test_amended_terms_lie_end_to_end_and_keep_their_deadlines(duration: Duration) -> None:
    found = list(islice(terms(duration), 6))
    assert found[0].first_day == duration.signed_on
    assert all(later.first_day == earlier.last_day + ONE_DAY for earlier, later in pairwise(found))
    for term in found:
        if term.last_day_for_notice is not None:
            assert duration.notice.after(term.last_day_for_notice) <= term.last_day
            assert duration.notice.after(term.last_day_for_notice + ONE_DAY) > term.last_day


@given(amended())
def test_the_last_amendment_that_met_a_running_term_sets_its_last_day(duration: Duration) -> None:
    last = duration.amendments[-1]
    term = term_on(duration, last.agreed_on)
    if term is not None:
        assert term.last_day == last.last_day


@given(FIXED, st.integers(-5, 4000))
def test_a_fixed_term_is_over_after_its_last_day(duration: Duration, ahead: int) -> None:
    [only] = terms(duration)
    day = duration.signed_on + timedelta(days=ahead)

    assert standing(duration, [], day=day).in_force is (only.first_day <= day <= only.last_day)


@given(st.integers(0, 9000), st.integers(0, 120))
def test_a_withdrawn_notice_leaves_the_agreement_as_it_was(ahead: int, later: int) -> None:
    notice = Notice(SIGNED + timedelta(days=ahead))
    day = notice.received + timedelta(days=later)
    if day > effect(REAL, notice).ends:
        return
    left = withdraw(REAL, [notice], notice, day=day, other_side_consents=True)

    assert end_by_notice(REAL, left, day=day) is None
    assert standing(REAL, left, day=day) == standing(REAL, [], day=day)
    if later:
        assert end_by_notice(REAL, left, day=day - ONE_DAY) == effect(REAL, notice).ends


@pytest.mark.parametrize(
    ("moment", "baku", "almaty"),
    [
        ("2023-08-08 17:59", date(2023, 8, 8), date(2023, 8, 8)),  # Almaty was six hours ahead
        ("2023-08-08 18:00", date(2023, 8, 8), date(2023, 8, 9)),
        ("2024-02-29 18:30", date(2024, 2, 29), date(2024, 2, 29)),  # the hour before midnight came twice
        ("2024-03-01 18:30", date(2024, 3, 1), date(2024, 3, 1)),  # five since that day
        ("2028-08-08 18:59", date(2028, 8, 8), date(2028, 8, 8)),
        ("2028-08-08 19:00", date(2028, 8, 8), date(2028, 8, 9)),
        ("2028-08-08 20:00", date(2028, 8, 9), date(2028, 8, 9)),
    ],
)
def test_a_day_is_that_of_the_library_that_received(moment: str, baku: date, almaty: date) -> None:
    at = datetime.fromisoformat(f"{moment}+00:00")

    assert (BAKU.day(at), ALMATY.day(at)) == (baku, almaty)


@pytest.mark.parametrize(
    ("local", "ends"),
    [
        ("2028-08-08 23:30", date(2028, 11, 8)),
        ("2028-08-09 00:00", date(2028, 11, 9)),
        ("2023-08-08 23:30", date(2023, 11, 8)),
        ("2023-08-09 00:00", date(2023, 11, 9)),
    ],
)
def test_half_an_hour_around_midnight_in_almaty_decides(local: str, ends: date) -> None:
    received = ALMATY.day(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Almaty")))
    done = effect(REAL, Notice(received))

    assert done.ends == ends
    assert done.in_time_for_term_end is (local.endswith("23:30"))
