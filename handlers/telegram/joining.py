"""Joining by a link, and what a stranger is told."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.telegram.answers import Answers
from handlers.telegram.identity import client_language
from models.operations import people
from models.queries.parties import PersonView
from models.rules.errors import TooManyCodes
from models.rules.vocabulary import Say


def router() -> Router:
    """`/start` with and without an invitation."""
    own = Router(name="joining")
    own.message.register(start_with_code, CommandStart(deep_link=True))
    own.message.register(start, CommandStart())
    return own


async def start_with_code(
    message: Message, command: CommandObject, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Open an invitation."""
    user = message.from_user
    if user is None:
        return
    account = people.Account(
        telegram_id=user.id, name=user.full_name[:200], language=client_language(user.language_code)
    )
    try:
        joined = await people.join(command.args or "", account, now)
    except TooManyCodes:
        return  # whoever guesses learns nothing more
    await state.clear()
    answers.person = joined.id
    answers.language = joined.language
    answers.say(Say.WELCOME)


async def start(_message: Message, answers: Answers, person: PersonView | None) -> None:
    """Greet a member, or tell a stranger the one sentence that is for them."""
    answers.say(Say.WELCOME if person else Say.STRANGER)
