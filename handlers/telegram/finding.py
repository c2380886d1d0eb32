"""Search: by command, by the button of a list, by a request number typed alone."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.requests import open_card
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb
from models.operations import search
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.queries.search import words_of_search
from models.rules.errors import UnknownRequest
from models.rules.searching import number_in

ASKED = "search"
"""The state in which the next message says what is looked for."""


def router() -> Router:
    """The command and the buttons; what is typed in answer comes through `look_for`."""
    own = Router(name="finding")
    own.message.register(find, Command("find"))
    own.callback_query.register(turn, Tapped(Verb.FIND))
    return own


async def find(
    message: Message,
    command: CommandObject,
    *,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """Look for the words after the command; without any they are asked for."""
    await state.clear()
    if command.args:
        await look_for(command.args, message, person=person, answers=answers, now=now)
    else:
        await _ask(state, answers)


async def _ask(state: FSMContext, answers: Answers) -> None:
    await state.set_state(ASKED)
    answers.search_question()


async def look_for(
    text: str, message: Message, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Show what the words name; the number of an own request opens its card."""
    if await shows_numbered(text, message, person=person, answers=answers, now=now):
        return
    words = " ".join(text.split())
    answers.found(await search.remember(person.id, words, now))


async def turn(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers
) -> None:
    """Another page of what was found, or another search."""
    await state.clear()
    if tap.id and await words_of_search(tap.id, person.id) is not None:
        answers.found(tap.id, tap.version)
    else:
        await _ask(state, answers)


async def shows_numbered(
    text: str, message: Message, *, person: PersonView, answers: Answers, now: datetime
) -> bool:
    """Show the card of the own request whose number the text is; False where it is none."""
    number = number_in(text)
    request = await request_queries.by_number(number, person) if number else None
    if request is None:
        return False
    await open_card(request, person=person, key=f"{message.chat.id}:{message.message_id}", now=now)
    answers.card(request)
    return True


async def show_typed_number(
    text: str, message: Message, *, person: PersonView, answers: Answers, now: datetime
) -> bool:
    """A request number typed alone opens its card; False for any other text.

    Raises `UnknownRequest` for a number that is no own request: it is not a citation either.
    """
    if number_in(text) is None:
        return False
    if not await shows_numbered(text, message, person=person, answers=answers, now=now):
        raise UnknownRequest
    return True
