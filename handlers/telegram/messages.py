"""Any message at any time, understood in this order: a command (elsewhere), an answer to the open question, a
reply to a request's message, a request number, something to file."""

from datetime import datetime
from io import BytesIO

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from handlers.telegram import filing, finding, letters, requests, tools
from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb
from handlers.text.voice import Voice
from models.operations import files
from models.operations.intents import Intent
from models.queries import drafts as draft_queries
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.rules.errors import Damaged, FileTooLarge, FileWrongKind
from models.rules.lifecycle import Detail, Details
from models.rules.vocabulary import Act, Say, Via

LARGEST_IN = 20 * 1000 * 1000
"""What a bot may download (Bot API: getFile, 20 MB)."""


def router() -> Router:
    """Text and files that are no command."""
    own = Router(name="messages")
    own.message.register(file_comes, F.document | F.photo)
    own.message.register(text_comes, F.text)
    own.message.register(something_else)
    own.callback_query.register(this_one, Tapped(Verb.WHICH))
    own.callback_query.register(damaged)
    return own


async def text_comes(
    message: Message,
    *,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    zone: str,
) -> None:
    """Words."""
    text = message.text or ""
    if text.startswith("/"):
        answers.say(Say.HELP)
        return
    if await _answers_something(
        text, message, person=person, voice=voice, state=state, answers=answers, now=now, zone=zone
    ):
        return
    request = await replied_request(message)
    if request is not None:
        await requests.comment(
            text, request, message=message, person=person, language=voice.language, now=now
        )
        answers.say(Say.COMMENT_KEPT)
        return
    thread = await letters.replied_thread(message)
    if thread is not None:
        await letters.write(text, message, person=person, answers=answers, now=now, thread=thread)
        return
    if await finding.show_typed_number(text, message, person=person, answers=answers, now=now):
        return
    await filing.paste(text, person=person, state=state, answers=answers, now=now)


async def _answers_something(
    text: str,
    message: Message,
    *,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    zone: str,
) -> bool:
    open_state = await state.get_state()
    if open_state == requests.QUESTION:
        await requests.answer(
            text, message, person=person, voice=voice, state=state, answers=answers, now=now, zone=zone
        )
        return True
    if open_state == finding.ASKED:
        await state.clear()
        await finding.look_for(text, message, person=person, answers=answers, now=now)
        return True
    if open_state == tools.OWN_NUMBER:
        await tools.own_number(text, person=person, state=state, answers=answers)
        return True
    if open_state == letters.LETTER:
        await letters.typed(text, message, person=person, state=state, answers=answers, now=now)
        return True
    if open_state != filing.FORM:
        return False
    draft = await draft_queries.draft((await state.get_data()).get("draft", 0), person.id)
    if draft is None:
        return False
    return await filing.answer(text, draft, person=person, answers=answers, now=now, zone=zone)


async def replied_request(message: Message) -> int | None:
    """Which request the replied message shows."""
    replied = message.reply_to_message
    return await request_queries.shown_in(message.chat.id, replied.message_id) if replied else None


async def file_comes(
    message: Message,
    *,
    bot: Bot,
    desk: Desk,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """A scan: for the open question, for the request it replies to, or for one that is asked now."""
    attachment = await _kept(message, bot, desk=desk, person=person, now=now)
    request = await _awaited(state) or await replied_request(message)
    if request is not None:
        await state.clear()
        await deliver(
            request, attachment, message=message, person=person, voice=voice, answers=answers, now=now
        )
        return
    if await request_queries.awaiting_copy(person):
        answers.which(attachment)
    else:
        answers.say(Say.FILE_LATER)


async def _kept(message: Message, bot: Bot, *, desk: Desk, person: PersonView, now: datetime) -> int:
    """Download and keep; raises `FileTooLarge` before the download and `FileWrongKind` after it."""
    photo = message.photo[-1] if message.photo else None
    sent = message.document or photo
    if sent is None:
        raise FileWrongKind(name="")
    name = (message.document.file_name if message.document else None) or f"scan-{message.message_id}.jpg"
    if (sent.file_size or 0) > LARGEST_IN:
        raise FileTooLarge(name=files.safe_name(name), limit=LARGEST_IN // 1_000_000)
    target = BytesIO()
    await bot.download(sent, destination=target)
    arrived = files.Arrived(name=name, data=target.getvalue(), telegram_file_id=sent.file_id)
    return await files.keep(desk.files, arrived, now, owner=person.id)


async def _awaited(state: FSMContext) -> int | None:
    if await state.get_state() != requests.QUESTION:
        return None
    question = await state.get_data()
    return question["request"] if question["wants"] == Detail.CONTENT else None


async def deliver(
    request: int,
    attachment: int,
    *,
    message: Message,
    person: PersonView,
    voice: Voice,
    answers: Answers,
    now: datetime,
) -> None:
    """Deliver the scan where that is possible; a file that cannot be a delivery is a comment with a file."""
    view = await request_queries.card(request, person, now)
    act = Act.DELIVER if view is not None and view.offers(Act.DELIVER) else Act.COMMENT
    intent = Intent(
        request=request,
        act=act,
        actor=person.id,
        via=Via.TELEGRAM,
        key=requests.message_key(message),
        details=Details(files=(attachment,), note=message.caption),
        language=voice.language,
    )
    await requests.perform(intent, answers=answers, voice=voice, now=now, fresh=True)


async def this_one(
    query: CallbackQuery,
    tap: Tap,
    *,
    person: PersonView,
    voice: Voice,
    answers: Answers,
    now: datetime,
) -> None:
    """The scan sent before is for this request."""
    if not tap.extra.isdecimal():
        raise Damaged
    intent = Intent(
        request=int(tap.extra),
        act=Act.DELIVER,
        actor=person.id,
        via=Via.TELEGRAM,
        key=query.id,
        details=Details(files=(tap.id,)),
    )
    await requests.perform(intent, answers=answers, voice=voice, now=now)


async def something_else(_message: Message, answers: Answers) -> None:
    """A sticker, a voice message, a place: say what can be done instead."""
    answers.say(Say.HELP)


async def damaged(_query: CallbackQuery, answers: Answers) -> None:
    """A button that is not ours, or not whole."""
    answers.damaged()
