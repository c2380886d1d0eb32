"""A library's days off: announced, taken back, and what its calendar makes of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.operations import closures
from models.queries.closures import ClosureView, calendar_of, closures_of, monthly_rules_of
from models.rules.closures import LAST, MonthlyRule
from models.rules.errors import BadField
from models.rules.vocabulary import DayKind
from models.tables import Request
from tests.desk import Desk, row

NOW = datetime(2026, 6, 1, 6, tzinfo=UTC)


async def works(library: int, *days: int) -> list[bool]:
    """Whether the library works on these days of June 2026."""
    calendar = await calendar_of(library, [2026])
    return [calendar.is_working(date(2026, 6, day)) for day in days]


async def test_announced_days_are_closed_until_they_are_taken_back(desk: Desk) -> None:
    number = await closures.close_days(
        desk.almaty, date(2026, 6, 8), date(2026, 6, 9), now=NOW, note="repairs"
    )
    assert await closures_of(desk.almaty) == [
        ClosureView(
            id=number, first=date(2026, 6, 8), last=date(2026, 6, 9), kind=DayKind.CLOSED, note="repairs"
        )
    ]
    assert await works(desk.almaty, 5, 8, 9, 10) == [True, False, False, True]
    assert await works(desk.baku, 8) == [True]

    assert not await closures.remove_closure(number, desk.baku, NOW)
    assert await closures.remove_closure(number, desk.almaty, NOW)
    assert await works(desk.almaty, 8) == [True]


async def test_a_saturday_can_be_announced_open(desk: Desk) -> None:
    await closures.close_days(desk.almaty, date(2026, 6, 6), date(2026, 6, 6), now=NOW, kind=DayKind.OPEN)

    assert await works(desk.almaty, 6, 13) == [True, False]


async def test_what_lies_behind_is_left_out_of_the_list(desk: Desk) -> None:
    await closures.close_days(desk.almaty, date(2026, 6, 1), date(2026, 6, 3), now=NOW)

    assert await closures_of(desk.almaty, since=date(2026, 6, 4)) == []
    assert len(await closures_of(desk.almaty, since=date(2026, 6, 3))) == 1


async def test_monthly_rules_and_weekends_are_part_of_the_calendar(desk: Desk) -> None:
    rule = await closures.add_monthly_rule(
        desk.almaty, MonthlyRule(weekday=3, nth=LAST), now=NOW, note=" sanitary day "
    )
    await closures.set_weekend(desk.almaty, {6}, NOW)
    calendar = await calendar_of(desk.almaty, [2026])

    assert [calendar.is_working(date(2026, 6, day)) for day in (24, 25, 27, 28)] == [True, False, True, False]
    assert [one.note for one in await monthly_rules_of(desk.almaty)] == ["sanitary day"]
    assert await closures.remove_monthly_rule(rule, desk.almaty, NOW)
    assert (await calendar_of(desk.almaty, [2026])).is_working(date(2026, 6, 25))


@pytest.mark.parametrize("days", [-1, 400])
async def test_a_closure_has_a_sensible_length(desk: Desk, days: int) -> None:
    first = date(2026, 6, 8)

    with pytest.raises(BadField):
        await closures.close_days(desk.almaty, first, first + timedelta(days=days), now=NOW)


async def test_a_week_has_a_working_day(desk: Desk) -> None:
    with pytest.raises(BadField):
        await closures.set_weekend(desk.almaty, range(7), NOW)


async def test_the_clocks_look_again_at_the_open_requests_of_the_library(desk: Desk) -> None:
    filed = await desk.files()
    ended = await desk.files()
    await Request.filter(id=filed.request).update(look_at=NOW + timedelta(days=1))
    await Request.filter(id=ended.request).update(stage="done", look_at=None)
    await closures.set_weekend(desk.baku, {6}, NOW)

    assert ((await row(filed.request)).look_at, (await row(ended.request)).look_at) == (NOW, None)
