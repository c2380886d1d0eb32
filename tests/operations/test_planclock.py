"""The clock of plans: each step once to each coordinator, in working hours, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from models.operations import planclock, planconsent, plans
from models.operations.plans import ItemIntent
from models.rules.planning import Contents, PlanTerm
from models.rules.vocabulary import ItemAct, ItemKind, NoticeKind, Role, Via
from models.tables import Agreement, Notice, PlanItem, PlanStep
from tests.desk import Desk, told

BOTH = [("chat", "1002"), ("chat", "2002")]
WEBINAR = Contents(kind=ItemKind.WEBINAR, title="Maps", when="2026-04-15")


@pytest.fixture
async def item(desk: Desk) -> int:
    """A planned item on a day, with a coordinator on each side."""
    await desk.person("rashad", desk.baku, chat=1002, role=Role.COORDINATOR)
    await desk.person("dana", desk.almaty, chat=2002, role=Role.COORDINATOR)
    rashad, dana = desk.people["rashad"], desk.people["dana"]
    plan = await plans.open_plan(rashad, desk.almaty, PlanTerm(2026, 2026), desk.now)
    known = {"via": Via.TELEGRAM, "now": desk.now}
    proposed = await plans.propose(plan, WEBINAR, actor=rashad, key="tap:1", **known)
    accepting = ItemIntent(item=proposed.item, act=ItemAct.ACCEPT, actor=dana, via=Via.TELEGRAM, key="tap:2")
    await plans.act(accepting, desk.now)
    for key, actor in (("tap:3", rashad), ("tap:4", dana)):
        intent = ItemIntent(item=0, act=ItemAct.CONSENT, actor=actor, via=Via.TELEGRAM, key=key)
        await planconsent.consent(plan, 1, intent, desk.now)
    return proposed.item


def noon(day: int, month: int = 4, year: int = 2026) -> datetime:
    """Noon in Almaty."""
    return datetime(year, month, day, 7, tzinfo=UTC)


async def test_a_step_is_told_to_both_sides_once(item: int) -> None:
    assert await planclock.plan(noon(8)) == 2
    await PlanItem.filter(id=item).update(look_at=noon(8))
    assert await planclock.plan(noon(8)) == 0

    assert await told(NoticeKind.PLAN_CLOCK) == BOTH
    assert await PlanStep.all().count() == 2


async def test_a_minute_with_nothing_due_reads_no_item_twice(item: int) -> None:
    await planclock.plan(noon(8))

    row = await PlanItem.get(id=item)
    assert row.look_at is not None
    assert row.look_at > noon(8)


async def test_what_is_written_at_night_leaves_when_the_library_opens(item: int) -> None:
    night = datetime(2026, 4, 7, 22, tzinfo=UTC)
    await planclock.plan(night)

    rows = await Notice.filter(kind=NoticeKind.PLAN_CLOCK).order_by("id")
    assert [row.next_at.hour for row in rows] == [5, 4]


async def test_a_new_day_is_a_new_round(desk: Desk, item: int) -> None:
    await planclock.plan(noon(8))
    changing = ItemIntent(
        item=item,
        act=ItemAct.CHANGE,
        actor=desk.people["dana"],
        via=Via.TELEGRAM,
        key="tap:5",
        details={"values": {"when": "2026-04-22"}},
    )
    await plans.act(changing, noon(9))
    accepting = ItemIntent(
        item=item, act=ItemAct.ACCEPT, actor=desk.people["rashad"], via=Via.TELEGRAM, key="tap:6"
    )
    await plans.act(accepting, noon(9))

    assert await planclock.plan(noon(15)) == 2


async def test_what_is_cancelled_is_reminded_of_no_more(desk: Desk, item: int) -> None:
    cancelling = ItemIntent(
        item=item,
        act=ItemAct.CANCEL,
        actor=desk.people["dana"],
        via=Via.TELEGRAM,
        key="tap:5",
        details={"reason": "No hall"},
    )
    await plans.act(cancelling, noon(1))

    assert await planclock.plan(noon(8)) == 0
    assert (await PlanItem.get(id=item)).look_at is None


async def test_the_years_questions_come_once_to_who_was_there(desk: Desk, item: int) -> None:
    assert await planclock.plan_years(noon(31, 10)) == 0
    assert await planclock.plan_years(noon(2, 11)) == 2
    assert await planclock.plan_years(noon(3, 11)) == 0
    await desk.person("late", desk.baku, chat=1003, role=Role.COORDINATOR, created_at=noon(20, 1, 2027))

    assert await planclock.plan_years(noon(21, 1, 2027)) == 2
    assert await told(NoticeKind.PLAN_YEAR) == BOTH * 2


async def test_a_plan_that_is_agreed_is_not_asked_for(desk: Desk, item: int) -> None:
    rashad, dana = desk.people["rashad"], desk.people["dana"]
    plan = await plans.open_plan(rashad, desk.almaty, PlanTerm(2027, 2029), desk.now)
    known = {"via": Via.TELEGRAM, "now": desk.now}
    proposed = await plans.propose(plan, WEBINAR, actor=rashad, key="tap:7", **known)
    accepting = ItemIntent(item=proposed.item, act=ItemAct.ACCEPT, actor=dana, via=Via.TELEGRAM, key="tap:8")
    await plans.act(accepting, desk.now)
    for key, actor in (("tap:9", rashad), ("tap:10", dana)):
        intent = ItemIntent(item=0, act=ItemAct.CONSENT, actor=actor, via=Via.TELEGRAM, key=key)
        await planconsent.consent(plan, 1, intent, desk.now)

    assert await planclock.plan_years(noon(2, 11)) == 0


async def test_an_agreement_that_ended_asks_for_nothing(desk: Desk, item: int) -> None:
    await Agreement.all().update(ended_on=noon(1, 6).date())

    assert await planclock.plan_years(noon(2, 11) + timedelta(hours=1)) == 0
