"""Roles, removing and leaving; what is forgotten with a person."""

import asyncio
from typing import Any

import pytest
from tortoise import Model

from handlers.telegram.requests import open_card
from models import tables
from models.operations import drafts, erasure, people, team
from models.operations.people import Account
from models.queries import parties
from models.queries import team as team_queries
from models.queries.personal import kept_about
from models.rules.errors import (
    CodeUnknown,
    InvitationOver,
    LastCoordinator,
    NotAllowed,
    NotColleague,
    Refusal,
)
from models.rules.vocabulary import Act, Language, NoticeKind, Role, Service
from models.tables import Draft, Event, Invitation, Notice, Person, Request
from tests.desk import Desk, acts


async def coordinators(desk: Desk) -> None:
    """Baku is coordinated by Rauf, Almaty by Dana."""
    await desk.person("rauf", desk.baku, chat=1002, role=Role.COORDINATOR)
    await desk.person("dana", desk.almaty, chat=2002, role=Role.COORDINATOR)


async def test_a_coordinator_makes_a_colleague_coordinator_who_is_told(desk: Desk) -> None:
    await coordinators(desk)
    await team.set_role(desk.people["leyla"], Role.COORDINATOR, by=desk.people["rauf"], now=desk.now)

    assert (await desk.view("leyla")).role is Role.COORDINATOR
    told = await Notice.filter(person_id=desk.people["leyla"]).order_by("id")
    assert [one.kind for one in told] == [NoticeKind.MENU, NoticeKind.SAY]


async def test_the_same_role_again_tells_nobody(desk: Desk) -> None:
    await coordinators(desk)
    await team.set_role(desk.people["leyla"], Role.LIBRARIAN, by=desk.people["rauf"], now=desk.now)

    assert await Notice.all().count() == 0


@pytest.mark.parametrize(
    ("by", "person", "refusal"),
    [
        ("leyla", "rauf", NotAllowed),
        ("dana", "leyla", NotColleague),
        ("rauf", "rauf", LastCoordinator),
    ],
)
async def test_roles_are_changed_by_the_own_coordinator_and_one_stays(
    desk: Desk, by: str, person: str, refusal: type[Refusal]
) -> None:
    await coordinators(desk)
    with pytest.raises(refusal):
        await team.set_role(desk.people[person], Role.LIBRARIAN, by=desk.people[by], now=desk.now)
    with pytest.raises(refusal):
        await team.dismiss(desk.people[person], by=desk.people[by], now=desk.now)


async def test_a_mailbox_has_no_role_to_change(desk: Desk) -> None:
    await coordinators(desk)
    box = await desk.person("box", desk.baku, email="ill@anl.example", is_mailbox=True)

    with pytest.raises(NotAllowed):
        await team.set_role(box, Role.COORDINATOR, by=desk.people["rauf"], now=desk.now)


async def test_of_two_coordinators_who_leave_at_once_one_stays(desk: Desk) -> None:
    await coordinators(desk)
    other = await desk.person("nigar", desk.baku, chat=1003, role=Role.COORDINATOR)

    leaving = [team.leave(desk.people["rauf"], desk.now), team.leave(other, desk.now)]
    results = await asyncio.gather(*leaving, return_exceptions=True)

    assert [type(one) for one in results if one] == [LastCoordinator]
    assert len(await parties.coordinators_of(desk.baku)) == 1


async def test_who_left_has_no_draft_and_no_signed_address_any_more(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    await drafts.start(leyla, Service.LOAN, desk.now, values={"title": "Abai"}, reader="№ 17")
    before = (await desk.view("leyla")).epoch

    await team.leave(leyla, desk.now)

    assert await Draft.all().count() == 0
    row = await Person.get(id=leyla)
    assert (row.left_at, row.epoch) == (desk.now, before + 1)
    assert await parties.person(leyla) is None


async def test_leaving_twice_changes_nothing(desk: Desk) -> None:
    await team.leave(desk.people["leyla"], desk.now)
    await team.leave(desk.people["leyla"], desk.now)

    assert (await Person.get(id=desk.people["leyla"])).epoch == 2


async def test_a_withdrawn_invitation_is_no_code_any_more(desk: Desk) -> None:
    await coordinators(desk)
    rauf = desk.people["rauf"]
    made = await people.invite(desk.baku, Role.LIBRARIAN, desk.now, by=rauf)
    await people.revoke(made.id, by=rauf, now=desk.now)

    with pytest.raises(CodeUnknown):
        await people.join(made.code, Account(telegram_id=7, name="N", language=None), desk.now)
    with pytest.raises(InvitationOver):
        await people.revoke(made.id, by=rauf, now=desk.now)
    assert await team_queries.open_invitations(desk.baku, desk.now) == []


async def test_an_invitation_is_withdrawn_by_the_own_coordinator_alone(desk: Desk) -> None:
    await coordinators(desk)
    made = await people.invite(desk.baku, Role.LIBRARIAN, desk.now, by=desk.people["rauf"])

    for stranger in ("leyla", "dana"):
        with pytest.raises(NotAllowed):
            await people.revoke(made.id, by=desk.people[stranger], now=desk.now)
    assert len(await team_queries.open_invitations(desk.baku, desk.now)) == 1


async def test_one_tap_makes_one_invitation_whose_last_code_opens(desk: Desk) -> None:
    first = await people.invite(desk.baku, Role.LIBRARIAN, desk.now, origin="tap:1")
    again = await people.invite(desk.baku, Role.LIBRARIAN, desk.now, origin="tap:1")

    assert (first.id, await Invitation.all().count()) == (again.id, 1)
    joined = await people.join(again.code, Account(telegram_id=7, name="N", language=None), desk.now)
    assert joined.library == desk.baku


async def test_the_staff_is_shown_since_the_invitation_that_brought_them(desk: Desk) -> None:
    made = await people.invite(desk.baku, Role.LIBRARIAN, desk.now)
    later = desk.now.replace(day=9)
    joined = await people.join(made.code, Account(telegram_id=7, name="Nigar", language=None), later)

    found = await team_queries.member(joined.id, desk.baku, later.date())
    assert found is not None
    assert found.since == later


async def handed(desk: Desk, to: str, *, by: str = "gulnar", act: Act = Act.HAND_OVER) -> Any:
    """A new request of Baku's, handed over in Almaty."""
    outcome = await desk.files()
    return await desk.act(outcome.request, act, by, colleague=desk.people[to])


@pytest.mark.parametrize("to", ["leyla", "box", "gone"])
async def test_a_request_is_handed_over_within_the_staff_alone(desk: Desk, to: str) -> None:
    await desk.person("box", desk.almaty, email="ill@nlrk.example", is_mailbox=True)
    await desk.person("gone", desk.almaty, chat=2009, left_at=desk.now)

    with pytest.raises(NotColleague):
        await handed(desk, to)


async def test_an_undo_leaves_with_the_colleague_what_was_handed_over(desk: Desk) -> None:
    dana = await desk.person("dana", desk.almaty, chat=2002)
    outcome = await desk.files()
    await desk.act(outcome.request, Act.YES, "gulnar")
    await desk.act(outcome.request, Act.HAND_OVER, "gulnar", colleague=dana)

    await desk.act(outcome.request, Act.UNDO, "gulnar")

    assert (await Request.get(id=outcome.request)).taker_id == dana


async def test_the_asking_side_hands_over_too(desk: Desk) -> None:
    rauf = await desk.person("rauf", desk.baku, chat=1002)
    outcome = await desk.files()
    await desk.act(outcome.request, Act.HAND_OVER, "leyla", colleague=rauf)

    row = await Request.get(id=outcome.request)
    assert (row.asker_id, row.taker_id, row.version) == (rauf, None, 1)


async def test_what_is_kept_about_a_person_is_exported(desk: Desk) -> None:
    outcome = await desk.files()
    kept = await kept_about(desk.people["leyla"])

    assert kept is not None
    assert kept["person"]["name"] == "Leyla"
    assert [one["number"] for one in kept["filed"]] == [outcome.number]
    assert [one["act"] for one in kept["acts"]] == [Act.SUBMIT]
    assert await kept_about(999) is None


async def test_an_erased_person_is_nowhere_and_the_request_stays(desk: Desk) -> None:
    outcome = await desk.files()
    leyla = desk.people["leyla"]

    assert await erasure.erase(leyla, desk.now)

    row = await Person.get(id=leyla)
    assert (row.name, row.telegram_id, row.email, row.settings) == (erasure.ERASED, None, None, {})
    assert row.left_at is not None
    assert await Event.filter(request_id=outcome.request, actor_id=leyla).count() == 1
    assert "1001" not in str(await Notice.all().values_list("target", flat=True))
    assert await erasure.erase(999, desk.now) is False


async def test_an_erased_person_can_come_back_as_somebody_new(desk: Desk) -> None:
    await erasure.erase(desk.people["leyla"], desk.now)
    made = await people.invite(desk.baku, Role.LIBRARIAN, desk.now)
    joined = await people.join(made.code, Account(telegram_id=1001, name="L", language=Language.AZ), desk.now)

    assert joined.id != desk.people["leyla"]


EXPORTED = {
    "invitation.invited_by",
    "invitation.used_by",
    "request.asker",
    "request.taker",
    "event.actor",
    "letter.author",
    "draft.author",
    "attachment.owner",
    "upload.person",
    "search.person",
    "notice.person",
    "agreement_event.actor",
    "agreement_reminder.person",
    "bulletin.author",
    "bulletin_change.person",
    "bulletin_reply.person",
    "subscription.person",
    "plan_event.person",
    "gap_item.added_by",
    "gap_import.person",
    "exchange_event.actor",
}
NOT_EXPORTED = {
    "bulletin_reply.to": "whom a colleague's answer went to: it is the colleague's",
    "forum.linked_by": "which group a department linked: an act for the library",
    "plan_consent.person": "said in the plan itself, and among the acts",
    "plan_step.person": "which steps of a clock were taken: the notices say what was sent",
    "weekly.person": "up to when the weekly digest told: the notices say what was sent",
    "aside.person": "as whom a kept mail would be done: it goes after thirty days",
    "blocked.by": "who wants to see no more of a sender",
    "bounce.person": "failures of the person's address, counted for a week",
    "album.person": "gathers files for a moment, until they are attached",
    "last_list.person": "which list opens again",
    "reminder.person": "which steps of a clock were taken: the notices say what was sent",
    "termination_notice.recorded_by": "an act of the agreement's history",
    "termination_notice.asked_by": "an act of the agreement's history",
    "termination_notice.consented_by": "an act of the agreement's history",
    "agreement_amendment.proposed_by": "an act of the agreement's history",
    "agreement_amendment.settled_by": "an act of the agreement's history",
    "report_confirmation.person": "who agreed to figures: said in the report itself",
    "renewal_stand.person": "an act of the agreement's history",
    "thread_mail.person": "the ids of mails that the notices and acts stand for",
}


def test_every_table_that_knows_people_is_exported_or_known_not_to_be() -> None:
    pointing = {
        f"{table._meta.db_table}.{name}"
        for table in vars(tables).values()
        if isinstance(table, type) and issubclass(table, Model) and table is not Person
        for name in table._meta.fk_fields | table._meta.o2o_fields
        if table._meta.fields_map[name].model_name == "models.Person"
    }

    assert pointing == EXPORTED | set(NOT_EXPORTED)


async def test_who_saw_a_card_unopened_opens_it_after_somebody_else_did(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.person("erlan", desk.almaty, chat=2002)
    people = [await desk.view(name) for name in ("gulnar", "erlan", "gulnar")]

    await asyncio.gather(
        *(
            open_card(request, person=person, key=str(number), now=desk.now)
            for number, person in enumerate(people)
        )
    )

    assert await acts(request) == [Act.SUBMIT, Act.OPEN]
