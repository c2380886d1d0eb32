"""Working hours: when a reminder may leave."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.rules.hours import Place
from models.rules.workdays import Calendar

BAKU = Place(Calendar("AZ"), "Asia/Baku")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-06-01T04:59", "2026-06-01T05:00"),  # 08:59
        ("2026-06-01T05:00", "2026-06-01T05:00"),
        ("2026-06-01T13:59", "2026-06-01T13:59"),
        ("2026-06-01T14:00", "2026-06-02T05:00"),  # 18:00
        ("2026-06-05T20:30", "2026-06-08T05:00"),  # already Saturday
        ("2026-06-06T08:00", "2026-06-08T05:00"),
        ("2026-03-19T15:00", "2026-03-31T05:00"),  # Novruz, the holiday of the fast, a weekend
    ],
)
def test_a_reminder_leaves_in_working_hours(now: str, leaves: str) -> None:
    assert BAKU.working_moment(utc(now)) == utc(leaves)


def test_open_days_leave_out_announced_closures_and_count_weekends() -> None:
    shut = Place(Calendar("AZ", closed=frozenset({date(2026, 6, 3), date(2026, 6, 4)})), "Asia/Baku")

    assert shut.open_days_after(date(2026, 6, 1), 7) == date(2026, 6, 10)
    assert BAKU.open_days_after(date(2026, 6, 1), 7) == date(2026, 6, 1) + timedelta(days=7)
