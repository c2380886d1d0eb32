"""The tools around a request: its successor, the partner's word, phrases, the reader, own numbers."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram import filing
from handlers.telegram.answers import Answers
from handlers.telegram.requests import act_of
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb, row_number
from models.operations import following, numbers
from models.queries import history, requests
from models.queries.parties import PersonView
from models.rules.errors import Damaged, Refusal, UnknownRequest
from models.rules.vocabulary import Language, Say

OWN_NUMBER = "own_number"
NONE = frozenset({"-", "–", "—"})


def router() -> Router:
    """Buttons around a card, and /our."""
    own = Router(name="tools")
    own.message.register(our, Command("our"))
    own.callback_query.register(follow, Tapped(Verb.FOLLOW))
    own.callback_query.register(for_partner, Tapped(Verb.PARTNER))
    own.callback_query.register(phrases, Tapped(Verb.PHRASES))
    own.callback_query.register(reader_text, Tapped(Verb.READER))
    own.callback_query.register(whole_mail, Tapped(Verb.WHOLE_MAIL))
    own.callback_query.register(ask_own_number, Tapped(Verb.OWN_NUMBER))
    return own


async def follow(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Open the request that takes this one's place; it is checked and sent like any other."""
    act = act_of(tap)
    if act not in following.FOLLOWING:
        raise Damaged
    try:
        draft = await following.follow(tap.id, act, person.id, now)
    except UnknownRequest:
        raise
    except Refusal as refusal:
        answers.card(tap.id, refusal=refusal)
        return
    await filing.open_draft(state, draft)
    answers.form(draft)


async def for_partner(
    _query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime
) -> None:
    """A colleague of the other side telephoned: what did they say?"""
    await _party(tap.id, person, now)
    answers.for_partner(tap.id)


async def phrases(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """A ready sentence in place of a typed one."""
    await _party(tap.id, person, now)
    await state.clear()
    answers.phrases(tap.id)


async def reader_text(
    _query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Ready sentences in the language of the person, or in the one that was chosen."""
    await _party(tap.id, person, now)
    answers.reader_text(tap.id, Language(tap.word) if tap.word in set(Language) else person.language)


async def whole_mail(
    _query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime
) -> None:
    """The mail of an event of this request, with its quotes."""
    event = row_number(tap.extra)
    await _party(tap.id, person, now)
    known = await history.event(event, person) if event else None
    if known is None or event is None:
        raise Damaged
    answers.whole_mail(tap.id, event)


async def ask_own_number(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The next message is the library's own register number for this request."""
    await _party(tap.id, person, now)
    await state.set_state(OWN_NUMBER)
    await state.set_data({"request": tap.id})
    answers.say(Say.OUR_NUMBER_HOW)


async def _party(request: int, person: PersonView, now: datetime) -> None:
    if await requests.card(request, person, now) is None:
        raise UnknownRequest


async def own_number(text: str, *, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """Keep what was typed as the library's own number; a dash removes it."""
    request = (await state.get_data()).get("request", 0)
    await state.clear()
    await _keep(request, text, person=person, answers=answers)


async def our(
    message: Message, command: CommandObject, person: PersonView, state: FSMContext, answers: Answers
) -> None:
    """`/our 17-B` in reply to a message about a request."""
    replied = message.reply_to_message
    request = await requests.shown_in(message.chat.id, replied.message_id) if replied else None
    if request is None or not command.args:
        answers.say(Say.OUR_NUMBER_USE)
        return
    await state.clear()
    await _keep(request, command.args, person=person, answers=answers)


async def _keep(request: int, text: str, *, person: PersonView, answers: Answers) -> None:
    typed = text.strip()
    await numbers.set_own_number(request, person.id, "" if typed in NONE else typed)
    answers.say(Say.OUR_NUMBER_KEPT)
    answers.card(request, fresh=True)
