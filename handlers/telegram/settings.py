"""Language, help, privacy; closing what is open."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text import labels
from handlers.text.screens import Tap, Verb
from handlers.text.voice import Label, Voice
from models.operations import people
from models.queries.parties import PersonView
from models.rules.errors import Damaged
from models.rules.vocabulary import Language, Say


def in_any_language(term: Label) -> set[str]:
    """A label in all languages: a reply keyboard may still show the one spoken before."""
    return {Voice(language).label(term) for language in Language}


def router() -> Router:
    """The commands of every day that touch no request."""
    own = Router(name="settings")
    own.message.register(show_languages, Command("language"))
    own.message.register(show_languages, F.text.in_(in_any_language(labels.LANGUAGE)))
    own.message.register(show_help, Command("help"))
    own.message.register(show_help, F.text.in_(in_any_language(labels.HELP)))
    own.message.register(show_privacy, Command("privacy"))
    own.message.register(close_form, Command("cancel"))
    own.callback_query.register(choose_language, Tapped(Verb.LANGUAGE))
    return own


async def show_languages(_message: Message, answers: Answers) -> None:
    """The four languages, each in its own name."""
    answers.say(Say.LANGUAGE)


async def choose_language(_query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers) -> None:
    """Speak another language from now on; the confirmation is already in it."""
    if tap.word not in set(Language):
        raise Damaged
    await people.set_language(person.id, Language(tap.word))
    answers.say(Say.LANGUAGE_SET)


async def show_help(_message: Message, answers: Answers) -> None:
    """What can be done here."""
    answers.say(Say.HELP)


async def show_privacy(_message: Message, answers: Answers) -> None:
    """What is kept."""
    answers.say(Say.PRIVACY)


async def close_form(_message: Message, state: FSMContext, answers: Answers) -> None:
    """Close an open question or form; a draft stays until it is deleted."""
    was_open = await state.get_state()
    await state.clear()
    answers.say(Say.FORM_CLOSED if was_open else Say.NOTHING_OPEN)
