"""Information for colleagues in chat: shared, read, followed, answered."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.opening import open_form
from handlers.telegram.requests import message_key
from handlers.telegram.taps import Tapped
from handlers.text.screens import Matter, Tap, Verb
from models.operations import bulletinchanges, bulletins
from models.operations.bulletinchanges import ChangeIntent
from models.operations.bulletins import NewBulletin, NewReply
from models.queries import bulletins as queries
from models.queries.bulletins import BulletinView
from models.queries.parties import PersonView
from models.rules import sharing
from models.rules.errors import BulletinWithdrawn, Damaged, NotAllowed, UnknownBulletin
from models.rules.sharing import NEXT_PACE
from models.rules.vocabulary import FormName, Language, Say, Topic, Via


def router() -> Router:
    """`/share` and its buttons."""
    own = Router(name="bulletins")
    own.message.register(show, Command("share"))
    own.callback_query.register(on_shared, Tapped(Verb.SHARED))
    own.callback_query.register(on_bulletin, Tapped(Verb.BULLETIN))
    return own


async def show(_message: Message, state: FSMContext, answers: Answers) -> None:
    """What was shared, and the topics to follow."""
    await state.clear()
    answers.shared()


async def on_shared(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Turn the page, share something, follow a topic, follow nothing."""
    match tap.word:
        case "page":
            answers.shared(tap.id)
        case "new":
            await open_form(state, answers, FormName.BULLETIN, ref=0)
        case "stop":
            await bulletins.stop(person.id)
            answers.shared(tap.id)
        case "follow" if tap.extra in set(Topic):
            topic = Topic(tap.extra)
            pace = (await queries.follows(person.id)).get(topic)
            await bulletins.follow(person.id, topic, NEXT_PACE[pace], now)
            answers.shared(tap.id)
        case _:
            raise Damaged


async def on_bulletin(
    query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Read it, in its other language too, answer its author; who shared it corrects or withdraws it."""
    view = await queries.bulletin(tap.id, person)
    if view is None:
        raise UnknownBulletin
    match tap.word:
        case "read":
            answers.bulletin(tap.id, language=tap.extra if tap.extra in set(Language) else "")
        case "answer":
            await open_form(state, answers, FormName.REPLY, ref=tap.id)
        case "correct":
            await _correct_form(view, state, answers)
        case "withdraw":
            answers.bulletin(tap.id, kept="sure")
        case "withdrawn":
            await _withdraw(tap, query.id, person=person, answers=answers, now=now)
        case _:
            raise Damaged


async def _correct_form(view: BulletinView, state: FSMContext, answers: Answers) -> None:
    """Everything it says, to be changed one by one."""
    if view.withdrawn_at is not None:
        raise BulletinWithdrawn
    if not view.changes:
        raise NotAllowed
    await open_form(state, answers, FormName.BULLETIN, ref=view.id, version=view.version, values=view.values)


async def _withdraw(tap: Tap, key: str, *, person: PersonView, answers: Answers, now: datetime) -> None:
    intent = ChangeIntent(
        bulletin=tap.id, actor=person.id, via=Via.TELEGRAM, key=f"tap:{key}", seen=tap.version
    )
    await bulletinchanges.withdraw(intent, now)
    answers.bulletin(tap.id)


async def put_out(
    data: dict[str, Any], key: str, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Share what was written, or correct what was shared."""
    said = sharing.said(data["values"], person.language, files=tuple(data["values"].get("files") or ()))
    if data["ref"]:
        intent = ChangeIntent(
            bulletin=data["ref"], actor=person.id, via=Via.TELEGRAM, key=key, seen=data["version"]
        )
        await bulletinchanges.correct(intent, said, now)
        answers.bulletin(data["ref"], kept="correct")
        return
    new = NewBulletin(author=person.id, said=said, via=Via.TELEGRAM, key=key)
    answers.bulletin((await bulletins.share(new, now)).bulletin, kept="share")


async def answer(
    data: dict[str, Any], key: str, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Pass an answer on to the author."""
    new = NewReply(
        bulletin=data["ref"], author=person.id, text=data["values"]["text"], via=Via.TELEGRAM, key=key
    )
    await bulletins.reply(new, now)
    answers.say(Say.REPLY_TOLD)


async def replied(
    text: str,
    matter: tuple[str, int],
    message: Message,
    *,
    person: PersonView,
    answers: Answers,
    now: datetime,
) -> bool:
    """A reply to a message with information, or to an answer to it; False for other matters."""
    name, ref = matter
    if name not in {Matter.BULLETIN, Matter.REPLY}:
        return False
    about = ref if name == Matter.BULLETIN else await queries.reply_of(ref)
    new = NewReply(
        bulletin=about or 0,
        author=person.id,
        text=text,
        via=Via.TELEGRAM,
        key=message_key(message),
        answers=ref if name == Matter.REPLY else None,
    )
    await bulletins.reply(new, now)
    answers.say(Say.REPLY_TOLD)
    return True
