"""The lists that staff open."""

from datetime import date, timedelta

import pytest

from models.operations import libraries
from models.operations.libraries import NewAgreement
from models.queries import lines, lists
from models.queries.lists import ListView
from models.rules.vocabulary import Act, Filter, Flag, Group, Language, Reason, Service, Side
from tests.desk import BOOK, SCAN, Desk, library

TODAY = date(2026, 3, 2)


async def listing(desk: Desk, who: str, chosen: Filter, **more: object) -> ListView:
    return await lists.listing(await desk.view(who), chosen, more.pop("today", TODAY), **more)


def numbers(view: ListView) -> list[str]:
    return [line.number[-1] for line in view.lines]


async def desk_with_work(desk: Desk) -> None:
    """1 sent, 2 promised, 3 lent, 4 unfilled, 5 cancelled, 6 sent and urgent, 7 asked by Almaty."""
    await desk.files()
    promised = (await desk.files()).request
    await desk.act(promised, Act.YES, "gulnar")
    await desk.lent(due=date(2026, 4, 1))
    await desk.unfilled()
    cancelled = (await desk.files()).request
    await desk.act(cancelled, Act.CANCEL, "leyla")
    desk.now += timedelta(minutes=1)
    await desk.files(values=BOOK | {"urgent": True})
    desk.people["leyla"], desk.people["gulnar"] = desk.people["gulnar"], desk.people["leyla"]
    await desk.files(supplying=desk.baku)
    desk.people["leyla"], desk.people["gulnar"] = desk.people["gulnar"], desk.people["leyla"]


@pytest.mark.parametrize(
    ("who", "chosen", "shown"),
    [
        ("leyla", Filter.TO_DO, ["4", "1"]),
        ("leyla", Filter.MINE, ["6", "4", "3", "2", "1"]),
        ("leyla", Filter.INCOMING, ["1"]),
        ("leyla", Filter.DONE, ["5"]),
        ("leyla", Filter.OVERDUE, []),
        ("gulnar", Filter.TO_DO, ["6", "1", "2"]),
        ("gulnar", Filter.MINE, ["1"]),
        ("gulnar", Filter.INCOMING, ["6", "4", "3", "2", "1"]),
        ("gulnar", Filter.DONE, ["5"]),
    ],
)
async def test_each_list_has_its_requests_in_its_order(
    desk: Desk, who: str, chosen: Filter, shown: list[str]
) -> None:
    await desk_with_work(desk)

    view = await listing(desk, who, chosen)

    assert numbers(view) == shown
    assert (view.total, view.counts[chosen]) == (len(shown), len(shown))


async def test_every_list_is_counted_whichever_is_shown(desk: Desk) -> None:
    await desk_with_work(desk)

    view = await listing(desk, "leyla", Filter.DONE)

    assert view.counts == {
        Filter.TO_DO: 2,
        Filter.MINE: 5,
        Filter.INCOMING: 1,
        Filter.OVERDUE: 0,
        Filter.DONE: 1,
    }


async def test_overdue_is_what_is_due_before_today_for_both_sides(desk: Desk) -> None:
    await desk.lent(due=date(2026, 4, 1))
    await desk.lent(due=date(2026, 3, 20))

    for who in ("leyla", "gulnar"):
        on_the_day = await listing(desk, who, Filter.OVERDUE, today=date(2026, 4, 1))
        day_after = await listing(desk, who, Filter.OVERDUE, today=date(2026, 4, 2))
        assert (numbers(on_the_day), numbers(day_after)) == (["2"], ["2", "1"])


async def test_a_line_says_what_the_side_needs(desk: Desk) -> None:
    request = await desk.lent(due=date(2026, 4, 1))
    await desk.act(request, Act.ASK_RENEWAL, "leyla")

    [asker] = (await listing(desk, "leyla", Filter.MINE)).lines
    [supplier] = (await listing(desk, "gulnar", Filter.TO_DO)).lines

    assert (asker.side, asker.group) == (Side.REQUESTING, Group.WITH_READER)
    assert (supplier.side, supplier.group, supplier.flags) == (
        Side.SUPPLYING,
        Group.YOUR_TURN,
        {Flag.RENEWAL_ASKED},
    )
    assert (supplier.title, supplier.due, supplier.service) == (BOOK["title"], date(2026, 4, 1), Service.LOAN)


async def test_a_lost_item_waits_for_both(desk: Desk) -> None:
    request = await desk.lent()
    await desk.act(request, Act.LOSE, "leyla")

    for who in ("leyla", "gulnar"):
        assert numbers(await listing(desk, who, Filter.TO_DO)) == ["1"]


@pytest.mark.parametrize(
    ("page", "shown", "is_page"),
    [(0, ["5", "4"], 0), (1, ["3", "2"], 1), (2, ["1"], 2), (9, ["1"], 2), (-3, ["5", "4"], 0)],
)
async def test_pages_follow_and_a_page_beyond_the_end_is_the_last(
    desk: Desk, page: int, shown: list[str], is_page: int
) -> None:
    for _ in range(5):
        desk.now += timedelta(minutes=1)
        await desk.files()

    view = await listing(desk, "leyla", Filter.MINE, page=page, size=2)

    assert (numbers(view), view.page, view.pages, view.total) == (shown, is_page, 3, 5)


async def test_an_empty_list_is_one_empty_page(desk: Desk) -> None:
    view = await listing(desk, "leyla", Filter.MINE, page=3)

    assert (view.lines, view.page, view.pages, view.total) == ((), 0, 1, 0)


async def test_a_third_library_and_an_operator_see_nothing_of_it(desk: Desk) -> None:
    third = await libraries.add_library(library("NLU", "Asia/Tashkent", Language.RU), desk.now)
    await libraries.add_agreement(NewAgreement(parties=("NLU", "ANL"), signed_on=TODAY), desk.now)
    await desk.person("timur", third)
    await desk.person("operator", None, role="admin")
    await desk_with_work(desk)

    for who in ("timur", "operator"):
        assert set((await listing(desk, who, Filter.MINE)).counts.values()) == {0}


async def test_a_scan_can_go_to_each_copy_that_still_waits_for_one(desk: Desk) -> None:
    copies = []
    for _ in range(5):
        desk.now += timedelta(minutes=1)
        copies.append((await desk.files(service=Service.COPY, values=SCAN)).request)
    await desk.files()
    for number in (0, 1):
        await desk.act(copies[number], Act.DELIVER, "gulnar", url="https://nlrk.example/1")
    await desk.act(copies[1], Act.PROBLEM, "leyla", problem="cut_off")
    await desk.act(copies[2], Act.NO, "gulnar", reason=Reason.NOT_HELD)

    waiting = await lines.awaiting_copy(await desk.view("gulnar"))

    assert [line.id for line in waiting] == [copies[3], copies[4], copies[1]]
    assert await lines.awaiting_copy(await desk.view("gulnar"), limit=1) == waiting[:1]
    assert await lines.awaiting_copy(await desk.view("leyla")) == []
