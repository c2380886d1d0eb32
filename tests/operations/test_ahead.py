"""What comes next by itself: requests, agreements and plans together, only what somebody will hear of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.operations import ahead, planclock, plans, renewals
from models.operations.agreements import AgreementIntent
from models.operations.ahead import Ahead
from models.operations.plans import ItemIntent
from models.rules.planning import Contents, PlanTerm, years_ahead
from models.rules.reminders import Due
from models.rules.vocabulary import (
    Clock,
    ItemAct,
    ItemKind,
    PlanStepName,
    RenewalAnswer,
    RenewalStep,
    Role,
    Via,
)
from tests.desk import Desk

WEBINAR = Contents(kind=ItemKind.WEBINAR, title="Maps", when="2026-04-15")


def at(year: int, month: int, day: int, hour: int = 5) -> datetime:
    """Nine in Baku at five."""
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
async def team(desk: Desk) -> Desk:
    """One coordinator, in Baku."""
    await desk.person("rashad", desk.baku, chat=1002, role=Role.COORDINATOR)
    return desk


async def walk(moment: datetime, steps: int) -> list[Ahead]:
    """One event after another, each done before the next is asked for."""
    found = []
    for _ in range(steps):
        coming = await ahead.coming(moment)
        assert coming is not None
        found.append(coming)
        moment = coming.at
        await renewals.plan(moment)
        await planclock.plan_years(moment)
    return found


async def test_where_nobody_coordinates_nothing_is_said_of_the_agreement(desk: Desk) -> None:
    coming = await ahead.coming(at(2028, 8, 1))

    assert coming == Ahead(step=PlanStepName.NEXT_PLAN, at=at(2028, 11, 1, 4))


async def test_a_year_with_an_agreement_brings_its_steps_and_those_of_the_plan(team: Desk) -> None:
    found = await walk(at(2027, 8, 1), 4)

    assert [(one.step, one.at) for one in found] == [
        (RenewalStep.MONTHS_12, at(2027, 8, 6)),
        (PlanStepName.NEXT_PLAN, at(2027, 11, 1, 4)),
        (PlanStepName.REPORT_DUE, at(2028, 1, 17, 4)),
        (RenewalStep.MONTHS_6, at(2028, 2, 8)),
    ]


async def test_an_answer_takes_the_reminders_away(team: Desk) -> None:
    intent = AgreementIntent(agreement=1, actor=team.people["rashad"], via=Via.TELEGRAM, key="tap:1")
    await renewals.plan(at(2028, 7, 31))
    await renewals.answer(intent, date(2028, 8, 8), RenewalAnswer.RENEW, at(2028, 7, 31))

    coming = await ahead.coming(at(2028, 7, 31))
    assert coming == Ahead(step=RenewalStep.CLOSED, at=at(2028, 8, 9))


async def test_an_earlier_step_of_a_request_comes_first(team: Desk) -> None:
    await team.files()

    coming = await ahead.coming(team.now)
    assert coming is not None
    assert isinstance(coming.step, Due)
    assert coming.step.clock is Clock.ANSWER


async def test_an_item_of_a_plan_is_announced(team: Desk) -> None:
    await team.person("dana", team.almaty, chat=2002, role=Role.COORDINATOR)
    rashad, dana = team.people["rashad"], team.people["dana"]
    plan = await plans.open_plan(rashad, team.almaty, PlanTerm(2026, 2026), team.now)
    proposed = await plans.propose(plan, WEBINAR, actor=rashad, key="tap:1", via=Via.TELEGRAM, now=team.now)
    accepting = ItemIntent(item=proposed.item, act=ItemAct.ACCEPT, actor=dana, via=Via.TELEGRAM, key="tap:2")
    await plans.act(accepting, team.now)

    coming = await ahead.coming(at(2026, 4, 1))
    assert coming == Ahead(step=PlanStepName.WEEK_BEFORE, at=at(2026, 4, 8, 4))


@pytest.mark.parametrize(
    ("today", "plan", "report"),
    [
        (date(2027, 10, 31), date(2027, 11, 1), date(2028, 1, 15)),
        (date(2027, 11, 1), date(2028, 11, 1), date(2028, 1, 15)),
        (date(2028, 1, 15), date(2028, 11, 1), date(2029, 1, 15)),
    ],
)
def test_the_next_plan_and_report_lie_after_today(today: date, plan: date, report: date) -> None:
    days = {one.name: one.day for one in years_ahead(today)}

    assert days == {PlanStepName.NEXT_PLAN: plan, PlanStepName.REPORT_DUE: report}
    assert all(timedelta() < day - today <= timedelta(days=366) for day in days.values())
