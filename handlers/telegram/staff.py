"""The people of the own library: roles, removing, and leaving oneself."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb
from models.operations import team
from models.queries.parties import PersonView
from models.rules.errors import LastCoordinator, NotAllowed, Refusal
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Role, Say

ROLES = frozenset({Role.LIBRARIAN, Role.COORDINATOR})


def router() -> Router:
    """`/staff`, `/leave` and their buttons."""
    own = Router(name="staff")
    own.message.register(show, Command("staff"))
    own.message.register(ask_leave, Command("leave"))
    own.callback_query.register(choose, Tapped(Verb.STAFF))
    return own


async def show(_message: Message, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """Everybody of the library. Raises `NotAllowed`."""
    _refuse_others(person)
    await state.clear()
    answers.staff()


def _refuse_others(person: PersonView) -> None:
    if not may(Right.MANAGE_STAFF, Standpoint(person.role)):
        raise NotAllowed


async def ask_leave(_message: Message, state: FSMContext, answers: Answers) -> None:
    """The first of two steps."""
    await state.clear()
    answers.staff(page="leave")


async def choose(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Open somebody, change a role, remove in two steps; or leave, or stay."""
    await state.clear()
    if tap.word == "leave":
        await _leave(person, answers, now)
    elif tap.word == "stay":
        answers.settings()
    else:
        _refuse_others(person)
        await _manage(tap, person, answers, now)


async def _leave(person: PersonView, answers: Answers, now: datetime) -> None:
    try:
        await team.leave(person.id, now)
    except LastCoordinator as refusal:
        answers.staff(page="leave", refusal=refusal)
        return
    answers.person = None
    answers.say(Say.LEFT)


async def _manage(tap: Tap, person: PersonView, answers: Answers, now: datetime) -> None:
    shown = 0 if tap.word == "remove" else tap.id
    try:
        if tap.word in ROLES:
            await team.set_role(tap.id, Role(tap.word), by=person.id, now=now)
        elif tap.word == "remove":
            await team.dismiss(tap.id, by=person.id, now=now)
    except Refusal as refusal:
        answers.staff(tap.id, refusal=refusal)
        return
    if shown == person.id and tap.word == Role.LIBRARIAN:
        answers.settings()
        return
    answers.staff(shown, page="ask" if tap.word == "ask" else "")
