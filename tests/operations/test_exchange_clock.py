"""Exchanges that stand still are reminded of, and a side takes its last step back; on both databases."""

from datetime import timedelta

import pytest

from models.operations.gaps import clock
from models.queries import gaps
from models.rules.errors import NothingToUndo
from models.rules.gaps.refusals import ItemTaken
from models.rules.lifecycle import Details
from models.rules.vocabulary import (
    ExchangeAct,
    ExchangeStage,
    ExchangeStep,
    Holding,
    ItemState,
    Method,
    NoticeKind,
    Role,
    Way,
)
from models.tables import Exchange, GapItem, Notice
from tests.desk import Desk
from tests.operations.gap_desk import ABAI, does, line, seen


async def offered(desk: Desk, *, way: Way = Way.ORIGINAL) -> int:
    gap = await line(desk, "leyla", ABAI)
    return (await does(desk, "gulnar", ExchangeAct.OFFER, item=gap, way=way)).exchange


async def wanted(desk: Desk) -> int:
    number = await offered(desk)
    await does(desk, "leyla", ExchangeAct.WANT, exchange=number)
    return number


async def sent(desk: Desk, method: Method | None = None) -> int:
    number = await wanted(desk)
    details = Details(parcel="RR123456789KZ", method=method)
    await does(desk, "gulnar", ExchangeAct.SEND, exchange=number, details=details)
    return number


async def days(desk: Desk, count: int) -> list[tuple[str, str]]:
    """What the clock has said after so many days more, and to which chat."""
    for _ in range(count):
        desk.now += timedelta(days=1)
        await clock.plan(desk.now)
    rows = await Notice.filter(kind=NoticeKind.EXCHANGE_CLOCK).order_by("id")
    return [(row.facts["step"], row.target) for row in rows]


async def test_an_offer_that_nobody_answers_is_reminded_of_once(desk: Desk) -> None:
    await offered(desk, way=Way.LOAN)

    assert await days(desk, 40) == [(ExchangeStep.DECIDE, "1001")]


async def test_what_is_wanted_and_not_sent_comes_to_the_coordinators_and_the_other_side(desk: Desk) -> None:
    await desk.person("dana", desk.almaty, chat=2002, role=Role.COORDINATOR)
    await wanted(desk)

    assert await days(desk, 9) == []
    assert await days(desk, 60) == [
        (ExchangeStep.SEND, "2001"),
        (ExchangeStep.SEND_LATE, "1001"),
        (ExchangeStep.SEND_LATE, "2002"),
    ]


async def test_a_parcel_is_asked_for_after_its_time_and_missed_after_twice_that(desk: Desk) -> None:
    await sent(desk, Method.COURIER)

    assert await days(desk, 9) == []
    assert await days(desk, 1) == [(ExchangeStep.ARRIVED, "1001")]
    assert await days(desk, 30) == [
        (ExchangeStep.ARRIVED, "1001"),
        (ExchangeStep.MISSING, "2001"),
        (ExchangeStep.MISSING, "1001"),
    ]


async def test_after_a_silence_only_the_newest_is_said(desk: Desk) -> None:
    await sent(desk)
    desk.now += timedelta(days=90)

    await clock.plan(desk.now)
    await clock.plan(desk.now)

    assert {step for step, _ in await days(desk, 1)} == {ExchangeStep.MISSING}


async def test_what_has_arrived_is_reminded_of_no_more(desk: Desk) -> None:
    number = await sent(desk)
    await does(desk, "leyla", ExchangeAct.RECEIVE, exchange=number)

    assert await days(desk, 90) == []
    assert (await Exchange.get(id=number)).look_at is None


async def test_a_copy_that_is_wanted_has_the_clocks_of_its_request_alone(desk: Desk) -> None:
    number = await offered(desk, way=Way.COPY)
    await does(desk, "leyla", ExchangeAct.WANT, exchange=number)

    assert await days(desk, 60) == []


async def test_each_step_is_taken_back_by_who_did_it(desk: Desk) -> None:
    number = await sent(desk)
    await does(desk, "leyla", ExchangeAct.RECEIVE, exchange=number)
    [gap] = await GapItem.all()
    assert gap.state is ItemState.FILLED

    with pytest.raises(NothingToUndo):
        await does(desk, "gulnar", ExchangeAct.UNDO, exchange=number)
    await does(desk, "leyla", ExchangeAct.UNDO, exchange=number)

    row = await Exchange.get(id=number)
    assert (row.stage, row.way) == (ExchangeStage.SENT, Way.ORIGINAL)
    assert (await GapItem.get(id=gap.id)).state is ItemState.PROMISED
    assert row.dispatch["parcel"] == "RR123456789KZ"
    with pytest.raises(NothingToUndo):
        await does(desk, "leyla", ExchangeAct.UNDO, exchange=number)


async def test_sending_taken_back_forgets_the_parcel(desk: Desk) -> None:
    number = await sent(desk)
    await does(desk, "gulnar", ExchangeAct.UNDO, exchange=number)

    row = await Exchange.get(id=number)
    assert (row.stage, row.dispatch) == (ExchangeStage.WANTED, {})


async def test_an_offer_taken_back_ends_what_it_began(desk: Desk) -> None:
    number = await offered(desk)
    view = await gaps.exchange(number, await desk.view("gulnar"))
    assert view is not None
    assert view.may_undo(desk.now)
    await does(desk, "gulnar", ExchangeAct.UNDO, exchange=number)

    row = await Exchange.get(id=number)
    assert (row.stage, row.way) == (ExchangeStage.CANCELLED, None)


async def test_after_a_day_and_after_a_request_began_nothing_is_taken_back(desk: Desk) -> None:
    number = await offered(desk, way=Way.COPY)
    await does(desk, "leyla", ExchangeAct.WANT, exchange=number)
    with pytest.raises(NothingToUndo):
        await does(desk, "leyla", ExchangeAct.UNDO, exchange=number)

    other = await line(desk, "leyla", {"title": "Köşpendiler"})
    late = (await does(desk, "gulnar", ExchangeAct.OFFER, item=other, way=Way.ORIGINAL)).exchange
    desk.now += timedelta(hours=25)
    with pytest.raises(NothingToUndo):
        await does(desk, "gulnar", ExchangeAct.UNDO, exchange=late)


async def test_a_cancelled_exchange_comes_back_only_while_the_line_is_free(desk: Desk) -> None:
    number = await wanted(desk)
    await does(desk, "leyla", ExchangeAct.CANCEL, exchange=number)
    [gap] = await GapItem.filter(holding=Holding.MISSING)
    await GapItem.filter(id=gap.id).update(state=ItemState.PROMISED)
    with pytest.raises(ItemTaken):
        await does(desk, "leyla", ExchangeAct.UNDO, exchange=number)

    await GapItem.filter(id=gap.id).update(state=ItemState.OPEN)
    await does(desk, "leyla", ExchangeAct.UNDO, exchange=number)

    assert (await seen(desk, "leyla", gap.id)).state is ItemState.PROMISED
