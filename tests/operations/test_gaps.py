"""Gap lists: lines kept once, matched and proposed, answered, exchanged; two people at one line."""

from typing import Any

import pytest

from models.operations import libraries
from models.operations.gaps import imports, keeping
from models.operations.libraries import NewAgreement
from models.queries import gaps
from models.rules.errors import NotAllowed
from models.rules.fold import fold
from models.rules.gaps.refusals import ExchangeMoved, ExchangeNotNow, ImportOver, ItemTaken, UnknownItem
from models.rules.lifecycle import Details
from models.rules.vocabulary import (
    Act,
    ExchangeAct,
    ExchangeStage,
    GapList,
    Holding,
    ItemState,
    Language,
    NoticeKind,
    Role,
    Service,
    Via,
    Way,
)
from models.tables import Exchange, ExchangeEvent, GapImport, GapItem, Request
from tests.desk import Desk, library, told
from tests.operations.gap_desk import ABAI, CSV, does, line, listed, seen


async def test_a_line_is_kept_once_however_it_is_spelled(desk: Desk) -> None:
    first = await line(desk, "leyla", ABAI)
    again = await keeping.add(
        desk.people["leyla"],
        Holding.MISSING,
        {"title": "Abai joly", "author": "Äuezov M. O.", "year": 1977},
        now=desk.now,
    )

    assert (again.item, again.known) == (first, True)
    assert await GapItem.all().count() == 1


async def test_not_held_goes_to_the_gap_list_by_one_act(desk: Desk) -> None:
    request = await desk.unfilled()

    await desk.act(request, Act.TO_GAP_LIST, "leyla")
    await desk.act(request, Act.TO_GAP_LIST, "leyla")

    [one] = await listed(desk, "leyla", GapList.OURS)
    assert (one.values["title"], one.values["author"]) == ("Dədə Qorqud", "Anar")
    shown = await gaps.item(one.id, await desk.view("leyla"))
    assert shown is not None
    assert shown.number == "ANL-2026-0001"
    partner = await gaps.item(one.id, await desk.view("gulnar"))
    assert partner is not None
    assert partner.number is None


async def test_a_line_is_found_in_any_alphabet(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    await line(desk, "leyla", {"title": "Başqa kitab"})

    for words in ("Абай", "abay joly", "əuezov 1977"):
        assert [one.id for one in await listed(desk, "gulnar", GapList.THEIRS, words=words)] == [number]
    assert await listed(desk, "leyla", GapList.THEIRS, words="Абай") == []


async def test_a_slip_finds_the_nearest_spelling_and_says_so(desk: Desk) -> None:
    await line(desk, "leyla", ABAI)
    await taken_in(desk, CSV)

    for words, found in (("Абай жолв", True), ("абай жолы", False), ("Көшпенділр", True)):
        page = await gaps.page_of(await desk.view("gulnar"), GapList.THEIRS, words=words)
        assert ([one.id for one in page.lines] != [], page.nearly) == (True, found), words
    page = await gaps.page_of(await desk.view("gulnar"), GapList.THEIRS, words="Абай жолв")
    assert {fold(one.values["title"]) for one in page.lines} == {fold(ABAI["title"])}
    page = await gaps.page_of(await desk.view("gulnar"), GapList.THEIRS, words="Müqəddimə")
    assert (page.lines, page.nearly) == ((), False)


async def taken_in(desk: Desk, data: bytes, who: str = "leyla", holding: Holding = Holding.MISSING) -> None:
    """A list that somebody sent and confirmed."""
    person = desk.people[who]
    number = await imports.receive(
        person, "list.csv", data, holding=holding, via=Via.TELEGRAM, key="list", now=desk.now
    )
    await imports.store(number, person, desk.now)


async def test_a_line_that_comes_back_to_the_list_is_held_against_the_others(desk: Desk) -> None:
    gap = await line(desk, "leyla", ABAI)
    await keeping.withdraw(gap, desk.people["leyla"], desk.now)
    await line(desk, "gulnar", ABAI, Holding.SPARE)
    assert await Exchange.all().count() == 0

    again = await keeping.add(desk.people["leyla"], Holding.MISSING, ABAI, now=desk.now)

    assert (again.item, again.known, again.matches) == (gap, False, 1)
    assert len(await told(NoticeKind.EXCHANGE)) == 2


async def test_a_line_that_is_free_again_is_held_against_what_came_meanwhile(desk: Desk) -> None:
    gap = await line(desk, "leyla", ABAI)
    third = await another_partner(desk)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=gap, way=Way.ORIGINAL)
    await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange)
    await line(desk, "grace", ABAI, Holding.SPARE)
    assert await Exchange.filter(giver_id=third).count() == 0

    await does(desk, "gulnar", ExchangeAct.CANCEL, exchange=offered.exchange)

    [row] = await Exchange.filter(giver_id=third)
    assert (row.gap_id, row.stage) == (gap, ExchangeStage.PROPOSED)


async def another_partner(desk: Desk) -> int:
    """A third library with an agreement with Baku."""
    number = await libraries.add_library(library("LIB", "Europe/London", Language.EN), desk.now)
    await libraries.add_agreement(NewAgreement(parties=("ANL", "LIB"), signed_on=desk.now.date()), desk.now)
    await desk.person("grace", number, chat=3001)
    return number


async def test_the_original_is_offered_wanted_sent_and_received(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)

    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL)
    assert (await seen(desk, "leyla", number)).state is ItemState.OPEN
    await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange)
    assert (await seen(desk, "leyla", number)).state is ItemState.PROMISED
    details = Details(parcel="RR123456789KZ", note="in paper")
    await does(desk, "gulnar", ExchangeAct.SEND, exchange=offered.exchange, details=details)
    await does(desk, "leyla", ExchangeAct.RECEIVE, exchange=offered.exchange)

    view = await gaps.exchange(offered.exchange, await desk.view("leyla"))
    assert view is not None
    assert (view.stage, view.dispatch.parcel) == (ExchangeStage.RECEIVED, "RR123456789KZ")
    assert [one.act for one in view.events] == [
        ExchangeAct.OFFER,
        ExchangeAct.WANT,
        ExchangeAct.SEND,
        ExchangeAct.RECEIVE,
    ]
    assert (await seen(desk, "leyla", number)).state is ItemState.FILLED
    [balance] = await gaps.balances(await desk.view("leyla"))
    assert (balance.given, balance.taken) == ({}, {Way.ORIGINAL: 1})
    [balance] = await gaps.balances(await desk.view("gulnar"))
    assert (balance.given, balance.taken) == ({Way.ORIGINAL: 1}, {})


async def test_a_wanted_copy_goes_on_as_a_request_and_its_delivery_fills_the_gap(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.COPY)

    wanted = await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange)

    assert wanted.request is not None
    request = await Request.get(id=wanted.request)
    assert (request.service, request.title, request.values["whole"]) == (Service.COPY, "Абай жолы", True)
    await desk.act(request.id, Act.DELIVER, "gulnar", url="https://example.org/scan")
    assert (await Exchange.get(id=offered.exchange)).stage is ExchangeStage.DELIVERED
    await desk.act(request.id, Act.FINE, "leyla")
    assert (await Exchange.get(id=offered.exchange)).stage is ExchangeStage.RECEIVED
    assert (await seen(desk, "leyla", number)).state is ItemState.FILLED
    [balance] = await gaps.balances(await desk.view("leyla"))
    assert balance.taken == {Way.COPY: 1}


async def test_a_loan_fills_no_gap(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.LOAN)
    wanted = await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange)
    assert wanted.request is not None

    await desk.act(wanted.request, Act.SHIP, "gulnar")
    assert (await Exchange.get(id=offered.exchange)).stage is ExchangeStage.SENT
    await desk.act(wanted.request, Act.RECEIVE, "leyla")

    assert (await seen(desk, "leyla", number)).state is ItemState.OPEN


async def test_a_request_that_fails_gives_the_gap_back(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.COPY)
    wanted = await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange)
    assert wanted.request is not None

    await desk.act(wanted.request, Act.CANCEL, "leyla")
    assert (await Exchange.get(id=offered.exchange)).stage is ExchangeStage.CANCELLED
    assert (await seen(desk, "leyla", number)).state is ItemState.OPEN
    await desk.act(wanted.request, Act.UNDO, "leyla")
    assert (await Exchange.get(id=offered.exchange)).stage is ExchangeStage.WANTED


@pytest.mark.parametrize(
    ("missing", "spare"),
    [
        ({"title": "Абай жолы", "year": 1977, "author": "Әуезов М."}, {"title": "Abaı joly", "year": 1977}),
        ({"title": "Путь", "isbn": "9785170908318"}, {"title": "The Way", "isbn": "9785170908318"}),
        (
            {"title": "Вопросы истории", "issn": "0042-8779", "year": 1998, "issue": "5"},
            {"title": "Voprosy istorii (M.)", "issn": "0042-8779", "year": 1998, "issue": "5"},
        ),
    ],
)
async def test_what_may_be_the_same_is_proposed_to_both_and_never_assumed(
    desk: Desk, missing: dict[str, Any], spare: dict[str, Any]
) -> None:
    gap = await line(desk, "leyla", missing)

    added = await keeping.add(desk.people["gulnar"], Holding.SPARE, spare, now=desk.now)

    assert added.matches == 1
    [row] = await Exchange.all()
    assert (row.stage, row.way, row.gap_id, row.spare_id) == (ExchangeStage.PROPOSED, None, gap, added.item)
    assert (await seen(desk, "leyla", gap)).state is ItemState.OPEN
    assert await told(NoticeKind.EXCHANGE) == [("chat", "1001"), ("chat", "2001")]


@pytest.mark.parametrize(
    ("missing", "spare"),
    [
        ({"title": "Абай жолы", "year": 1977}, {"title": "Абай жолы", "year": 1978}),
        ({"title": "Абай", "author": "Әуезов М."}, {"title": "Абай", "author": "Ысқақов Б."}),
        (
            {"title": "Т", "isbn": "9785170908318", "volume": "1"},
            {"title": "Т", "isbn": "9785170908318", "volume": "2"},
        ),
        (
            {"title": "В", "issn": "0042-8779", "year": 1998, "issue": "5"},
            {"title": "Б", "issn": "0042-8779", "year": 1998, "issue": "6"},
        ),
    ],
)
async def test_what_differs_is_not_proposed(
    desk: Desk, missing: dict[str, Any], spare: dict[str, Any]
) -> None:
    await line(desk, "leyla", missing)

    added = await keeping.add(desk.people["gulnar"], Holding.SPARE, spare, now=desk.now)

    assert added.matches == 0


async def test_two_duplicates_of_one_library_are_no_match(desk: Desk) -> None:
    await line(desk, "leyla", ABAI)
    added = await keeping.add(desk.people["leyla"], Holding.SPARE, ABAI, now=desk.now)

    assert added.matches == 0


async def test_a_listed_duplicate_is_wanted_without_an_offer(desk: Desk) -> None:
    number = await line(desk, "gulnar", ABAI, Holding.SPARE)

    wanted = await does(desk, "leyla", ExchangeAct.WANT, item=number)
    await does(desk, "gulnar", ExchangeAct.SEND, exchange=wanted.exchange)
    await does(desk, "leyla", ExchangeAct.RECEIVE, exchange=wanted.exchange)

    row = await Exchange.get(id=wanted.exchange)
    assert (row.way, row.gap_id) == (Way.ORIGINAL, None)
    assert (await seen(desk, "gulnar", number)).state is ItemState.FILLED


async def test_the_second_of_two_colleagues_is_told_who_was_first(desk: Desk) -> None:
    await desk.person("dana", desk.almaty, chat=2002)
    number = await line(desk, "leyla", ABAI)
    version = (await seen(desk, "gulnar", number)).version

    await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL, seen=version)
    with pytest.raises(ExchangeMoved) as refusal:
        await does(desk, "dana", ExchangeAct.REFUSE, item=number, seen=version)

    assert (refusal.value.act, refusal.value.by) == (ExchangeAct.OFFER, "Gulnar")


async def test_both_sides_changing_one_exchange_at_once_the_second_is_told(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL)
    version = (await Exchange.get(id=offered.exchange)).version

    await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange, seen=version)
    with pytest.raises(ExchangeMoved):
        await does(desk, "gulnar", ExchangeAct.CANCEL, exchange=offered.exchange, seen=version)

    assert (await Exchange.get(id=offered.exchange)).stage is ExchangeStage.WANTED


async def test_a_line_taken_off_while_the_partner_answers_it_is_told(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    version = (await seen(desk, "gulnar", number)).version

    await keeping.withdraw(number, desk.people["leyla"], desk.now, seen=version)
    with pytest.raises(ItemTaken) as refusal:
        await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.COPY, seen=version)

    assert refusal.value.state is ItemState.WITHDRAWN
    assert await ExchangeEvent.all().count() == 0


async def test_a_line_that_is_promised_cannot_be_taken_off_or_offered_again(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL)
    await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange)

    with pytest.raises(ItemTaken):
        await keeping.withdraw(number, desk.people["leyla"], desk.now)
    with pytest.raises(ItemTaken):
        await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.COPY)


async def test_the_same_tap_twice_is_one_act(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)

    first = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL, key="tap", seen=1)
    again = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL, key="tap", seen=1)

    assert (again.event, again.repeated) == (first.event, True)


async def test_only_the_two_libraries_see_and_move_an_exchange(desk: Desk) -> None:
    from models.operations import libraries
    from models.rules.vocabulary import Language
    from tests.desk import library

    third = await libraries.add_library(library("LIB", "Europe/London", Language.EN), desk.now)
    await desk.person("grace", third, chat=3001)
    number = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL)

    assert await gaps.item(number, await desk.view("grace")) is None
    assert await gaps.exchange(offered.exchange, await desk.view("grace")) is None
    assert await listed(desk, "grace", GapList.THEIRS) == []
    for about in ({"item": number}, {"exchange": offered.exchange}):
        with pytest.raises(UnknownItem):
            await does(desk, "grace", ExchangeAct.WANT, **about)


async def test_an_administrator_keeps_no_list(desk: Desk) -> None:
    await desk.person("root", None, chat=9, role=Role.ADMIN)

    with pytest.raises(NotAllowed):
        await line(desk, "root", ABAI)


async def test_a_side_does_only_what_is_its_own(desk: Desk) -> None:
    number = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=number, way=Way.ORIGINAL)

    with pytest.raises(ExchangeNotNow):
        await does(desk, "gulnar", ExchangeAct.WANT, exchange=offered.exchange)
    with pytest.raises(ExchangeNotNow):
        await does(desk, "leyla", ExchangeAct.RECEIVE, exchange=offered.exchange)


async def test_a_list_is_shown_first_and_stored_when_confirmed(desk: Desk) -> None:
    number = await receive(desk, CSV)
    assert await GapItem.all().count() == 0

    await imports.store(number, desk.people["leyla"], desk.now)

    view = await gaps.import_view(number, await desk.view("leyla"))
    assert view is not None
    assert (view.rows, view.added, view.known, view.wrong) == (4, 2, 1, 1)
    assert await told(NoticeKind.GAP_NEWS) == [("chat", "2001")]
    assert [row.problem for row in (await gaps.wrong_rows(number))[1]] == ["bad_isbn"]


async def test_the_same_list_twice_adds_nothing_twice(desk: Desk) -> None:
    for key in ("one", "two"):
        number = await receive(desk, CSV, key=key)
        await imports.store(number, desk.people["leyla"], desk.now)
        await imports.store(number, desk.people["leyla"], desk.now)

    view = await gaps.import_view(number, await desk.view("leyla"))
    assert view is not None
    assert (view.added, view.known) == (0, 3)
    assert await GapItem.all().count() == 2
    assert await GapImport.all().count() == 2


async def test_a_redelivered_list_is_the_same_import(desk: Desk) -> None:
    assert await receive(desk, CSV, key="one") == await receive(desk, CSV, key="one")


async def test_a_dropped_list_stores_nothing(desk: Desk) -> None:
    number = await receive(desk, CSV)

    await imports.drop(number, desk.people["leyla"])
    with pytest.raises(ImportOver):
        await imports.store(number, desk.people["leyla"], desk.now)

    assert await GapItem.all().count() == 0


async def test_a_column_can_be_corrected_before_storing(desk: Desk) -> None:
    number = await receive(desk, "Nr;Was;Wer\n1;Абай жолы;Әуезов М.\n2;Көшпенділер;Есенберлин І.\n".encode())

    await imports.rename_column(number, desk.people["leyla"], 1, "title")
    await imports.rename_column(number, desk.people["leyla"], 2, "author")
    await imports.store(number, desk.people["leyla"], desk.now)

    found = await listed(desk, "leyla", GapList.OURS)
    assert {(one.values["title"], one.values["author"]) for one in found} == {
        ("Абай жолы", "Әуезов М."),
        ("Көшпенділер", "Есенберлин І."),
    }


async def test_lines_of_a_list_are_matched_when_it_is_stored(desk: Desk) -> None:
    await line(desk, "gulnar", {"title": "Абай жолы", "year": 1977}, Holding.SPARE)
    number = await receive(desk, CSV)

    await imports.store(number, desk.people["leyla"], desk.now)

    view = await gaps.import_view(number, await desk.view("leyla"))
    assert view is not None
    assert view.matched == 1


async def test_a_line_taken_off_comes_back_with_the_next_list(desk: Desk) -> None:
    await imports.store(await receive(desk, CSV), desk.people["leyla"], desk.now)
    gone = await GapItem.all().order_by("id").first()
    assert gone is not None
    await keeping.withdraw(gone.id, desk.people["leyla"], desk.now)

    await imports.store(await receive(desk, CSV, key="two"), desk.people["leyla"], desk.now)

    assert (await GapItem.get(id=gone.id)).state is ItemState.OPEN


async def test_bytes_of_old_lists_are_forgotten_their_lines_stay(desk: Desk) -> None:
    number = await receive(desk, CSV)
    await imports.store(number, desk.people["leyla"], desk.now)

    assert await imports.forget(desk.now) == 0
    assert await imports.forget(desk.now.replace(year=desk.now.year + 1)) == 1

    assert (await GapImport.get(id=number)).body is None
    assert await GapItem.all().count() == 2


async def receive(desk: Desk, data: bytes, *, key: str = "list") -> int:
    return await imports.receive(
        desk.people["leyla"],
        "gaps.csv",
        data,
        holding=Holding.MISSING,
        via=Via.TELEGRAM,
        key=key,
        now=desk.now,
    )
