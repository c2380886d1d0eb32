"""Lists: what waits, what is under way, what is over; the one opened last comes back."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.settings import in_any_language
from handlers.telegram.taps import Tapped
from handlers.text import labels
from handlers.text.screens import Tap, Verb
from models.operations import lists
from models.queries.lists import ListChoice, last_choice
from models.queries.parties import PersonView
from models.rules.narrowing import Narrowing
from models.rules.vocabulary import Filter


def router() -> Router:
    """The command, and the buttons of lists."""
    own = Router(name="lists")
    own.message.register(show_list, Command("requests"))
    own.message.register(show_list, F.text.in_(in_any_language(labels.MY_REQUESTS)))
    own.callback_query.register(turn_list, Tapped(Verb.LIST))
    own.callback_query.register(narrow_list, Tapped(Verb.NARROW))
    return own


async def show_list(_message: Message, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """The list opened last, from its first page; for somebody new what waits for their library."""
    await state.clear()
    last = await last_choice(person.id)
    answers.list(ListChoice(filter=last.filter, narrowing=last.narrowing))


async def turn_list(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers
) -> None:
    """Another list, another part or page of it; without a name the one that was left."""
    await state.clear()
    choice = _choice(tap) if tap.word else await last_choice(person.id)
    await lists.remember(person.id, choice)
    answers.list(choice)


async def narrow_list(_query: CallbackQuery, tap: Tap, answers: Answers) -> None:
    """Show what the list can be narrowed to."""
    answers.list(_choice(tap), narrowing=True)


def _choice(tap: Tap) -> ListChoice:
    chosen = Filter(tap.word) if tap.word in set(Filter) else Filter.TO_DO
    return ListChoice(filter=chosen, narrowing=Narrowing.read(tap.extra), page=min(tap.id, LAST_PAGE))


LAST_PAGE = 9999
"""No list is so long; a number from a forged button is cut to fit its column."""
