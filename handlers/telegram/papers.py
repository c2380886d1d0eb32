"""Papers of a request by one tap, and the code on them: photographed, it opens the card."""

import asyncio
from datetime import datetime
from io import BytesIO

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import BaseFilter, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.papers.codes import PREFIX, codes_in, number_in, number_said
from handlers.telegram import requests
from handlers.telegram.answers import Answers
from handlers.telegram.scans import letter_wanted, wanted
from handlers.telegram.taps import Tapped
from handlers.text.papers import papers_of
from handlers.text.screens import Tap, Verb
from models.operations import traces
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.rules.errors import Damaged, UnknownRequest
from models.rules.filelimits import CHAT_IN
from models.rules.papers import Paper


def router() -> Router:
    """Buttons that print, and photographs of what was printed. It stands before what keeps files."""
    own = Router(name="papers")
    own.callback_query.register(show, Tapped(Verb.PRINT))
    own.message.register(photographed, F.photo)
    return own


def links() -> Router:
    """The link of a code, followed with another program. It stands before what opens invitations."""
    own = Router(name="codes")
    own.message.register(followed, CommandStart(deep_link=True), _NamesRequest())
    return own


class _NamesRequest(BaseFilter):
    """A member who follows the link of a paper; anybody else is a stranger with a code that is none."""

    async def __call__(self, _message: Message, command: CommandObject, person: PersonView | None) -> bool:
        return person is not None and (command.args or "").startswith(PREFIX)


async def show(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The choice of papers, or the paper that was chosen."""
    view = await request_queries.card(tap.id, person, now)
    if view is None:
        raise UnknownRequest
    await state.clear()
    if not tap.word:
        answers.papers(tap.id)
    elif tap.word not in set(Paper):
        raise Damaged
    elif Paper(tap.word) in papers_of(view):
        answers.paper(tap.id, Paper(tap.word))
    else:
        answers.papers(tap.id)  # the request moved on: what can be printed now


async def followed(
    message: Message,
    command: CommandObject,
    *,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """Open the card that the link names."""
    number = number_in(command.args or "") or ""
    await _open(number, message, person=person, state=state, answers=answers, now=now)


async def photographed(
    message: Message,
    *,
    bot: Bot,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """A code of ours opens its card; every other photograph goes its own way.

    One that is awaited, or answers a request's message, is a scan or part of a letter whatever is on it.
    """
    awaited = await wanted(message, state) is not None or await letter_wanted(message, state)
    if message.media_group_id is not None or awaited:
        raise SkipHandler
    number = await _number(message, bot)
    if number is None or await request_queries.by_number(number, person) is None:
        raise SkipHandler
    await _open(number, message, person=person, state=state, answers=answers, now=now)


async def _number(message: Message, bot: Bot) -> str | None:
    photo = message.photo[-1] if message.photo else None
    if photo is None or (photo.file_size or 0) > CHAT_IN:
        return None
    picture = BytesIO()
    await bot.download(photo, destination=picture)
    name = await traces.known("bot_name")
    said = await asyncio.to_thread(codes_in, picture.getvalue())
    return next((number for text in said if (number := number_said(text, name))), None)


async def _open(
    number: str,
    message: Message,
    *,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    request = await request_queries.by_number(number, person)
    if request is None:
        raise UnknownRequest
    await state.clear()
    await requests.open_card(request, person=person, key=requests.message_key(message), now=now)
    answers.card(request, fresh=True)
