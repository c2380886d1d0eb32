"""Drafts, and the moment they become requests."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from models.operations import drafts, libraries, people
from models.operations.drafts import Changes
from models.operations.libraries import NewAgreement
from models.queries.drafts import draft as draft_of
from models.queries.drafts import latest_draft
from models.rules.errors import DraftGone, Missing, NoAgreement, NotAllowed
from models.rules.fold import fold
from models.rules.vocabulary import Act, Language, Reason, Service, Side, Stage, Via
from models.tables import Draft, Event, Request
from tests.desk import BOOK, Desk, acts, library, row, told


async def started(desk: Desk, by: str = "leyla", **more: object) -> int:
    given = {"values": BOOK, "supplying": desk.almaty} | more
    return await drafts.start(desk.people[by], Service.LOAN, desk.now, **given)


async def sent(desk: Desk, draft: int, *, by: str = "leyla", key: str = "tap") -> drafts.Outcome:
    return await drafts.submit(draft, author=desk.people[by], via=Via.TELEGRAM, key=key, now=desk.now)


async def test_a_sent_draft_is_a_request_and_is_told(desk: Desk) -> None:
    draft = await started(desk, values=BOOK | {"needed_by": "2026-05-01", "urgent": True, "isbn": "123"})

    outcome = await sent(desk, draft)

    request = await row(outcome.request)
    assert (request.number, request.stage, request.version) == ("ANL-2026-0001", Stage.SENT, 1)
    assert (request.requesting_id, request.supplying_id) == (desk.baku, desk.almaty)
    assert (request.waits_for, request.turn_since, request.urgent) == (Side.SUPPLYING, desk.now, True)
    assert request.needed_by is not None
    assert request.values["copyright"] == drafts.COPYRIGHT_LINE
    assert fold("Dədə Qorqud Anar 123") in request.search_key
    assert await told() == [("chat", "2001")]
    assert await Draft.all().count() == 0


async def test_a_repeated_key_returns_the_request_it_made(desk: Desk) -> None:
    draft = await started(desk)
    first = await sent(desk, draft)

    again = await sent(desk, draft)

    assert again.repeated
    assert (again.request, again.number) == (first.request, first.number)


async def test_sending_twice_at_once_makes_one_request(desk: Desk) -> None:
    draft = await started(desk)

    outcomes = await asyncio.gather(*(sent(desk, draft) for _ in range(3)))

    assert sorted(one.repeated for one in outcomes) == [False, True, True]
    assert await Request.all().count() == 1


async def test_sending_by_two_doors_at_once_makes_one_request(desk: Desk) -> None:
    draft = await started(desk)

    outcomes = await asyncio.gather(
        sent(desk, draft, key="chat"), sent(desk, draft, key="mail"), return_exceptions=True
    )

    assert sum(isinstance(one, DraftGone) for one in outcomes) == 1
    assert await Request.all().count() == 1


async def test_what_is_incomplete_stays_a_draft(desk: Desk) -> None:
    draft = await started(desk, values={"author": "Anar"})

    with pytest.raises(Missing) as refused:
        await sent(desk, draft)

    assert refused.value == Missing(act=Act.SUBMIT, detail="title")
    assert await draft_of(draft, desk.people["leyla"]) is not None


@pytest.mark.parametrize("partner", [None, "self", "stranger"])
async def test_nobody_can_be_asked_without_an_agreement(desk: Desk, partner: str | None) -> None:
    stranger = await libraries.add_library(library("XYZ", "UTC", Language.EN), desk.now)
    asked = {None: None, "self": desk.baku, "stranger": stranger}[partner]
    draft = await started(desk, supplying=asked)

    with pytest.raises(NoAgreement):
        await sent(desk, draft)

    assert await Request.all().count() == 0


async def test_whoever_left_or_operates_files_nothing(desk: Desk) -> None:
    await desk.person("operator", desk.baku, role="admin")
    for name in ("leyla", "operator"):
        draft = await started(desk, by=name)
        await people.remove(desk.people["leyla"], desk.now)
        with pytest.raises((NotAllowed, DraftGone)):
            await sent(desk, draft, by=name)


async def test_a_draft_belongs_to_its_author(desk: Desk) -> None:
    draft, stranger = await started(desk), desk.people["gulnar"]

    assert await draft_of(draft, stranger) is None
    assert await drafts.drop(draft, stranger) is False
    with pytest.raises(DraftGone):
        await drafts.change(draft, stranger, desk.now, changes=Changes(step="title"))
    with pytest.raises(DraftGone):
        await sent(desk, draft, by="gulnar")


async def test_changes_merge_and_an_empty_value_removes_a_field(desk: Desk) -> None:
    draft, leyla = await started(desk, step="title"), desk.people["leyla"]
    later = desk.now + timedelta(minutes=1)

    await drafts.change(
        draft, leyla, later, changes=Changes(values={"author": "", "year": 1988}, step="reader")
    )
    await drafts.change(draft, leyla, later, changes=Changes(reader="A. 17", service=Service.COPY))

    view = await latest_draft(leyla)
    assert view is not None
    assert view.values == {"title": "Dədə Qorqud", "year": 1988}
    assert (view.reader, view.service, view.step) == ("A. 17", Service.COPY, None)
    await drafts.change(draft, leyla, later, changes=Changes(reader=""))
    assert (await Draft.get(id=draft)).reader is None


async def test_dropping_a_draft_twice_says_so(desk: Desk) -> None:
    draft, leyla = await started(desk), desk.people["leyla"]

    assert await drafts.drop(draft, leyla) is True
    assert await drafts.drop(draft, leyla) is False
    with pytest.raises(DraftGone):
        await drafts.change(draft, leyla, desk.now, changes=Changes())


async def test_the_second_delivery_of_a_mail_finds_its_draft(desk: Desk) -> None:
    draft = await started(desk, origin="mail:7")

    assert await drafts.started_by("mail:7", desk.people["leyla"]) == draft
    assert await drafts.started_by("mail:7", desk.people["gulnar"]) is None
    assert await drafts.started_by("mail:8", desk.people["leyla"]) is None


async def test_the_number_has_the_year_of_the_asking_librarys_calendar(desk: Desk) -> None:
    numbers = []
    for moment in (
        datetime(2026, 12, 31, 19, 59, tzinfo=UTC),  # in Almaty it is the new year, in Baku a minute is left
        datetime(2026, 12, 31, 20, 0, tzinfo=UTC),
        datetime(2027, 1, 2, 9, 0, tzinfo=UTC),
    ):
        desk.now = moment
        numbers.append((await desk.files()).number)

    assert numbers == ["ANL-2026-0001", "ANL-2027-0001", "ANL-2027-0002"]


async def test_each_library_counts_for_itself(desk: Desk) -> None:
    mine = await sent(desk, await started(desk))
    theirs = await sent(desk, await started(desk, by="gulnar", supplying=desk.baku), by="gulnar", key="x")

    assert (mine.number, theirs.number) == ("ANL-2026-0001", "NLRK-2026-0001")


async def test_requests_at_once_get_numbers_of_their_own(desk: Desk) -> None:
    opened = [await started(desk) for _ in range(6)]

    outcomes = await asyncio.gather(*(sent(desk, draft, key=f"tap:{draft}") for draft in opened))

    assert sorted(one.number for one in outcomes) == [f"ANL-2026-000{n}" for n in range(1, 7)]


async def test_a_refused_sending_takes_no_number(desk: Desk) -> None:
    with pytest.raises(NoAgreement):
        await sent(desk, await started(desk, supplying=None))

    assert (await desk.files()).number == "ANL-2026-0001"


async def test_a_shared_mailbox_files_in_nobodys_name(desk: Desk) -> None:
    await desk.person("desk", desk.baku, email="ill@anl.example", is_mailbox=True)

    outcome = await sent(desk, await started(desk, by="desk"), by="desk")

    assert (await row(outcome.request)).asker_id is None


@pytest.mark.parametrize(
    ("service", "elsewhere", "act"),
    [
        (Service.COPY, False, Act.ASK_COPY),
        (Service.LOAN, True, Act.ASK_ANOTHER),
        (Service.COPY, True, Act.ASK_ANOTHER),
    ],
)
async def test_what_is_sent_in_the_place_of_an_unfilled_request_closes_it(
    desk: Desk, *, service: Service, elsewhere: bool, act: Act
) -> None:
    third = await libraries.add_library(library("NLU", "Asia/Tashkent", Language.RU), desk.now)
    await libraries.add_agreement(NewAgreement(parties=("ANL", "NLU"), signed_on=desk.now.date()), desk.now)
    previous = await desk.unfilled()
    asked = third if elsewhere else desk.almaty

    follower = await desk.files(
        service=service, values=BOOK | {"pages": "1-5"}, previous=previous, supplying=asked
    )

    closed = await row(previous)
    assert (closed.stage, closed.ended_at) == (Stage.CLOSED, desk.now)
    assert (await acts(previous))[-1] is act
    assert (await row(follower.request)).previous_id == previous


async def test_fixing_and_resending_closes_the_earlier_request(desk: Desk) -> None:
    previous = (await desk.files()).request
    await desk.act(previous, Act.LATER, "gulnar", reason=Reason.NOT_FOUND_AS_CITED, field="year")

    await desk.files(previous=previous)

    assert (await acts(previous))[-1] is Act.FIX_AND_RESEND


async def test_a_follower_leaves_alone_what_has_moved_on(desk: Desk) -> None:
    previous = await desk.unfilled()
    await desk.act(previous, Act.UNDO, "gulnar")

    follower = await desk.files(previous=previous)

    assert (await row(previous)).stage is Stage.SENT
    assert (await row(follower.request)).previous_id == previous


async def test_a_key_of_any_length_fits_the_followers_event(desk: Desk) -> None:
    previous = await desk.unfilled()
    draft = await started(desk, previous=previous)

    await sent(desk, draft, key="k" * 120)

    assert await Event.filter(key__startswith="follow:").count() == 1
