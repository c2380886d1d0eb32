"""Announced days and monthly rules as a calendar."""

from datetime import date

import pytest

from models.rules.closures import LAST, MonthlyRule, Span, calendar_with
from models.rules.vocabulary import DayKind


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (MonthlyRule(weekday=3, nth=LAST), date(2026, 4, 30)),
        (MonthlyRule(weekday=3, nth=1), date(2026, 4, 2)),
        (MonthlyRule(weekday=3, nth=4), date(2026, 4, 23)),
        (MonthlyRule(day=1), date(2026, 4, 1)),
        (MonthlyRule(day=31), date(2026, 4, 30)),
    ],
)
def test_a_monthly_rule_finds_its_day(rule: MonthlyRule, expected: date) -> None:
    assert rule.within(2026, 4) == expected


@pytest.mark.parametrize(
    "given",
    [{}, {"weekday": 3}, {"nth": 1}, {"day": 32}, {"weekday": 7, "nth": 1}, {"weekday": 3, "nth": 5},
     {"weekday": 3, "nth": 1, "day": 4}],
)  # fmt: skip
def test_a_rule_that_names_no_day_is_refused(given: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="monthly rule"):
        MonthlyRule(**given)


def test_a_calendar_closes_spans_and_monthly_days_and_opens_what_is_announced_open() -> None:
    calendar = calendar_with(
        "KZ",
        {6},
        spans=[
            Span(first=date(2026, 8, 3), last=date(2026, 8, 5)),
            Span(first=date(2026, 12, 16), last=date(2026, 12, 16), kind=DayKind.OPEN),
        ],
        rules=[MonthlyRule(weekday=3, nth=LAST)],
        years=[2026],
    )

    days = {day: calendar.is_working(day) for day in map(date.fromisoformat, (
        "2026-08-02", "2026-08-03", "2026-08-05", "2026-08-06", "2026-08-08", "2026-08-27", "2026-12-16",
    ))}  # fmt: skip
    assert [str(day) for day, works in days.items() if works] == ["2026-08-06", "2026-08-08", "2026-12-16"]


def test_a_day_announced_open_outweighs_the_monthly_rule() -> None:
    sanitary = date(2026, 8, 27)
    calendar = calendar_with(
        "KZ",
        {5, 6},
        spans=[Span(first=sanitary, last=sanitary, kind=DayKind.OPEN)],
        rules=[MonthlyRule(weekday=3, nth=LAST)],
        years=[2026],
    )

    assert calendar.is_working(sanitary)
