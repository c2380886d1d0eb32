"""The last word to somebody who is not on the desk: one sentence, and the five codes an hour."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.identity import client_language
from models.operations import people
from models.queries.parties import PersonView
from models.rules.errors import TooManyCodes
from models.rules.vocabulary import Say

CODE_LENGTH = 43
"""A code of 256 bits in base64url (RFC 4648 §5), without padding."""


def router() -> Router:
    """Takes everything that a stranger sends."""
    own = Router(name="strangers")
    own.message.register(stranger_writes, _is_stranger)
    own.callback_query.register(stranger_taps, _is_stranger)
    return own


async def _is_stranger(_event: Message | CallbackQuery, person: PersonView | None) -> bool:
    return person is None


async def stranger_writes(message: Message, answers: Answers, now: datetime) -> None:
    """A code typed by hand opens the door like a link; anything else gets the one sentence."""
    text, user = (message.text or "").strip(), message.from_user
    if len(text) != CODE_LENGTH or " " in text or user is None:
        answers.say(Say.STRANGER)
        return
    language = client_language(user.language_code)
    account = people.Account(telegram_id=user.id, name=user.full_name[:200], language=language)
    try:
        joined = await people.join(text, account, now)
    except TooManyCodes:
        return  # whoever guesses learns nothing more
    answers.person = joined.id
    answers.language = joined.language
    answers.say(Say.WELCOME)


async def stranger_taps(_tap: CallbackQuery, answers: Answers) -> None:
    """Somebody who left presses an old button."""
    answers.say(Say.STRANGER)
