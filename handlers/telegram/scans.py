"""Files in a chat: a scan for the open question, for the request it replies to, or for one that is asked now.

The pictures of an album come as messages of their own; they wait for one another and leave as one PDF.
"""

import re
from datetime import datetime
from io import BytesIO

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.binding import bound
from handlers.desk import Desk
from handlers.telegram import letters, requests
from handlers.telegram.answers import Answers
from handlers.telegram.letters import Addressed
from handlers.telegram.taps import Tapped
from handlers.text.enclosures import DROP
from handlers.text.screens import Tap, Verb
from handlers.text.voice import Voice
from models.operations import albums, files
from models.operations.intents import Intent
from models.queries import files as file_queries
from models.queries import lines
from models.queries import requests as request_queries
from models.queries.files import FileView
from models.queries.parties import PersonView
from models.rules.errors import Damaged, FileTooLarge, FileWrongKind
from models.rules.filelimits import CHAT_IN
from models.rules.lifecycle import Detail, Details
from models.rules.vocabulary import Act, Say, Via

QUIET = 2.0
"""Seconds of machine time without a further message after which an album is whole."""
NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,9}-\d{4}-\d{2,6}", re.IGNORECASE)


def router() -> Router:
    """Documents and photographs, and the question which request they are for."""
    own = Router(name="scans")
    own.message.register(file_comes, F.document | F.photo)
    own.callback_query.register(this_one, Tapped(Verb.WHICH))
    return own


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
    """Keep the file and pass it on, or ask what it is for."""
    request = await wanted(message, state)
    letter = {} if request is not None else await letter_wanted(message, state)
    try:
        attachment = await kept(message, bot, desk=desk, person=person, now=now)
    except FileTooLarge as refusal:
        answers.refuse(refusal, request=request)
        return
    if request is not None or letter:
        await state.clear()
    key = requests.message_key(message)
    if message.media_group_id is not None:
        await _into_album(
            message, attachment, person=person, request=request, letter=letter, desk=desk, now=now
        )
    elif letter:
        words, enclosed = message.caption or "", (attachment,)
        await letters.write(
            words, letter, key=key, person=person, answers=answers, now=now, enclosed=enclosed
        )
    elif request is not None:
        details = Details(files=(attachment,), note=message.caption)
        await deliver(request, details, key=key, person=person, voice=voice, answers=answers, now=now)
    else:
        await ask(person, answers)


async def wanted(message: Message, state: FSMContext) -> int | None:
    """The request of the album so far, of the open question, or of the message that it replies to."""
    if message.media_group_id is not None:
        begun = await albums.request_of(message.chat.id, message.media_group_id)
        if begun is not None:
            return begun
    return await _awaited(state) or await replied_request(message)


async def letter_wanted(message: Message, state: FSMContext) -> Addressed:
    """Where the file goes as part of a letter; an album goes where its first picture went."""
    if message.media_group_id is not None:
        begun = await albums.letter_of(message.chat.id, message.media_group_id)
        if begun:
            return begun
    return await letters.addressed(message, state)


async def replied_request(message: Message) -> int | None:
    """Which request the replied message shows."""
    replied = message.reply_to_message
    return await request_queries.shown_in(message.chat.id, replied.message_id) if replied else None


async def _awaited(state: FSMContext) -> int | None:
    if await state.get_state() != requests.QUESTION:
        return None
    question = await state.get_data()
    request: int | None = question["request"] if question["wants"] == Detail.CONTENT else None
    return request


async def kept(message: Message, bot: Bot, *, desk: Desk, person: PersonView, now: datetime) -> int:
    """Download and keep; raises `FileTooLarge` before the download and `FileWrongKind` after it."""
    photo = message.photo[-1] if message.photo else None
    sent = message.document or photo
    if sent is None:
        raise FileWrongKind(name="")
    name = (message.document.file_name if message.document else None) or f"scan-{message.message_id}.jpg"
    if (sent.file_size or 0) > CHAT_IN:
        raise FileTooLarge(name=files.safe_name(name), limit=CHAT_IN // 1_000_000)
    target = BytesIO()
    await bot.download(sent, destination=target)
    arrived = files.Arrived(
        name=name, data=target.getvalue(), telegram_file_id=sent.file_id, note=message.caption
    )
    return await files.keep(desk.files, arrived, now, owner=person.id)


async def _into_album(
    message: Message,
    attachment: int,
    *,
    person: PersonView,
    request: int | None,
    letter: Addressed,
    desk: Desk,
    now: datetime,
) -> None:
    part = albums.Part(
        chat=message.chat.id,
        group=message.media_group_id or "",
        person=person.id,
        file=attachment,
        request=request,
        caption=message.caption,
        letter=letter,
    )
    await albums.add(part, now, quiet_until=desk.machine() + QUIET)


async def ask(person: PersonView, answers: Answers) -> None:
    """For which request are the loose files? Without one that waits for a scan they are not kept."""
    loose = [one.id for one in await file_queries.loose_of(person.id)]
    if not loose:
        return
    if await lines.awaiting_copy(person):
        answers.which(loose)
        return
    await files.discard(loose)
    answers.say(Say.FILE_LATER)


async def deliver(
    request: int,
    details: Details,
    *,
    key: str,
    person: PersonView,
    voice: Voice,
    answers: Answers,
    now: datetime,
    fresh: bool = True,
) -> bool:
    """Deliver where that is possible; what cannot be a delivery is a comment with a file or a link."""
    view = await request_queries.card(request, person, now)
    act = Act.DELIVER if view is not None and view.offers(Act.DELIVER) else Act.COMMENT
    intent = Intent(
        request=request,
        act=act,
        actor=person.id,
        via=Via.TELEGRAM,
        key=key,
        details=details,
        language=voice.language,
    )
    done = await requests.perform(intent, answers=answers, voice=voice, now=now, fresh=fresh)
    if done:
        # A repeated message was kept once more and attached to nothing.
        await files.discard(details.files)
    return done


async def this_one(
    query: CallbackQuery,
    tap: Tap,
    *,
    desk: Desk,
    person: PersonView,
    voice: Voice,
    answers: Answers,
    now: datetime,
) -> None:
    """The files sent before are for this request, or for none."""
    if tap.word != DROP and not tap.extra.isdecimal():
        raise Damaged
    loose = [one for one in await file_queries.loose_of(person.id) if one.id <= tap.id]
    if not loose:
        answers.say(Say.FILES_GONE)
    elif tap.word == DROP:
        await files.discard([one.id for one in loose])
        answers.say_here(Say.FILES_DISCARDED)
    else:
        await deliver_loose(
            int(tap.extra),
            loose,
            key=query.id,
            desk=desk,
            person=person,
            voice=voice,
            answers=answers,
            now=now,
        )


async def number_typed(
    text: str,
    message: Message,
    *,
    desk: Desk,
    person: PersonView,
    voice: Voice,
    answers: Answers,
    now: datetime,
) -> bool:
    """The number of a request answers the question which one the files are for; False when it is none."""
    loose = await file_queries.loose_of(person.id) if NUMBER.fullmatch(text.strip()) else []
    request = await request_queries.by_number(text.strip(), person) if loose else None
    if request is None:
        return False
    key = requests.message_key(message)
    await deliver_loose(
        request, loose, key=key, desk=desk, person=person, voice=voice, answers=answers, now=now
    )
    return True


async def deliver_loose(
    request: int,
    loose: list[FileView],
    *,
    key: str,
    desk: Desk,
    person: PersonView,
    voice: Voice,
    answers: Answers,
    now: datetime,
    caption: str | None = None,
    fresh: bool = False,
) -> tuple[int, ...]:
    """Deliver files that had no request, pictures as one PDF; returns those that a PDF replaced."""
    number = await request_queries.number_of(request)
    made = await bound(desk, loose, now, owner=person.id, name=number or "scan")
    note = caption or next((one.note for one in loose if one.note), None)
    details = Details(files=made.files, note=note)
    done = await deliver(
        request,
        details,
        key=key,
        person=person,
        voice=voice,
        answers=answers,
        now=now,
        fresh=fresh,
    )
    if not done and made.replaced:
        await files.discard(made.files)
    if done:
        await files.discard(made.replaced)
    return made.replaced if done else ()
