"""Taking back, and opening again what had ended."""

from datetime import timedelta

import pytest

from models.operations import requests
from models.operations.files import Arrived, keep
from models.rules.errors import NothingToUndo, Stale, TooLate
from models.rules.vocabulary import Act, NoticeKind, Reason, Service, Stage
from models.tables import Attachment, Event, Notice, Request
from tests.desk import SCAN, Desk, acts, row, told

KEPT_BY_NOTHING = {"version", "updated_at", "stage_since", "look_at"}


async def columns(request: int) -> dict[str, object]:
    """Everything an undo has to bring back."""
    found = await Request.filter(id=request).values()
    return {name: value for name, value in found[0].items() if name not in KEPT_BY_NOTHING}


async def test_undo_brings_back_every_column_and_sends_a_correction(desk: Desk) -> None:
    request = (await desk.files()).request
    before = await columns(request)
    shipped = await desk.act(request, Act.SHIP, "gulnar", parcel="RR123456785KZ", pieces=2)
    assert await columns(request) != before

    undone = await desk.act(request, Act.UNDO, "gulnar", seen=2)

    assert await columns(request) == before
    assert (await row(request)).version == 3
    assert (await Event.get(id=shipped.event)).undone
    event = await Event.get(id=undone.event)
    assert (event.stage_from, event.stage_to) == (Stage.SHIPPED, Stage.SENT)
    assert (await told())[-1] == ("chat", "1001")


async def test_undo_works_for_the_asking_side_too(desk: Desk) -> None:
    request = await desk.lent()
    before = await columns(request)

    await desk.act(request, Act.SEND_BACK, "leyla", parcel="RR123456785AZ")
    await desk.act(request, Act.UNDO, "leyla")

    assert await columns(request) == before
    assert (await told())[-1] == ("chat", "2001")


async def test_an_undone_end_is_no_end(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.CANCEL, "leyla")

    await desk.act(request, Act.UNDO, "leyla")

    assert (await row(request)).ended_at is None


async def test_an_undone_reopening_is_ended_as_it_was(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.CANCEL, "leyla")
    ended = (await row(request)).ended_at
    await desk.act(request, Act.REOPEN, "leyla", note="a mistake")

    await desk.act(request, Act.UNDO, "leyla")

    assert ((await row(request)).stage, (await row(request)).ended_at) == (Stage.CANCELLED, ended)


async def test_what_was_undone_cannot_be_undone_further(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    await desk.act(request, Act.UNDO, "gulnar")

    with pytest.raises(NothingToUndo):
        await desk.act(request, Act.UNDO, "gulnar")


async def test_only_the_side_that_acted_last_can_undo(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    with pytest.raises(NothingToUndo):
        await desk.act(request, Act.UNDO, "leyla")

    await desk.act(request, Act.CANCEL, "leyla")

    with pytest.raises(NothingToUndo):
        await desk.act(request, Act.UNDO, "gulnar")
    await desk.act(request, Act.UNDO, "leyla")
    assert (await row(request)).stage is Stage.WILL_SUPPLY


async def test_a_comment_of_the_other_side_is_no_act(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    await desk.act(request, Act.COMMENT, "leyla", note="thank you")

    await desk.act(request, Act.UNDO, "gulnar")

    assert (await row(request)).stage is Stage.SENT


async def test_what_the_other_side_has_taken_up_quietly_stays(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.CANCEL, "leyla")
    await desk.act(request, Act.REOPEN, "leyla", note="a mistake")
    await desk.act(request, Act.TAKE, "gulnar")

    with pytest.raises(NothingToUndo):
        await desk.act(request, Act.UNDO, "leyla")


async def test_a_sent_request_is_cancelled_not_undone(desk: Desk) -> None:
    request = (await desk.files()).request

    with pytest.raises(NothingToUndo):
        await desk.act(request, Act.UNDO, "leyla")


async def test_undo_lasts_a_day_to_the_second(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    undo = desk.intent(request, Act.UNDO, "gulnar")
    last_moment = desk.now + timedelta(hours=24)

    with pytest.raises(TooLate) as refused:
        await requests.act(undo, last_moment + timedelta(seconds=1))
    assert refused.value == TooLate(act=Act.UNDO, limit=24)

    await requests.act(undo, last_moment)
    assert (await row(request)).stage is Stage.SENT


async def test_undo_of_an_old_card_is_stale(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")

    with pytest.raises(Stale):
        await desk.act(request, Act.UNDO, "gulnar", seen=1)


async def test_an_undo_twice_by_one_key_is_one(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")

    await desk.act(request, Act.UNDO, "gulnar", key="tap", seen=2)
    again = await desk.act(request, Act.UNDO, "gulnar", key="tap", seen=2)

    assert again.repeated
    assert await acts(request) == [Act.SUBMIT, Act.YES, Act.UNDO]


@pytest.mark.parametrize("by", ["leyla", "gulnar"])
async def test_what_was_recorded_for_the_partner_both_may_take_back(desk: Desk, by: str) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "leyla", for_partner=True)

    await desk.act(request, Act.UNDO, by)

    assert (await row(request)).stage is Stage.SENT


async def test_undoing_a_delivery_frees_its_file_and_holds_back_what_has_not_left(
    desk: Desk, tmp_path
) -> None:
    request = (await desk.files(service=Service.COPY, values=SCAN)).request
    file = await keep(tmp_path, Arrived(name="scan.pdf", data=b"%PDF-1.7"), desk.now, owner=None)
    await desk.act(request, Act.DELIVER, "gulnar", files=(file,))
    assert await told(NoticeKind.FILE) == [("chat", "1001")]

    await desk.act(request, Act.UNDO, "gulnar")

    assert (await Attachment.get(id=file)).event_id is None
    assert (await Notice.get(kind=NoticeKind.FILE)).status == "skipped"
    again = await desk.act(request, Act.DELIVER, "gulnar", files=(file,))
    assert (await Attachment.get(id=file)).event_id == again.event
    assert await Notice.filter(kind=NoticeKind.FILE, status="pending").count() == 1


async def test_reopening_returns_to_the_stage_before_and_counts_the_turn_anew(desk: Desk) -> None:
    request = await desk.lent()
    await desk.act(request, Act.CHECK_IN, "gulnar")
    assert (await row(request)).ended_at == desk.now

    await desk.act(request, Act.REOPEN, "leyla", note="it is still here")

    opened = await row(request)
    assert (opened.stage, opened.ended_at, opened.turn_since) == (Stage.ON_LOAN, None, desk.now)


async def test_reopening_needs_a_reason_and_ends_after_thirty_days(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.NO, "gulnar", reason=Reason.NOT_HELD)
    await desk.act(request, Act.CLOSE, "leyla")
    ended = desk.now
    intent = desk.intent(request, Act.REOPEN, "gulnar", note="found it")

    with pytest.raises(TooLate) as refused:
        await requests.act(intent, ended + timedelta(days=30, seconds=1))
    assert refused.value == TooLate(act=Act.REOPEN, limit=30)

    await requests.act(intent, ended + timedelta(days=30))
    assert (await row(request)).stage is Stage.UNFILLED
