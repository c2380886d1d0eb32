"""Letters in chat: written on command or button, answered by reply."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.requests import message_key
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb
from models.operations import files, letters
from models.operations.letters import NewLetter
from models.queries import letters as letter_queries
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.errors import NoAgreement, UnknownLetter
from models.rules.vocabulary import Via

LETTER = "letter"


def router() -> Router:
    """The command and the buttons; the words come through `write`, replies through `replied_thread`."""
    own = Router(name="letters")
    own.message.register(begin, Command("letter"))
    own.callback_query.register(answer_letter, Tapped(Verb.LETTER))
    return own


async def begin(_message: Message, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """To the only partner at once; with several the library is asked first."""
    partners = await parties.partners_of(person.library or 0)
    if not partners:
        raise NoAgreement
    if len(partners) > 1:
        answers.letter_asked()
        return
    await _ask(state, answers, partner=partners[0].id)


async def answer_letter(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers
) -> None:
    """Answer a thread, or write to the chosen library."""
    if not tap.id:
        await _ask(state, answers, partner=int(tap.word) if tap.word.isdigit() else 0)
        return
    if not await letter_queries.is_party(tap.id, person):
        raise UnknownLetter
    await _ask(state, answers, thread=tap.id)


async def _ask(
    state: FSMContext, answers: Answers, *, thread: int | None = None, partner: int | None = None
) -> None:
    await state.set_state(LETTER)
    await state.set_data({"thread": thread, "partner": partner})
    answers.letter_asked(thread=thread, partner=partner)


async def typed(
    text: str, message: Message, *, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The words of the letter that was asked for."""
    asked: Addressed = await state.get_data()
    await state.clear()
    await write(text, asked, key=message_key(message), person=person, answers=answers, now=now)


Addressed = dict[str, int | None]
"""Where a letter goes: its `thread`, or the `partner` of a new one; empty where there is no letter."""


async def write(
    text: str,
    to: Addressed,
    *,
    key: str,
    person: PersonView,
    answers: Answers,
    now: datetime,
    enclosed: tuple[int, ...] = (),
) -> None:
    """Send the letter, with the files that are loose, and say so."""
    new = NewLetter(
        author=person.id,
        text=text,
        via=Via.TELEGRAM,
        key=key,
        thread=to.get("thread"),
        partner=to.get("partner"),
        language=person.language,
        files=enclosed,
    )
    try:
        answers.letter_sent((await letters.write(new, now)).letter)
    finally:
        # A repeated message was kept once more, a refused one is wanted by nobody.
        await files.discard(enclosed)


async def addressed(message: Message, state: FSMContext) -> Addressed:
    """Where a message goes as a letter: to whom one was begun, or into the thread that it replies to."""
    if await state.get_state() == LETTER:
        asked: Addressed = await state.get_data()
        return asked
    thread = await replied_thread(message)
    return {"thread": thread} if thread is not None else {}


async def replied_thread(message: Message) -> int | None:
    """Which correspondence the replied message shows."""
    replied = message.reply_to_message
    return await letter_queries.shown_in(message.chat.id, replied.message_id) if replied else None
