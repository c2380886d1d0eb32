"""One act: the change, its event and its notices together, once, or nothing."""

import asyncio

import pytest
from tortoise.exceptions import OperationalError

from models.engines import sql
from models.operations import requests
from models.rules.errors import (
    Missing,
    NotPossibleNow,
    OtherSide,
    Stale,
    UnknownRequest,
)
from models.rules.vocabulary import Act, Flag, Reason, Stage, Via
from models.tables import Event
from tests.desk import Desk, acts, row, told


async def test_an_act_changes_the_request_writes_its_event_and_tells_the_partner(desk: Desk) -> None:
    request = (await desk.files()).request

    outcome = await desk.act(request, Act.YES, "gulnar", note="on Monday")

    changed = await row(request)
    event = await Event.get(id=outcome.event)
    assert (changed.stage, changed.version, changed.waits_for) == (Stage.WILL_SUPPLY, 2, "supplying")
    assert (event.stage_from, event.stage_to, event.version) == (Stage.SENT, Stage.WILL_SUPPLY, 2)
    assert event.details == {"note": "on Monday"}
    assert await told() == [("chat", "2001"), ("chat", "1001")]
    assert outcome.repeated is False


async def test_a_failure_in_the_last_step_leaves_nothing_of_the_first_ones(desk: Desk) -> None:
    request = (await desk.files()).request
    await sql.execute("ALTER TABLE notice RENAME TO mislaid")

    with pytest.raises(OperationalError):
        await desk.act(request, Act.YES, "gulnar", key="tap")

    assert await acts(request) == [Act.SUBMIT]
    assert ((await row(request)).stage, (await row(request)).version) == (Stage.SENT, 1)
    await sql.execute("ALTER TABLE mislaid RENAME TO notice")
    assert (await desk.act(request, Act.YES, "gulnar", key="tap")).repeated is False


async def test_a_known_key_changes_nothing_and_returns_the_first_outcome(desk: Desk) -> None:
    request = (await desk.files()).request
    first = await desk.act(request, Act.YES, "gulnar", key="tap", seen=1)

    again = await desk.act(request, Act.YES, "gulnar", key="tap", seen=1)

    assert again.repeated
    assert (again.event, again.version) == (first.event, first.version)
    assert await acts(request) == [Act.SUBMIT, Act.YES]


async def test_the_same_key_through_another_door_is_another_act(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.COMMENT, "gulnar", key="1", note="a")

    other = await desk.act(request, Act.COMMENT, "gulnar", key="1", via=Via.EMAIL, note="b")

    assert other.repeated is False


async def test_a_refusal_frees_its_key(desk: Desk) -> None:
    request = (await desk.files()).request
    with pytest.raises(Missing):
        await desk.act(request, Act.NO, "gulnar", key="tap")

    outcome = await desk.act(request, Act.NO, "gulnar", key="tap", reason=Reason.NOT_HELD)

    assert outcome.repeated is False


async def test_the_same_key_at_once_is_one_event(desk: Desk) -> None:
    request = (await desk.files()).request
    intent = desk.intent(request, Act.YES, "gulnar", seen=1)

    outcomes = await asyncio.gather(*(requests.act(intent, desk.now) for _ in range(4)))

    assert sorted(one.repeated for one in outcomes) == [False, True, True, True]
    assert {one.event for one in outcomes} == {outcomes[0].event}
    assert await acts(request) == [Act.SUBMIT, Act.YES]


async def test_the_same_key_at_once_on_two_requests_is_one_event(desk: Desk) -> None:
    one, other = (await desk.files()).request, (await desk.files()).request
    intents = [desk.intent(each, Act.YES, "gulnar", key="tap") for each in (one, other)]

    outcomes = await asyncio.gather(*(requests.act(intent, desk.now) for intent in intents))

    assert sorted(outcome.repeated for outcome in outcomes) == [False, True]
    assert await Event.filter(act=Act.YES).count() == 1


async def test_two_acts_at_once_on_the_same_version_one_wins(desk: Desk) -> None:
    await desk.person("aigul", desk.almaty, chat=2002)
    request = (await desk.files()).request
    yes = desk.intent(request, Act.YES, "gulnar", seen=1)
    no = desk.intent(request, Act.NO, "aigul", seen=1, reason=Reason.NOT_HELD)

    results = await asyncio.gather(
        requests.act(yes, desk.now), requests.act(no, desk.now), return_exceptions=True
    )

    [refusal] = [one for one in results if isinstance(one, Stale)]
    won, by = (Act.NO, "Aigul") if isinstance(results[0], Stale) else (Act.YES, "Gulnar")
    assert refusal == Stale(number="ANL-2026-0001", act=won, by=by, at=desk.now.isoformat())
    assert (await row(request)).version == 2


async def test_stale_names_what_moved_the_request_not_the_comment_after_it(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.YES, "gulnar")
    answered = desk.now
    await desk.act(request, Act.COMMENT, "leyla", note="thanks")

    with pytest.raises(Stale) as refused:
        await desk.act(request, Act.CANCEL, "leyla", seen=1)

    assert refused.value == Stale(number="ANL-2026-0001", act=Act.YES, by="Gulnar", at=answered.isoformat())


async def test_quiet_acts_leave_the_version_and_mind_no_other(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.OPEN, "gulnar", seen=1)
    await desk.act(request, Act.TAKE, "gulnar", seen=1)
    await desk.act(request, Act.YES, "gulnar", seen=1)

    await desk.act(request, Act.COMMENT, "leyla", seen=1, note="late, but said")

    changed = await row(request)
    assert (changed.version, changed.taker_id) == (2, desk.people["gulnar"])
    assert await acts(request) == [Act.SUBMIT, Act.OPEN, Act.TAKE, Act.YES, Act.COMMENT]


async def test_opening_is_told_to_nobody(desk: Desk) -> None:
    request = (await desk.files()).request
    told_before = await told()

    await desk.act(request, Act.OPEN, "gulnar")

    assert await told() == told_before


@pytest.mark.parametrize(
    ("act", "by", "refusal"),
    [
        (Act.YES, "leyla", OtherSide),
        (Act.CHECK_IN, "gulnar", NotPossibleNow),
        (Act.NO, "gulnar", Missing),
    ],
)
async def test_a_refusal_rolls_everything_back(
    desk: Desk, act: Act, by: str, refusal: type[Exception]
) -> None:
    request = (await desk.files()).request

    with pytest.raises(refusal):
        await desk.act(request, act, by)

    assert await acts(request) == [Act.SUBMIT]


async def test_nobody_acts_who_is_no_party_or_left_or_operates(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.person("stranger", None)
    await desk.person("operator", desk.almaty, role="admin")
    await desk.person("retired", desk.almaty, left_at=desk.now)

    for name in ("stranger", "operator", "retired"):
        with pytest.raises(UnknownRequest):
            await desk.act(request, Act.COMMENT, name, note="hello")
    with pytest.raises(UnknownRequest):
        await desk.act(request + 1, Act.COMMENT, "leyla", note="hello")


async def test_the_clock_acts_without_an_actor_and_tells_both(desk: Desk) -> None:
    request = (await desk.files()).request
    before = len(await told())

    await desk.act(request, Act.EXPIRE, None, via=Via.CLOCK)

    assert (await row(request)).stage is Stage.EXPIRED
    assert sorted((await told())[before:]) == [("chat", "1001"), ("chat", "2001")]


async def test_an_act_for_the_partner_is_the_partners_and_told_to_both(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.person("rauf", desk.baku, chat=1002)
    await desk.act(request, Act.TAKE, "gulnar")
    before = len(await told())

    outcome = await desk.act(request, Act.YES, "leyla", for_partner=True)

    event = await Event.get(id=outcome.event)
    assert (event.side, event.actor_id, event.for_partner) == ("supplying", desk.people["leyla"], True)
    assert (await row(request)).taker_id == desk.people["gulnar"]
    assert ("chat", "2001") in (await told())[before:]


async def test_a_shared_mailbox_answers_without_taking_the_request_from_its_keeper(desk: Desk) -> None:
    await desk.person("desk", desk.almaty, email="ill@nlrk.example", is_mailbox=True)
    request = (await desk.files()).request
    await desk.act(request, Act.TAKE, "gulnar")

    await desk.act(request, Act.YES, "desk", via=Via.EMAIL)

    assert (await row(request)).taker_id == desk.people["gulnar"]


async def test_flags_survive_the_database_in_both_dialects(desk: Desk) -> None:
    request = await desk.lent()

    await desk.act(request, Act.ASK_RENEWAL, "leyla")
    await desk.act(request, Act.MARK_OVERDUE, None, via=Via.CLOCK)

    assert (await row(request)).flags == [Flag.OVERDUE, Flag.RENEWAL_ASKED]
