"""Joining, choosing, leaving."""

import asyncio
from datetime import timedelta

import pytest

from models.operations import outbox, people
from models.operations.outbox import Slip
from models.operations.people import Account, Invited
from models.queries import parties
from models.rules.errors import (
    AlreadyMember,
    CodeExpired,
    CodeUnknown,
    NotAllowed,
    Refusal,
    TooManyCodes,
)
from models.rules.vocabulary import Channel, Language, NoticeKind, Reach, Role
from models.tables import Invitation, Notice, Person, WrongCode
from tests.desk import Desk

AIGUL = Account(telegram_id=2002, name="Aigul", language=Language.RU)


async def invited(desk: Desk, role: Role = Role.LIBRARIAN, **more: object) -> Invited:
    return await people.invite(desk.almaty, role, desk.now, **more)


async def test_a_code_opens_once_and_only_its_hash_is_kept(desk: Desk) -> None:
    invitation = await invited(desk)

    joined = await people.join(invitation.code, AIGUL, desk.now)

    assert (joined.name, joined.role, joined.library) == ("Aigul", Role.LIBRARIAN, desk.almaty)
    assert (joined.chat, joined.language) == (2002, Language.RU)
    row = await Invitation.get(id=invitation.id)
    assert (row.used_by_id, row.used_at) == (joined.id, desk.now)
    assert invitation.code not in str(await Invitation.all().values())
    assert invitation.library == "NLRK"


async def test_without_a_language_of_ours_the_library_chooses(desk: Desk) -> None:
    account = Account(telegram_id=2002, name="Aigul", language=None)

    joined = await people.join((await invited(desk)).code, account, desk.now)

    assert joined.language is Language.KK


async def test_the_own_used_link_opened_again_is_simply_who_one_is(desk: Desk) -> None:
    invitation = await invited(desk)
    joined = await people.join(invitation.code, AIGUL, desk.now)

    again = await people.join(invitation.code, AIGUL, desk.now + timedelta(days=30))

    assert again == joined
    assert await WrongCode.all().count() == 0


async def test_a_used_code_opens_nothing_for_others(desk: Desk) -> None:
    invitation = await invited(desk)
    await people.join(invitation.code, AIGUL, desk.now)

    with pytest.raises(CodeUnknown):
        await people.join(invitation.code, Account(telegram_id=1, name="X", language=None), desk.now)


async def test_two_accounts_at_once_share_no_code(desk: Desk) -> None:
    invitation = await invited(desk)
    accounts = [Account(telegram_id=n, name=str(n), language=None) for n in (1, 2, 3)]

    results = await asyncio.gather(
        *(people.join(invitation.code, one, desk.now) for one in accounts), return_exceptions=True
    )

    assert sum(isinstance(one, CodeUnknown) for one in results) == 2
    assert await Person.filter(telegram_id__in=[1, 2, 3]).count() == 1


async def test_a_code_lasts_seven_days(desk: Desk) -> None:
    invitation = await invited(desk)
    end = desk.now + timedelta(days=7)
    assert invitation.expires_at == end

    with pytest.raises(CodeExpired):
        await people.join(invitation.code, AIGUL, end + timedelta(seconds=1))
    await people.join(invitation.code, AIGUL, end)


async def test_five_wrong_codes_within_an_hour_are_enough(desk: Desk) -> None:
    invitation = await invited(desk)
    for number in range(5):
        with pytest.raises(CodeUnknown):
            await people.join(f"guess-{number}", AIGUL, desk.now)

    with pytest.raises(TooManyCodes):
        await people.join(invitation.code, AIGUL, desk.now + timedelta(minutes=59))
    other = Account(telegram_id=2003, name="Other", language=None)
    assert (await people.join((await invited(desk)).code, other, desk.now)).name == "Other"
    assert (await people.join(invitation.code, AIGUL, desk.now + timedelta(hours=1))).name == "Aigul"


async def test_a_member_of_another_library_leaves_first(desk: Desk) -> None:
    invitation = await invited(desk)
    leyla = Account(telegram_id=1001, name="Leyla", language=Language.AZ)

    with pytest.raises(AlreadyMember) as refused:
        await people.join(invitation.code, leyla, desk.now)
    assert refused.value == AlreadyMember(library=desk.baku)

    await people.remove(desk.people["leyla"], desk.now)
    moved = await people.join(invitation.code, leyla, desk.now)
    assert (moved.id, moved.library) == (desk.people["leyla"], desk.almaty)


async def test_who_moves_brings_no_address_of_the_old_library(desk: Desk) -> None:
    await desk.person("rauf", desk.baku, chat=1002, email="rauf@anl.example", reach=Reach.MAIL)
    await people.remove(desk.people["rauf"], desk.now)

    moved = await people.join(
        (await invited(desk)).code, Account(telegram_id=1002, name="Rauf", language=None), desk.now
    )

    assert (moved.email, moved.reach, moved.epoch) == (None, Reach.CHAT, 2)


async def test_an_invitation_raises_a_colleague_but_lowers_nobody(desk: Desk) -> None:
    gulnar = Account(telegram_id=2001, name="Gulnar", language=Language.KK)
    higher, lower = await invited(desk, Role.COORDINATOR), await invited(desk)

    assert (await people.join(higher.code, gulnar, desk.now)).role is Role.COORDINATOR
    assert (await people.join(lower.code, gulnar, desk.now)).role is Role.COORDINATOR

    assert (await people.join(lower.code, AIGUL, desk.now)).role is Role.LIBRARIAN


async def test_who_closed_the_chat_and_joins_again_can_be_reached(desk: Desk) -> None:
    await people.close_chat(2001, desk.now)

    joined = await people.join(
        (await invited(desk, Role.COORDINATOR)).code,
        Account(telegram_id=2001, name="Gulnar", language=None),
        desk.now,
    )

    assert joined.chat == 2001


async def test_closing_keeps_the_first_moment_and_opening_forgets_it(desk: Desk) -> None:
    await people.close_chat(1001, desk.now)
    await people.close_chat(1001, desk.now + timedelta(days=1))
    assert (await Person.get(id=desk.people["leyla"])).chat_closed_at == desk.now
    assert (await desk.view("leyla")).chat is None

    await people.open_chat(1001)

    assert (await desk.view("leyla")).chat == 1001


async def test_an_address_joins_by_its_yes(desk: Desk) -> None:
    invitation = await invited(desk, email="ill@nlrk.example", mailbox=True)
    assert await Notice.filter(kind=NoticeKind.INVITATION).values_list("target", flat=True) == [
        "ill@nlrk.example"
    ]

    joined = await people.join_by_mail(invitation.id, name="Desk", now=desk.now)
    again = await people.join_by_mail(invitation.id, name="Desk", now=desk.now + timedelta(days=30))

    assert (joined.name, joined.is_mailbox, joined.reach) == ("ill@nlrk.example", True, Reach.MAIL)
    assert again == joined
    assert await Person.filter(email="ill@nlrk.example").count() == 1


async def test_an_address_that_is_known_stays_one_person(desk: Desk) -> None:
    first = await invited(desk, email="a@nlrk.example")
    second = await invited(desk, Role.COORDINATOR, email="A@nlrk.example")
    joined = await people.join_by_mail(first.id, name="A", now=desk.now)

    raised = await people.join_by_mail(second.id, name="A", now=desk.now)

    assert (raised.id, raised.role) == (joined.id, Role.COORDINATOR)


async def test_an_address_of_another_library_does_not_join(desk: Desk) -> None:
    await desk.person("rauf", desk.baku, email="rauf@anl.example")
    invitation = await invited(desk, email="rauf@anl.example")

    with pytest.raises(AlreadyMember):
        await people.join_by_mail(invitation.id, name="Rauf", now=desk.now)


async def test_a_yes_to_what_is_over_opens_nothing(desk: Desk) -> None:
    by_link, late = await invited(desk), await invited(desk, email="late@nlrk.example")
    left = await invited(desk, email="left@nlrk.example")
    gone = await people.join_by_mail(left.id, name="Left", now=desk.now)
    await people.remove(gone.id, desk.now)
    week = desk.now + timedelta(days=8)

    found: list[type[Refusal]] = []
    for number in (by_link.id, late.id, left.id, 999):
        with pytest.raises(Refusal) as refused:
            await people.join_by_mail(number, name="X", now=week)
        found.append(type(refused.value))

    assert found == [CodeUnknown, CodeExpired, CodeUnknown, CodeUnknown]


@pytest.mark.parametrize(
    ("inviter", "where", "role", "allowed"),
    [
        ("librarian", "own", Role.LIBRARIAN, False),
        ("coordinator", "own", Role.LIBRARIAN, True),
        ("coordinator", "own", Role.COORDINATOR, True),
        ("coordinator", "own", Role.ADMIN, False),
        ("coordinator", "other", Role.LIBRARIAN, False),
        ("admin", "other", Role.COORDINATOR, True),
        ("admin", "other", Role.ADMIN, True),
    ],
)
async def test_who_may_invite_whom(
    desk: Desk, inviter: str, where: str, *, role: Role, allowed: bool
) -> None:
    by = await desk.person("inviter", None if inviter == "admin" else desk.baku, role=inviter)
    library = desk.baku if where == "own" else desk.almaty

    if allowed:
        assert (await people.invite(library, role, desk.now, by=by)).role is role
    else:
        with pytest.raises(NotAllowed):
            await people.invite(library, role, desk.now, by=by)
    assert await Invitation.all().count() == int(allowed)


async def test_who_left_invites_nobody(desk: Desk) -> None:
    by = await desk.person("former", desk.baku, role="coordinator", left_at=desk.now)

    with pytest.raises(NotAllowed):
        await people.invite(desk.baku, Role.LIBRARIAN, desk.now, by=by)


async def test_leaving_revokes_the_signed_addresses_and_what_has_not_left(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    slip = Slip(channel=Channel.CHAT, target="1001", kind=NoticeKind.SAY, facts={}, dedupe="a", person=leyla)
    await outbox.write([slip], desk.now)

    assert await people.remove(leyla, desk.now) is True
    assert await people.remove(leyla, desk.now) is False

    row = await Person.get(id=leyla)
    assert (row.epoch, row.left_at) == (2, desk.now)
    assert await parties.person_in_chat(1001) is None
    assert await parties.person(leyla) is None
    assert (await Notice.get(dedupe="a")).status == "skipped"


async def test_a_chosen_language_stays(desk: Desk) -> None:
    await people.set_language(desk.people["leyla"], Language.RU, desk.now)

    assert (await desk.view("leyla")).language is Language.RU
