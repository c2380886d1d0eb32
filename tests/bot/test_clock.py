"""The civil clock."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock


def test_it_tells_the_moment_with_its_zone() -> None:
    before = datetime.now(UTC)

    assert before <= Clock()() <= datetime.now(UTC)
    assert Clock()().tzinfo is UTC


def test_it_starts_where_it_is_told_and_goes_on() -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    clock = Clock(start)

    first, second = clock(), clock()

    assert start <= first <= second < start + timedelta(minutes=1)


def test_it_goes_forward_only() -> None:
    clock = Clock(datetime(2026, 3, 2, tzinfo=UTC))
    later = datetime(2027, 1, 1, tzinfo=UTC)

    clock.advance(later)

    assert later <= clock() < later + timedelta(minutes=1)
    with pytest.raises(ValueError, match="forward only"):
        clock.advance(later - timedelta(days=1))
