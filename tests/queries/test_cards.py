"""A request as one side sees it, and no more."""

from datetime import timedelta

from models.operations import libraries
from models.operations.files import Arrived, keep
from models.operations.libraries import NewAgreement
from models.queries import history
from models.queries import requests as reads
from models.rules.vocabulary import Act, Group, Language, Reason, Service, Side, Stage, Via
from tests.desk import SCAN, Desk, library


async def card(desk: Desk, request: int, who: str, **more: object) -> reads.CardView:
    view = await reads.card(request, await desk.view(who), desk.now, **more)
    assert view is not None
    return view


async def test_each_side_sees_itself_first(desk: Desk) -> None:
    request = (await desk.files()).request

    asker, supplier = await card(desk, request, "leyla"), await card(desk, request, "gulnar")

    assert (asker.side, asker.own.code, asker.partner.code) == (Side.REQUESTING, "ANL", "NLRK")
    assert (supplier.side, supplier.own.code, supplier.partner.code) == (Side.SUPPLYING, "NLRK", "ANL")
    assert asker.number == supplier.number == "ANL-2026-0001"
    assert (asker.turn, asker.group, asker.asker) == (Side.SUPPLYING, Group.SENT, "Leyla")


async def test_only_the_asking_staff_sees_the_reader(desk: Desk) -> None:
    request = (await desk.files(reader="A. 17")).request
    await desk.person("operator", desk.baku, role="admin")

    seen = {who: (await card(desk, request, who)).reader for who in ("leyla", "gulnar", "operator")}

    assert seen == {"leyla": "A. 17", "gulnar": None, "operator": None}


async def test_strangers_see_no_card(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.person("stranger", None)
    await desk.person("operator", None, role="admin")

    for who in ("stranger", "operator"):
        viewer = await desk.view(who)
        assert await reads.card(request, viewer, desk.now) is None
        assert await reads.by_number("ANL-2026-0001", viewer) is None
        assert not await reads.is_party(request, viewer)
    assert await reads.card(request + 1, await desk.view("leyla"), desk.now) is None


async def test_numbers_are_read_without_regard_to_case(desk: Desk) -> None:
    request = (await desk.files()).request
    leyla = await desk.view("leyla")

    assert await reads.by_number("anl-2026-0001", leyla) == request
    assert await reads.numbered("anl-2026-0001") == request
    assert await reads.number_of(request) == "ANL-2026-0001"
    assert await reads.is_party(request, leyla)
    assert await reads.numbered("ANL-2026-0002") is None
    assert await reads.number_of(request + 1) is None


async def test_buttons_are_for_whoever_may_press_them(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    await desk.person("operator", desk.almaty, role="admin")

    supplier, operator = await card(desk, request, "gulnar"), await card(desk, request, "operator")

    assert supplier.offers(Act.SHIP)
    assert supplier.can_undo
    assert (operator.possible, operator.can_undo) == ((), False)


async def test_undo_is_offered_as_long_as_it_is_possible(desk: Desk) -> None:
    request = (await desk.files()).request
    assert not (await card(desk, request, "leyla")).can_undo
    await desk.act(request, Act.YES, "gulnar")
    await desk.act(request, Act.COMMENT, "leyla", note="thanks")

    assert (await card(desk, request, "gulnar")).can_undo
    assert not (await card(desk, request, "leyla")).can_undo
    desk.now += timedelta(hours=25)
    assert not (await card(desk, request, "gulnar")).can_undo


async def test_silence_is_a_fortnight_without_a_turn(desk: Desk) -> None:
    request = (await desk.files()).request
    desk.now += timedelta(days=14)
    assert not (await card(desk, request, "leyla")).silent

    desk.now += timedelta(seconds=1)

    assert (await card(desk, request, "leyla")).silent


async def test_a_card_shows_the_newest_events_the_history_all(desk: Desk) -> None:
    request = (await desk.files()).request
    for act in (Act.OPEN, Act.TAKE, Act.YES):
        await desk.act(request, act, "gulnar")

    view = await card(desk, request, "leyla")
    everything = await history.events_of(request, await desk.view("leyla"))

    assert [event.act for event in view.events] == [Act.OPEN, Act.TAKE, Act.YES]
    assert [event.act for event in everything] == [Act.SUBMIT, Act.OPEN, Act.TAKE, Act.YES]
    assert [event.own for event in everything] == [True, False, False, False]
    assert [event.by for event in everything] == ["Leyla", "Gulnar", "Gulnar", "Gulnar"]
    assert (view.stage, view.taker, view.version) == (Stage.WILL_SUPPLY, "Gulnar", 2)


async def test_an_undo_tells_what_it_took_back(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    await desk.act(request, Act.COMMENT, "leyla", note="thanks")
    await desk.act(request, Act.UNDO, "gulnar")
    await desk.act(request, Act.NO, "gulnar", reason=Reason.NOT_HELD)
    undo = await desk.act(request, Act.UNDO, "gulnar")
    viewer = await desk.view("leyla")

    events = await history.events_of(request, viewer)
    alone = await history.event(undo.event, viewer)

    assert [event.undoes for event in events if event.act is Act.UNDO] == [Act.YES, Act.NO]
    assert [event.act for event in events if event.undone] == [Act.YES, Act.NO]
    assert alone == events[-1]
    assert await history.event(undo.event + 1, viewer) is None


async def test_what_another_signed_is_shown_under_that_name(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(
        request, Act.COMMENT, "leyla", note="a", signed_by="x@y.example", via=Via.EMAIL, language="ru"
    )

    [*_, event] = await history.events_of(request, await desk.view("gulnar"))

    assert (event.by, event.own, event.language) == ("x@y.example", False, "ru")
    assert event.details.note == "a"


async def test_files_stand_with_their_act_and_on_the_card(desk: Desk, tmp_path) -> None:
    request = (await desk.files(service=Service.COPY, values=SCAN)).request
    given = [
        await keep(tmp_path, Arrived(name=f"{n}.pdf", data=b"%PDF-" + bytes([n])), desk.now, owner=None)
        for n in range(2)
    ]
    delivered = await desk.act(request, Act.DELIVER, "gulnar", files=tuple(given))
    await desk.act(request, Act.COMMENT, "leyla", note="thanks")

    view = await card(desk, request, "leyla")

    assert [(one.name, one.event) for one in view.files] == [
        ("0.pdf", delivered.event),
        ("1.pdf", delivered.event),
    ]
    assert [len(event.files) for event in view.events] == [0, 2, 0]


async def test_a_side_is_silent_once_it_has_neither_acted_nor_written_for_two_weeks(desk: Desk) -> None:
    request = (await desk.files()).request
    desk.now += timedelta(days=10)
    await desk.act(request, Act.COMMENT, "gulnar", note="We are looking for it.")
    desk.now += timedelta(days=10)
    await desk.act(request, Act.OPEN, "gulnar")
    await desk.act(request, Act.COMMENT, "leyla", note="Thank you.")
    spoke = await card(desk, request, "leyla")
    desk.now += timedelta(days=5)

    assert not spoke.silent
    assert (await card(desk, request, "leyla")).silent


async def test_a_request_names_what_took_its_place_and_not_to_another_supplier(desk: Desk) -> None:
    third = await libraries.add_library(library("NLU", "Asia/Tashkent", Language.RU), desk.now)
    await libraries.add_agreement(NewAgreement(parties=("ANL", "NLU"), signed_on=desk.now.date()), desk.now)
    again, elsewhere = await desk.unfilled(), await desk.unfilled()
    same = await desk.files(service=Service.COPY, values=SCAN, previous=again)
    other = await desk.files(service=Service.COPY, values=SCAN, previous=elsewhere, supplying=third)

    seen = {
        (who, first): (await card(desk, first, who)).successor
        for who in ("leyla", "gulnar")
        for first in (again, elsewhere)
    }

    assert seen == {
        ("leyla", again): (same.request, same.number),
        ("gulnar", again): (same.request, same.number),
        ("leyla", elsewhere): (other.request, other.number),
        ("gulnar", elsewhere): None,
    }
