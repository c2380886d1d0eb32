"""The agreement in a chat: shown to everybody, recorded by coordinators in steps that show their effect."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.agreement.drafts import read_draft
from handlers.text.agreement.page import ANSWERS
from handlers.text.agreement.renewal import SEEN
from handlers.text.agreement.sight import Sight
from handlers.text.agreement.steps import BUILDERS, TYPED, change_of, code_of, giver, notice_of
from handlers.text.calendar import typed_date
from handlers.text.screens import Tap, Verb, row_number
from handlers.text.voice import Voice
from models.operations import agreement_terms, amendments, renewals, terminations
from models.operations.agreements import AgreementIntent
from models.queries import agreements
from models.queries.parties import PersonView
from models.rules.errors import (
    Damaged,
    NoAgreement,
    NoSuchAgreement,
    NotADay,
    NotAllowed,
    Refusal,
    WrongNumber,
)
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import RenewalAnswer, Via

RECORDING = "agreement"
"""The state of a conversation in which a day or a number of a record is awaited."""


def router() -> Router:
    """`/agreement` and its buttons."""
    own = Router(name="agreements")
    own.message.register(show, Command("agreement"))
    own.callback_query.register(choose, Tapped(Verb.AGREEMENT))
    return own


def typed() -> Router:
    """What is typed in answer to an open question."""
    own = Router(name="agreement answers")
    own.message.register(answered, StateFilter(RECORDING), F.text)
    return own


async def show(
    _message: Message, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The agreement of the library; where it has several, which one?"""
    await state.clear()
    found = await agreements.facts_of(person.library or 0, now)
    if not found:
        raise NoAgreement
    answers.agreement(found[0].id if len(found) == 1 else None)


async def choose(
    query: CallbackQuery,
    tap: Tap,
    *,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """One page further, or one thing recorded; what cannot be shows the agreement, and why."""
    await state.clear()
    sight = await _sight(tap.id, person, now)
    if tap.word in {"open", "show"}:
        answers.edit = answers.edit if tap.word == "open" else None
        answers.agreement(tap.id)
    elif tap.word == "text":
        answers.agreement_text(_number(tap.extra))
    elif tap.word == "calendar":
        answers.calendar()
    elif not sight.records:
        raise NotAllowed
    elif tap.word == "draft":
        kind, language = read_draft(sight, tap.extra)
        answers.agreement_letter(tap.id, kind, language)
    elif tap.word in BUILDERS:
        await _turn(tap, sight, state, answers)
    else:
        intent = AgreementIntent(agreement=tap.id, actor=person.id, via=Via.TELEGRAM, key=query.id)
        await _record(tap, intent, voice=voice, answers=answers, now=now)


async def _sight(agreement: int, person: PersonView, now: datetime) -> Sight:
    """Raises `NoSuchAgreement` for one that is not the person's library's."""
    known = await agreements.facts(agreement, now)
    if known is None or person.library is None or person.library not in known.places:
        raise NoSuchAgreement
    records = may(Right.RECORD_NOTICE, Standpoint(person.role))
    return Sight(facts=known, own=person.library, now=now, records=records)


async def _turn(tap: Tap, sight: Sight, state: FSMContext, answers: Answers) -> None:
    _check(tap, sight)
    if tap.word in TYPED:
        await state.set_state(RECORDING)
        await state.set_data({"agreement": tap.id, "page": tap.word, "value": tap.extra})
    answers.agreement(tap.id, tap.word, tap.extra)


def _check(tap: Tap, sight: Sight) -> None:
    """Raises `Damaged` for a value that no button of ours carries."""
    try:
        if tap.word in {"effect", "later", "code"}:
            notice_of(sight, tap.extra)
        elif tap.word == "proposal":
            change_of(tap.extra)
    except ValueError:
        raise Damaged from None


async def _record(
    tap: Tap, intent: AgreementIntent, *, voice: Voice, answers: Answers, now: datetime
) -> None:
    act = ACTS.get(tap.word)
    if act is None:
        raise Damaged
    try:
        answers.toast = await act(tap, intent, voice, now)
    except Damaged:
        raise
    except Refusal as refusal:
        answers.agreement(tap.id, refusal=refusal)
        return
    answers.agreement(tap.id)


Act = Callable[[Tap, AgreementIntent, Voice, datetime], Awaitable[str]]
"""Records something and returns what the spinner says."""


async def _answer(tap: Tap, intent: AgreementIntent, voice: Voice, now: datetime) -> str:
    said, _, deadline = tap.extra.partition(".")
    if said not in set(RenewalAnswer):
        raise Damaged
    await renewals.answer(intent, _day(deadline), RenewalAnswer(said), now)
    return voice.label(ANSWERS[RenewalAnswer(said)])


async def _seen(_tap: Tap, intent: AgreementIntent, voice: Voice, now: datetime) -> str:
    await renewals.see(intent.agreement, intent.actor, now)
    return voice.label(SEEN)


async def _ask_withdrawal(tap: Tap, intent: AgreementIntent, _voice: Voice, now: datetime) -> str:
    await terminations.ask_withdrawal(intent, _number(tap.extra), now)
    return ""


async def _let(tap: Tap, intent: AgreementIntent, _voice: Voice, now: datetime) -> str:
    await terminations.answer_withdrawal(intent, _number(tap.extra), now, consents=True)
    return ""


async def _keep(tap: Tap, intent: AgreementIntent, _voice: Voice, now: datetime) -> str:
    await terminations.answer_withdrawal(intent, _number(tap.extra), now, consents=False)
    return ""


async def _propose(tap: Tap, intent: AgreementIntent, _voice: Voice, now: datetime) -> str:
    try:
        change = change_of(tap.extra)
    except ValueError:
        raise Damaged from None
    await amendments.propose(intent, change, now)
    return ""


async def _consent(tap: Tap, intent: AgreementIntent, _voice: Voice, now: datetime) -> str:
    await amendments.consent(intent, _number(tap.extra), now)
    return ""


async def _decline(tap: Tap, intent: AgreementIntent, _voice: Voice, now: datetime) -> str:
    await amendments.turn_down(intent, _number(tap.extra), now)
    return ""


async def _reading(_tap: Tap, intent: AgreementIntent, _voice: Voice, now: datetime) -> str:
    await agreement_terms.confirm_reading(intent, now)
    return ""


ACTS: dict[str, Act] = {
    "answer": _answer,
    "seen": _seen,
    "do.withdraw": _ask_withdrawal,
    "do.let": _let,
    "do.keep": _keep,
    "do.propose": _propose,
    "do.consent": _consent,
    "do.decline": _decline,
    "do.reading": _reading,
}


def _number(value: str) -> int:
    number = row_number(value)
    if not number:
        raise Damaged
    return number


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Damaged from None


async def answered(
    message: Message, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """A day, or the number that confirms a notice; what is neither is asked again."""
    data = await state.get_data()
    sight = await _sight(data["agreement"], person, now)
    if not sight.records:
        raise NotAllowed
    page, value, text = data["page"], data["value"], (message.text or "").strip()
    try:
        if page == "code":
            await _confirmed(text, value, sight, message, person, now)
            await state.clear()
            answers.agreement(sight.facts.id)
            return
        following = _next(page, value, text, sight)
    except Refusal as refusal:
        answers.agreement(sight.facts.id, page, value, refusal=refusal)
        return
    await state.clear()
    answers.agreement(sight.facts.id, *following)


PERIODS = {"notice_period": "notice", "renewal_period": "renewal"}


def _next(page: str, value: str, text: str, sight: Sight) -> tuple[str, str]:
    """The page that shows the effect of what was typed. Raises `NotADay`, and `TermRefused` for a period."""
    if page in PERIODS:
        length = text.lower().lstrip("0")
        change = f"{PERIODS[page]}.{length}"
        amendments.effect_of(sight.facts, change_of(change), sight.now)
        return "proposal", change
    day = typed_date(text, sight.today)
    if day is None:
        raise NotADay
    match page:
        case "received":
            return "effect", f"{giver(sight, value)}.{day}"
        case "later":
            notice = ".".join(value.split(".")[:2])
            return "effect", f"{notice}.{day}"
        case _:
            return "proposal", day.isoformat()


async def _confirmed(
    text: str, value: str, sight: Sight, message: Message, person: PersonView, now: datetime
) -> None:
    """Record the notice if the number is the one that was asked for."""
    digits = "".join(one for one in text if one.isdecimal())
    if digits != code_of(sight, value):
        raise WrongNumber
    key = f"{message.chat.id}:{message.message_id}"
    intent = AgreementIntent(agreement=sight.facts.id, actor=person.id, via=Via.TELEGRAM, key=key)
    await terminations.record_notice(intent, notice_of(sight, value), now)
