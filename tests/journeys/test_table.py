"""The whole table of the lifecycle, through both doors: every row is tapped, and every row is replied."""

from datetime import date

import pytest

from handlers.text import labels
from handlers.text.words import display
from models.operations import outbox
from models.operations.libraries import NewAgreement, add_agreement, add_library
from models.operations.outbox import Slip
from models.queries import parties
from models.rules.lifecycle import ROWS
from models.rules.vocabulary import Act, Channel, Language, NoticeKind, Service, Side, Stage, Via
from models.tables import Event, Request
from tests.journeys.gestures import reply, tap
from tests.journeys.props import ARTICLE, BOOK, ELSEWHERE, PHONES
from tests.journeys.situations import ASKS, CODES, GIVES, PATHS, Case, Situations, cases
from tests.journeys.stage import Librarian, Mailbox, Story

LANGUAGES = {ASKS: Language.AZ, GIVES: Language.KK}
COLLEAGUES = {ASKS: "coordinator", GIVES: "colleague"}
CITATIONS = {Service.LOAN: BOOK, Service.COPY: ARTICLE, Service.ACQUISITION: BOOK}
NUMBER = "ANL-2026-0001"

IN_CHAT_ALONE = {Act.OPEN: "a mail does not tell that it was read"}
BY_THE_CLOCK = {
    Act.MARK_OVERDUE: "a due date passes by itself",
    Act.EXPIRE: "the needed-by date passed and the question stayed unanswered",
    Act.FINISH_SILENT: "nobody complained of the copy",
    Act.CLOSE_SILENT: "nobody followed up the no",
}
NOTHING_OWN = {
    (Stage.EXPIRED, ASKS): "only the clock ends a request so; reopening is the way back",
    (Stage.EXPIRED, GIVES): "only the clock ends a request so; reopening is the way back",
    (Stage.CANCEL_ASKED, GIVES): "only the requesting library asks, and it alone can take that back",
}
"""Where a side can have done nothing that an undo would take back."""
WITHOUT: dict[Service, set[Stage]] = {
    Service.LOAN: {Stage.DRAFT, Stage.DELIVERED, Stage.RESEND, Stage.OBTAINED},
    Service.COPY: {
        *(Stage.DRAFT, Stage.SHIPPED, Stage.ON_LOAN, Stage.RETURNING, Stage.LOST, Stage.OBTAINED),
    },
    Service.ACQUISITION: {Stage.DRAFT, Stage.ON_LOAN, Stage.RETURNING},
}
"""Stages that a request of the service never reaches; a draft is no request yet."""


@pytest.fixture
async def story(early: Story) -> Story:
    """Nobody has joined; there is a third library that can be asked as well."""
    now = early.world.clock()
    await add_library(ELSEWHERE, now)
    await add_agreement(NewAgreement(parties=("ANL", "LIB"), signed_on=date(2020, 1, 1)), now)
    return early


def walked(side: Side) -> list[Case]:
    """The rows of a side at every stage and for every service."""
    return [
        case for case in cases(side) if case.row.act is not Act.UNDO or (case.stage, side) not in NOTHING_OWN
    ]


def test_every_stage_of_every_service_is_walked() -> None:
    assert {(service, stage) for service in Service for stage in set(Stage) - WITHOUT[service]} == set(PATHS)


def test_every_act_that_no_person_does_is_named() -> None:
    assert {row.act for row in ROWS if row.by is None} == set(BY_THE_CLOCK)


@pytest.mark.parametrize("side", Side)
def test_every_row_is_walked_wherever_it_stands(side: Side) -> None:
    listed = {
        (row.act, stage, service)
        for row in ROWS
        for service in row.services
        for stage in row.at - WITHOUT[service]
        if row.by is side
    }

    missed = listed - {(case.row.act, case.stage, case.service) for case in walked(side)}

    assert missed == {
        (Act.UNDO, stage, service) for stage, idle in NOTHING_OWN for service in Service if idle is side
    }


@pytest.mark.parametrize("service", Service)
async def test_a_draft_is_sent_by_tapping(story: Story, service: Service) -> None:
    baku = await story.enters("ANL", Language.AZ)
    await story.enters("NLRK", Language.KK)

    await baku.pastes(CITATIONS[service])
    await baku.presses(labels.SEND)

    assert await outcome((await Request.get(number=NUMBER)).id) == (Act.SUBMIT, Stage.SENT, Via.TELEGRAM)


@pytest.mark.parametrize("service", Service)
async def test_a_draft_is_sent_by_writing(story: Story, service: Service) -> None:
    anl = await story.opens_box("ANL", Language.AZ)

    await anl.writes(CITATIONS[service])

    assert await outcome((await Request.get(number=NUMBER)).id) == (Act.SUBMIT, Stage.SENT, Via.EMAIL)


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
        if case.row.act is Act.CLOSE:
            await situations.falls_silent(request)
        aim = case.row.act, await expected(case, request), Via.TELEGRAM
        await looks_at(story, person, request, act=case.row.act)
        await tap(person, case.row.act, colleague=PHONES[COLLEAGUES[side]][1])
        if (found := await outcome(request)) != aim:
            wrong.append((str(case), found, person.reads))

    assert wrong == []


@pytest.mark.parametrize("side", Side)
async def test_every_row_is_done_by_replying(story: Story, side: Side) -> None:
    box = await story.opens_box(CODES[side], LANGUAGES[side])
    await story.enters(COLLEAGUES[side], LANGUAGES[side])
    situations = await Situations.of(story.world.clock())
    wrong = []
    for case in (case for case in walked(side) if case.row.act not in IN_CHAT_ALONE):
        request = await situations.at(case.service, case.steps)
        aim = case.row.act, await expected(case, request), Via.EMAIL
        await asks_about(box, request)
        await reply(box, case.row.act, colleague=PHONES[COLLEAGUES[side]][1])
        if (found := await outcome(request)) != aim:
            wrong.append((str(case), found, box.newest.text[:300]))

    assert wrong == []


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


async def outcome(request: int) -> tuple[Act, Stage, Via]:
    """What the newest event says."""
    event = await _newest(request)
    return event.act, (await Request.get(id=request)).stage, Via(event.via)


async def _newest(request: int) -> Event:
    found = await Event.filter(request_id=request).order_by("-id").first()
    assert found is not None
    return found


async def looks_at(story: Story, person: Librarian, request: int, *, act: Act) -> None:
    """Type the number, and the card comes.

    That would open a new one at the asked library: there lies what its last act or the news of it brought.
    """
    row = await Request.get(id=request)
    known = await parties.person_in_chat(person.phone.id)
    assert known is not None
    if row.stage is not Stage.SENT or known.library != row.supplying_id:
        await person.types(row.number)
        return
    event = await _newest(request)
    # News shows the likeliest acts only; of an acquisition some stand on the card alone.
    whole = event.side is GIVES or (row.service is Service.ACQUISITION and act is not Act.OPEN)
    shown = Slip(
        channel=Channel.CHAT,
        target=str(person.phone.id),
        kind=NoticeKind.CARD if whole else NoticeKind.EVENT,
        facts={"request": request, "event": event.id, "version": event.version},
        dedupe=f"shown:{request}",
        person=known.id,
    )
    await story.world.doing(lambda now: outbox.write([shown], now))


async def asks_about(box: Mailbox, request: int) -> None:
    """Write STATUS with the number, and the card comes."""
    row = await Request.get(id=request)
    await box.writes(display("status", box.language), subject=row.number)
    assert row.number in box.newest.subject
