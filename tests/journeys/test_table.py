"""The whole table of the lifecycle, through both doors: every row is tapped and replied, no other is done."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from handlers.text import labels
from handlers.text.choices import CONFIRM, WITHOUT_DAY
from handlers.text.refusals import refusal_text
from handlers.text.replies import WORDS
from handlers.text.voice import Voice
from models.operations import outbox, requests
from models.operations.intents import Intent
from models.operations.libraries import NewAgreement, add_agreement, add_library
from models.operations.outbox import Slip
from models.queries import parties
from models.queries import requests as request_queries
from models.rules.errors import NotPossibleNow, OtherSide, Refusal, Stale
from models.rules.lifecycle import ROWS, UNDOABLE, possible
from models.rules.vocabulary import (
    Act,
    Channel,
    Condition,
    Language,
    NoticeKind,
    Reason,
    ScanProblem,
    Settlement,
    Side,
    Stage,
    Via,
)
from models.tables import Event, Request
from tests.journeys.props import ELSEWHERE, PHONES, SCAN
from tests.journeys.situations import ASKS, CODES, GIVES, PATHS, Case, Situations, cases
from tests.journeys.stage import Librarian, Mailbox, Story, errors_in, opened

LANGUAGES = {ASKS: Language.AZ, GIVES: Language.KK}
COLLEAGUES = {ASKS: "coordinator", GIVES: "colleague"}
DAY = "14.01.2027"


@pytest.fixture
async def story(
    tmp_path: Path, migrated_file: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Story]:
    """Nobody has joined; there is a third library that can be asked as well."""
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with opened(tmp_path, url) as told:
        await add_library(ELSEWHERE, told.world.clock())
        agreement = NewAgreement(parties=("ANL", "LIB"), signed_on=date(2020, 1, 1))
        await add_agreement(agreement, told.world.clock())
        yield told
    assert errors_in(caplog.records) == []


async def expected(case: Case, request: int) -> Stage:
    """Where the row leads from there."""
    row = await Request.get(id=request)
    if case.row.act is Act.UNDO:
        last = await Event.filter(request_id=request, version=row.version).order_by("id").first()
        assert last is not None
        return Stage(last.before["stage"])
    if isinstance(case.row.to, Stage):
        return case.row.to
    return row.resume if case.row.to and row.resume else row.stage


def undone(case: Case) -> bool:
    """Whether there is something of the side's own to take back at the end of the way."""
    loud = [step for step in case.steps if step[0] in UNDOABLE or step[1] is None]
    return bool(loud) and loud[-1][1] is case.row.by


def walked(side: Side) -> list[Case]:
    """The rows of a side that a person does with a request that is there already."""
    return [case for case in cases(side) if case.row.act is not Act.UNDO or undone(case)]


def test_every_row_of_a_side_is_walked_wherever_it_can_stand() -> None:
    seen = {(case.row.act, side, case.stage) for side in Side for case in walked(side)}
    rows = {(row.act, row.by, stage) for row in ROWS if row.by for stage in row.at}

    assert {(act, stage) for act, _, stage in rows - seen if act is not Act.UNDO} == {
        (Act.SUBMIT, Stage.DRAFT)
    }
    assert {act for act, side, _ in seen if side is ASKS} >= {Act.UNDO, Act.COMMENT}
    assert {act for act, side, _ in seen if side is GIVES} >= {Act.UNDO, Act.COMMENT}


async def last_act(request: int) -> Event:
    found = await Event.filter(request_id=request).order_by("-id").first()
    assert found is not None
    return found


async def outcome(request: int) -> tuple[Act, Stage, Via]:
    """What the newest event says; a request that followed another closed it in the same breath."""
    event = await last_act(request)
    return event.act, (await Request.get(id=request)).stage, Via(event.via)


@pytest.mark.parametrize("side", Side)
async def test_every_row_is_done_by_tapping(story: Story, side: Side) -> None:
    person = await story.enters(CODES[side], LANGUAGES[side])
    await story.enters(COLLEAGUES[side], LANGUAGES[side])
    situations = await Situations.of(story.world.clock())
    wrong = []
    for case in walked(side):
        request = await situations.at(case.service, case.steps)
        if case.row.act is Act.WAIT:
            await situations.asks_to_wait(request)
        aim = case.row.act, await expected(case, request), Via.TELEGRAM
        await tap(story, person, request, case.row.act, side)
        if (found := await outcome(request)) != aim:
            wrong.append((str(case), found, person.reads))

    assert wrong == []


async def show(
    story: Story, request: int, kind: NoticeKind, *, person: int, channel: Channel, to: str
) -> None:
    """Bring the request onto a telephone or into a mailbox."""
    event = await last_act(request)
    facts = {"request": request, "event": event.id, "version": event.version}
    slip = Slip(channel=channel, target=to, kind=kind, facts=facts, dedupe=f"show:{request}", person=person)
    await story.world.doing(lambda now: outbox.write([slip], now))


async def tap(story: Story, person: Librarian, request: int, act: Act, side: Side) -> None:
    """Press the row's button, then whatever it asks for."""
    known = await parties.person_in_chat(person.phone.id)
    assert known is not None
    kind = NoticeKind.EVENT if act is Act.OPEN else NoticeKind.CARD
    await show(story, request, kind, person=known.id, channel=Channel.CHAT, to=str(person.phone.id))
    await person.presses(act)
    if act is Act.HAND_OVER:
        await person.presses(PHONES[COLLEAGUES[side]][1])
    await MORE.get(act, _nothing)(person)


async def _nothing(_person: Librarian) -> None:
    """The first tap was enough."""


def pressing(*keys: Reason | Condition | ScanProblem | str) -> Callable[[Librarian], Awaitable[None]]:
    async def press(person: Librarian) -> None:
        for key in keys:
            await person.presses(key)

    return press


def typing(text: str) -> Callable[[Librarian], Awaitable[None]]:
    async def type_it(person: Librarian) -> None:
        await person.types(text)

    return type_it


async def _confirm(person: Librarian) -> None:
    await person.presses(CONFIRM)


async def _later(person: Librarian) -> None:
    await person.presses(Reason.IN_PROCESS)
    await person.presses(WITHOUT_DAY)


async def _propose(person: Librarian) -> None:
    await person.presses(labels.SETTLEMENTS[Settlement.DIGITAL_COPY])


async def _attach(person: Librarian) -> None:
    await person.sends_file(SCAN)


async def _send(person: Librarian) -> None:
    await person.presses(labels.SEND)


async def _fix(person: Librarian) -> None:
    await person.types("1978")
    await person.presses(labels.SEND)


async def _copy(person: Librarian) -> None:
    await person.types("12-40")
    await person.presses(labels.SEND)


MORE: dict[Act, Callable[[Librarian], Awaitable[None]]] = {
    Act.NO: pressing(Reason.NOT_HELD),
    Act.CONDITIONS: pressing(Condition.NO_REPRODUCTION),
    Act.LATER: _later,
    Act.PROBLEM: pressing(ScanProblem.UNREADABLE),
    Act.PROPOSE_SETTLEMENT: _propose,
    Act.DELIVER: _attach,
    Act.FIX_AND_RESEND: _fix,
    Act.ASK_COPY: _copy,
    Act.ASK_ANOTHER: _send,
    **dict.fromkeys((Act.CANCEL, Act.LOSE, Act.CLOSE, Act.RECALL), _confirm),
    **dict.fromkeys((Act.EXPECT, Act.TRY_AGAIN, Act.CHANGE_DUE), typing(DAY)),
    **dict.fromkeys((Act.REOPEN, Act.COMMENT, Act.CANNOT_RESEND), typing("So it is.")),
    **dict.fromkeys((Act.RECEIVE_DAMAGED, Act.CHECK_IN_DAMAGED), typing("The cover is torn.")),
    Act.DETAIL_DISPATCH: typing("RR123456785KZ"),
}
"""What follows the first tap."""

IN_CHAT_ALONE = frozenset({Act.OPEN, Act.HAND_OVER})
"""A mail cannot tell that it was read, and a mailbox has nobody to hand over to."""


@pytest.mark.parametrize("side", Side)
async def test_every_row_is_done_by_replying(story: Story, side: Side) -> None:
    box = await story.opens_box(CODES[side], LANGUAGES[side])
    situations = await Situations.of(story.world.clock())
    person = situations.people[side].id
    wrong = []
    for case in (case for case in walked(side) if case.row.act not in IN_CHAT_ALONE):
        request = await situations.at(case.service, case.steps)
        aim = case.row.act, await expected(case, request), Via.EMAIL
        await show(story, request, NoticeKind.CARD, person=person, channel=Channel.MAIL, to=box.address)
        await reply(box, case.row.act)
        if (found := await outcome(request)) != aim:
            wrong.append((str(case), found, box.newest.text[:300]))

    assert wrong == []


async def reply(box: Mailbox, act: Act) -> None:
    """Say the word that people are told to say, with what it needs."""
    if act is Act.DELIVER:
        await box.attaches()
        return
    if act is Act.COMMENT:
        await box.replies("Nüsxə var.")
        return
    await box.says(WORDS[act], behind(act, box.voice))


def behind(act: Act, voice: Voice) -> str:
    """What stands behind the word."""
    match act:
        case Act.NO:
            return voice.label(labels.REASONS[Reason.NOT_HELD])
        case Act.CONDITIONS:
            return voice.label(labels.CONDITIONS[Condition.NO_REPRODUCTION])
        case Act.PROPOSE_SETTLEMENT:
            return voice.label(labels.SETTLEMENTS[Settlement.DIGITAL_COPY])
        case Act.EXPECT | Act.CHANGE_DUE | Act.TRY_AGAIN:
            return DAY
        case Act.ASK_COPY:
            return "12-40"
        case Act.FIX_AND_RESEND:
            return "\nyear: 1978"
        case Act.REOPEN | Act.CANNOT_RESEND | Act.RECEIVE_DAMAGED | Act.CHECK_IN_DAMAGED:
            return "RR-17"
        case _:
            return ""


OURS = sorted({row.act for row in ROWS if row.by is not None} - {Act.UNDO, Act.SUBMIT})
"""An undo is refused by what happened before, not by the stage; a request is sent once, as a draft."""


async def test_every_other_act_is_refused_with_a_sentence_in_four_languages(story: Story) -> None:
    situations = await Situations.of(story.world.clock())
    done = []
    for (service, stage), steps in PATHS.items():
        request = await situations.at(service, steps)
        standing = request_queries.standing_of(await Request.get(id=request))
        for side in Side:
            allowed = {row.act for row in possible(standing, side)}
            for act in (act for act in OURS if act not in allowed):
                refusal = await refused(situations, request, act, side)
                if not isinstance(refusal, NotPossibleNow | OtherSide | Stale) or not worded(refusal):
                    done.append((service, stage, side, act, refusal))

    assert done == []


async def refused(situations: Situations, request: int, act: Act, side: Side) -> Refusal | None:
    """Why the desk does not do it; None if it does."""
    person = situations.people[side].id
    intent = Intent(request=request, act=act, actor=person, via=Via.SHELL, key=f"{request}:{act}:{side}")
    try:
        await requests.act(intent, situations.now)
    except Refusal as refusal:
        return refusal
    return None


def worded(refusal: Refusal) -> bool:
    """Whether the sentence differs from language to language."""
    return len({refusal_text(Voice(language), refusal) for language in Language}) == len(Language)
