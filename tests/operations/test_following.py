"""A request in the place of another: what it takes over, what it asks, what becomes of the first."""

from datetime import date, timedelta

import pytest

from models.operations import drafts, libraries
from models.operations.following import follow
from models.operations.libraries import NewAgreement
from models.rules.errors import NobodyElse, NotPossibleNow, OtherSide, UnknownRequest
from models.rules.vocabulary import Act, Language, Reason, Service, Stage, Via
from models.tables import Draft, Request
from tests.desk import Desk, acts, library, row


async def _resent(desk: Desk, draft: int) -> int:
    outcome = await drafts.submit(
        draft, author=desk.people["leyla"], via=Via.TELEGRAM, key=f"again:{draft}", now=desk.now
    )
    return outcome.request


async def test_fixed_request_takes_over_everything_but_what_was_sent_with_the_first(desk: Desk) -> None:
    request = (await desk.files(reader="A. 17")).request
    await desk.act(request, Act.LATER, "gulnar", reason=Reason.NOT_FOUND_AS_CITED, field="year")

    draft = await Draft.get(id=await follow(request, Act.FIX_AND_RESEND, desk.people["leyla"], desk.now))

    assert (draft.values["title"], draft.reader, draft.previous_id) == ("Dədə Qorqud", "A. 17", request)
    assert "copyright" not in draft.values
    assert draft.step is not None
    assert "year" in draft.step


async def test_sending_the_new_request_closes_the_old_one_and_links_them(desk: Desk) -> None:
    request = await desk.unfilled()
    draft = await follow(
        request, Act.ASK_COPY, desk.people["leyla"], desk.now, edits={"pages": "3-9", "part_title": "Muğam"}
    )

    following = await row(await _resent(desk, draft))

    assert (following.previous_id, following.service) == (request, Service.COPY)
    assert (await row(request)).stage is Stage.CLOSED
    assert (await acts(request))[-1] is Act.ASK_COPY


async def test_asked_twice_the_same_draft_opens_with_the_newest_edits(desk: Desk) -> None:
    request = await desk.unfilled()
    leyla = desk.people["leyla"]
    first = await follow(request, Act.ASK_COPY, leyla, desk.now)
    again = await follow(request, Act.ASK_COPY, leyla, desk.now, edits={"pages": "3-9"})

    assert again == first
    assert (await Draft.get(id=first)).values["pages"] == "3-9"


async def test_day_that_is_over_is_not_wished_for_again(desk: Desk) -> None:
    values = {"title": "Dədə Qorqud", "needed_by": "2026-03-20"}
    request = (await desk.files(values=values)).request
    assert (await row(request)).needed_by == date(2026, 3, 20)
    await desk.act(request, Act.NO, "gulnar", reason=Reason.NOT_HELD)
    desk.now += timedelta(days=25)

    draft = await follow(request, Act.ASK_COPY, desk.people["leyla"], desk.now)

    assert "needed_by" not in (await Draft.get(id=draft)).values


async def test_next_partner_is_asked_until_everybody_was(desk: Desk) -> None:
    uzbek = await libraries.add_library(library("NLU", "Asia/Tashkent", Language.RU), desk.now)
    await libraries.add_agreement(NewAgreement(parties=("ANL", "NLU"), signed_on=desk.now.date()), desk.now)
    request = await desk.unfilled()
    leyla = desk.people["leyla"]

    second = await _resent(desk, await follow(request, Act.ASK_ANOTHER, leyla, desk.now))
    assert (await row(second)).supplying_id == uzbek

    await desk.person("olim", uzbek, chat=3001)
    await desk.act(second, Act.NO, "olim", reason=Reason.NOT_HELD)
    with pytest.raises(NobodyElse):
        await follow(second, Act.ASK_ANOTHER, leyla, desk.now)


async def test_only_the_requesting_side_follows_and_only_where_the_table_says_so(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.person("stranger", None)
    for who, refusal in (("leyla", NotPossibleNow), ("stranger", UnknownRequest)):
        with pytest.raises(refusal):
            await follow(request, Act.ASK_COPY, desk.people[who], desk.now)
    await desk.act(request, Act.NO, "gulnar", reason=Reason.NOT_HELD)
    with pytest.raises(OtherSide):
        await follow(request, Act.ASK_COPY, desk.people["gulnar"], desk.now)

    assert await Request.all().count() == 1
