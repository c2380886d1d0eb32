"""Inviting people: by a link with a picture, or by one mail; withdrawing what is still open."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.invitations import CHOICES, MAILBOX
from handlers.text.screens import Tap, Verb
from models.operations import people
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.errors import BadAddress, InvitationOver, NotAllowed
from models.rules.permissions import Right, Standpoint, may
from models.rules.preferences import is_address
from models.rules.vocabulary import Role, Say

INVITED = "invited"
"""The state of a conversation in which the address of somebody to invite is awaited."""


def router() -> Router:
    """`/invite` and its buttons."""
    own = Router(name="invitations")
    own.message.register(show, Command("invite"))
    own.callback_query.register(choose, Tapped(Verb.INVITE))
    return own


def typed() -> Router:
    """What is typed in answer to an open question."""
    own = Router(name="invitation answers")
    own.message.register(address_typed, StateFilter(INVITED), F.text)
    return own


async def show(_message: Message, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """Whom do you invite? Raises `NotAllowed`."""
    _refuse_others(person)
    await state.clear()
    answers.invite()


def _refuse_others(person: PersonView) -> None:
    if person.library is None or not may(Right.INVITE, Standpoint(person.role)):
        raise NotAllowed


async def choose(
    query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """A role, then a way; or an open invitation withdrawn."""
    _refuse_others(person)
    await state.clear()
    if tap.word == "revoke":
        await _revoke(tap.id, person, answers, now)
    elif tap.word == "link" and tap.extra in {Role.LIBRARIAN, Role.COORDINATOR}:
        await _by_link(query.id, Role(tap.extra), person, answers, now)
    elif tap.word == "mail" and tap.extra in CHOICES:
        await state.set_state(INVITED)
        await state.set_data({"for": tap.extra})
        answers.say(Say.ASK_INVITED)
    elif tap.word == "box":
        await _own_box(query.id, person, answers, now)
    else:
        answers.invite(tap.extra)


async def _revoke(invitation: int, person: PersonView, answers: Answers, now: datetime) -> None:
    try:
        await people.revoke(invitation, by=person.id, now=now)
    except InvitationOver as refusal:
        answers.invite(refusal=refusal)
        return
    answers.invite()


async def _by_link(tap: str, role: Role, person: PersonView, answers: Answers, now: datetime) -> None:
    made = await people.invite(person.library, role, now, by=person.id, origin=f"tap:{tap}")
    answers.invited(made.id, made.code)
    answers.invite()


async def _own_box(tap: str, person: PersonView, answers: Answers, now: datetime) -> None:
    """The library's own mailbox, whose address is known."""
    library = await parties.library(person.library or 0)
    if library.email is None:
        answers.invite(MAILBOX)
        return
    await _by_mail(library.email, MAILBOX, person, origin=f"tap:{tap}", now=now)
    answers.say(Say.INVITE_MAILED)
    answers.invite()


async def _by_mail(email: str, chosen: str, person: PersonView, *, origin: str, now: datetime) -> None:
    shared = chosen == MAILBOX
    role = Role.LIBRARIAN if shared else Role(chosen)
    await people.invite(person.library, role, now, by=person.id, email=email, mailbox=shared, origin=origin)


async def address_typed(
    message: Message, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The address to invite; a wrong one is asked for again."""
    email = (message.text or "").strip()
    if not is_address(email):
        answers.refuse(BadAddress(address=email[:100]))
        return
    chosen = (await state.get_data())["for"]
    origin = f"message:{message.chat.id}:{message.message_id}"
    await _by_mail(email, chosen, person, origin=origin, now=now)
    await state.clear()
    answers.say(Say.INVITE_MAILED)
