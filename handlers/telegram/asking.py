"""Short forms in chat: one question at a time, kept in the conversation until the last answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from handlers.telegram import bulletins, plans
from handlers.telegram.answers import Answers
from handlers.telegram.opening import ASKED
from handlers.telegram.requests import message_key
from handlers.telegram.scans import kept
from handlers.telegram.taps import Tapped
from handlers.text.asking import EDITING, WITH_FILES
from handlers.text.calendar import is_month
from handlers.text.screens import Tap, Verb
from models.queries.parties import PersonView
from models.rules import asking
from models.rules.asking import Answer
from models.rules.errors import BadAnswer, Damaged, DraftGone, FileTooLarge, FileWrongKind, Refusal
from models.rules.vocabulary import FormName

MOST_FILES = 10
Data = dict[str, Any]
"""What the conversation remembers of a form, as `opening.open_form` wrote it."""
Finish = Callable[..., Awaitable[None]]
FINISH: dict[FormName, Finish] = {
    FormName.PLAN: plans.begin,
    FormName.ITEM: plans.put_forward,
    FormName.DECLINE: plans.explained,
    FormName.POSTPONE: plans.explained,
    FormName.CANCEL: plans.explained,
    FormName.CONTACT: plans.explained,
    FormName.RESULT: plans.explained,
    FormName.OBJECT: plans.object_to,
    FormName.BULLETIN: bulletins.put_out,
    FormName.REPLY: bulletins.answer,
}
"""What a form does once everything is answered."""


def router() -> Router:
    """Buttons of the open form, and files sent to it; typed answers come through `answer`."""
    own = Router(name="asking")
    own.callback_query.register(choose, Tapped(Verb.ASKED))
    own.message.register(file_comes, StateFilter(ASKED), F.document | F.photo)
    return own


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One answer to an open form: by whom, when, and under which key what it finishes is done once."""

    person: PersonView
    state: FSMContext
    answers: Answers
    now: datetime
    zone: str
    key: str

    def today(self) -> date:
        """The day at the person's library."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()


async def choose(
    query: CallbackQuery,
    tap: Tap,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    zone: str,
) -> None:
    """A choice, or a way through the form. A button of a form that is closed raises `DraftGone`."""
    data = await _open(state, tap)
    turn = Turn(person=person, state=state, answers=answers, now=now, zone=zone, key=f"tap:{query.id}")
    way = tap.word.partition(".")[2]
    if way == "drop":
        await state.clear()
        answers.form_closed()
    elif way == "send":
        await _finish(data, turn)
    elif way == "pick":
        name, _, value = tap.extra.partition(".")
        await _pick(data, name, value, turn)
    else:
        await _go(_turned(data, way, tap.extra), turn)


async def _open(state: FSMContext, tap: Tap) -> Data:
    data = await state.get_data()
    form = tap.word.partition(".")[0]
    if form not in set(FormName):
        raise Damaged
    if await state.get_state() != ASKED or (data["form"], data["ref"]) != (form, tap.id):
        raise DraftGone
    return data


def _turned(data: Data, way: str, name: str) -> Data:
    """The form at the question to which a way leads; what is skipped is answered by nothing.

    Raises `Damaged`.
    """
    form, values = FormName(data["form"]), data["values"]
    if name and name != EDITING and asking.ask_of(form, name) is None:
        raise Damaged
    match way:
        case "skip" | "on":
            kept_values = {**values, name: values.get(name, "")}
            return {**data, "values": kept_values, "step": asking.next_ask(form, kept_values, after=name)}
        case "back":
            return {**data, "step": asking.previous_ask(form, name)}
        case "ask" | "review":
            return {**data, "step": name or None}
        case _:
            raise Damaged


async def _pick(data: Data, name: str, value: str, turn: Turn) -> None:
    """A chosen value; a month turns the calendar. Of several choices a tap adds one or takes it off."""
    if is_month(value):
        turn.answers.asked(data, month=value)
        return
    ask = asking.ask_of(FormName(data["form"]), name)
    if ask is None:
        raise Damaged
    if ask.answer is not Answer.MANY:
        await _fill(data, name, value, turn)
        return
    if value not in ask.choices:
        raise Damaged
    chosen = set(data["values"].get(name) or ()) ^ {value}
    values = {**data["values"], name: [one for one in ask.choices if one in chosen]}
    await _show({**data, "values": values}, turn)


async def answer(
    text: str,
    message: Message,
    *,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    zone: str,
) -> bool:
    """A typed answer to the open question; False where none is open."""
    data = await state.get_data()
    step = data.get("step")
    if not step or step == EDITING:
        return False
    key = message_key(message)
    await _fill(
        data, step, text, Turn(person=person, state=state, answers=answers, now=now, zone=zone, key=key)
    )
    return True


async def _fill(data: Data, name: str, text: str, turn: Turn) -> None:
    form = FormName(data["form"])
    try:
        value = asking.read_answer(form, name, text, today=turn.today())
    except BadAnswer as problem:
        turn.answers.asked(data, refusal=problem)
        return
    values = {**data["values"], name: value}
    await _go({**data, "values": values, "step": asking.next_ask(form, values, after=name)}, turn)


async def _go(data: Data, turn: Turn) -> None:
    """The next question, the review, or the end of a form that needs no review."""
    form = FormName(data["form"])
    step = data["step"] or asking.lacking(form, data["values"])
    if step is None and form not in asking.REVIEWED:
        await _finish(data, turn)
        return
    await _show({**data, "step": step}, turn)


async def _show(data: Data, turn: Turn) -> None:
    await turn.state.set_data(data)
    turn.answers.asked(data)


async def _finish(data: Data, turn: Turn) -> None:
    """Do what the form is for; what is refused keeps the form open and says why."""
    form = FormName(data["form"])
    if missing := asking.lacking(form, data["values"]):
        await _show({**data, "step": missing}, turn)
        return
    try:
        await FINISH[form](data, turn.key, person=turn.person, answers=turn.answers, now=turn.now)
    except Refusal as refusal:
        turn.answers.asked(data, refusal=refusal)
        return
    await turn.state.clear()


async def file_comes(
    message: Message,
    *,
    bot: Bot,
    desk: Desk,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """A file for the open form, as far as it takes files."""
    data = await state.get_data()
    if FormName(data["form"]) not in WITH_FILES or len(data["values"].get("files", ())) >= MOST_FILES:
        answers.asked(data)
        return
    try:
        attachment = await kept(message, bot, desk=desk, person=person, now=now)
    except (FileTooLarge, FileWrongKind) as refusal:
        answers.asked(data, refusal=refusal)
        return
    files = [*data["values"].get("files", ()), attachment]
    data = {**data, "values": {**data["values"], "files": files}}
    await state.set_data(data)
    answers.asked(data)
