"""Cards and acts: what a tap on a request does, and what is typed or sent in answer to one."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text import carry, labels
from handlers.text.calendar import is_month, typed_date
from handlers.text.card_buttons import as_partner
from handlers.text.choices import TYPED, can_ask, can_choose, day_of
from handlers.text.screens import Tap, Verb
from handlers.text.voice import Voice
from models.operations import requests
from models.operations.intents import Intent
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.errors import BadField, Damaged, NotPossibleNow, Refusal, Stale, UnknownRequest
from models.rules.lifecycle import Detail, Details
from models.rules.pasted import pasted_link
from models.rules.vocabulary import Act, Language, Say, Via

QUESTION = "question"
MONTH = len("2026-12")


def router() -> Router:
    """Buttons of cards; typed answers come through `answer`, replies through `comment`."""
    own = Router(name="requests")
    own.callback_query.register(show_card, Tapped(Verb.CARD))
    own.callback_query.register(show_history, Tapped(Verb.HISTORY))
    own.callback_query.register(do_act, Tapped(Verb.ACT))
    own.callback_query.register(choose, Tapped(Verb.CHOOSE))
    own.callback_query.register(turn_month, Tapped(Verb.DAY))
    own.callback_query.register(ask, Tapped(Verb.ASK))
    return own


async def show_card(
    query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The card; showing a new request to the asked library records that it was seen."""
    await state.clear()
    await open_card(tap.id, person=person, key=query.id, now=now)
    answers.card(tap.id)


async def open_card(request: int, *, person: PersonView, key: str, now: datetime) -> None:
    """Record quietly that the asked library has seen the request, the first time.

    Raises `UnknownRequest` for a request that is not the person's library's.
    """
    view = await _own(request, person, now)
    if view.offers(Act.OPEN):
        intent = Intent(request=request, act=Act.OPEN, actor=person.id, via=Via.TELEGRAM, key=f"open:{key}")
        with suppress(Stale, NotPossibleNow):  # a colleague has opened it meanwhile: it was seen
            await requests.act(intent, now)


async def show_history(
    _query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime
) -> None:
    """The whole history."""
    await _own(tap.id, person, now)
    answers.history(tap.id)


async def _own(request: int, person: PersonView, now: datetime) -> CardView:
    """The request as the person sees it; raises `UnknownRequest` for one that is not their library's."""
    view = await request_queries.card(request, person, now)
    if view is None:
        raise UnknownRequest
    return view


async def do_act(
    query: CallbackQuery,
    tap: Tap,
    *,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """Do what the button says and show the card as it stands then."""
    act, details = _read(tap)
    intent = Intent(
        request=tap.id,
        act=act,
        actor=person.id,
        via=Via.TELEGRAM,
        key=query.id,
        seen=tap.version,
        details=details,
        for_partner=tap.for_partner,
    )
    await state.clear()
    await perform(intent, answers=answers, voice=voice, now=now)


async def perform(
    intent: Intent, *, answers: Answers, voice: Voice, now: datetime, fresh: bool = False
) -> bool:
    """Do an act; whether it was done or refused, the current card is what is shown."""
    try:
        await requests.act(intent, now)
    except UnknownRequest:
        raise
    except Refusal as refusal:
        answers.card(intent.request, refusal=refusal, fresh=fresh)
        return False
    answers.toast = voice.named(labels.NEWS[intent.act])
    answers.card(intent.request, fresh=fresh)
    return True


async def choose(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Show what the act still needs: reasons, conditions, days; or ask for what must be typed."""
    act, chosen = _read(tap)
    view = await _own(tap.id, person, now)
    acting = as_partner(view) if tap.for_partner else view
    await state.clear()
    if not acting.offers(act):
        answers.card(tap.id, refusal=NotPossibleNow(act=act, stage=view.stage))
    elif wants := TYPED.get(act):
        await _open_question(state, tap, version=view.version, wants=wants, carried=tap.extra)
        answers.question(tap.id, act, wants=wants)
    elif not can_choose(act, chosen):
        raise Damaged
    else:
        if wants := day_of(act, chosen):
            await _open_question(state, tap, version=view.version, wants=wants, carried=tap.extra)
        answers.choices(tap.id, act, carry=tap.extra, for_partner=tap.for_partner)


def act_of(tap: Tap) -> Act:
    """The act that a button names; raises `Damaged`."""
    if tap.act not in set(Act):
        raise Damaged
    return Act(tap.act)


def _read(tap: Tap, carried: str | None = None) -> tuple[Act, Details]:
    """Act and details of a button; raises `Damaged`."""
    details = carry.unpack(tap.extra if carried is None else carried)
    if details is None:
        raise Damaged
    return act_of(tap), details


async def turn_month(
    _query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Another month of the calendar."""
    month, carried = tap.extra[:MONTH], tap.extra[MONTH + 1 :]
    act, chosen = _read(tap, carried)
    if not is_month(month) or day_of(act, chosen) is None:
        raise Damaged
    await _own(tap.id, person, now)
    answers.choices(tap.id, act, carry=carried, month=month, for_partner=tap.for_partner)


async def ask(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Open a question that the next message answers."""
    wants, _, carried = tap.extra.partition(".")
    act, _chosen = _read(tap, carried)
    if wants not in set(Detail) or not can_ask(act, Detail(wants)):
        raise Damaged
    await _own(tap.id, person, now)
    await _open_question(state, tap, version=tap.version, wants=wants, carried=carried)
    answers.question(tap.id, act, wants=wants)


async def _open_question(state: FSMContext, tap: Tap, *, version: int, wants: str, carried: str) -> None:
    """Remember what the next message will answer; it survives a restart."""
    await state.set_state(QUESTION)
    question = {
        "request": tap.id,
        "version": version,
        "act": tap.act,
        "wants": wants,
        "carry": carried,
        "for_partner": tap.for_partner,
    }
    await state.set_data(question)


async def answer(
    text: str,
    message: Message,
    *,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    zone: str,
) -> None:
    """A typed answer to the open question."""
    question = await state.get_data()
    act, wants = Act(question["act"]), Detail(question["wants"])
    details = carry.unpack(question["carry"]) or Details()
    try:
        details = _typed(details, wants, text, today=now.astimezone(ZoneInfo(zone)).date())
    except BadField as problem:
        answers.refuse(problem)
        _ask_again(question, answers=answers)
        return
    await state.clear()
    intent = Intent(
        request=question["request"],
        act=act,
        actor=person.id,
        via=Via.TELEGRAM,
        key=message_key(message),
        seen=question["version"],
        details=details,
        for_partner=question.get("for_partner", False),
        language=voice.language,
    )
    done = await perform(intent, answers=answers, voice=voice, now=now, fresh=True)
    if not done and wants is Detail.NOTE:
        # Nothing that a person wrote is dropped, also where the act came too late for it.
        request = question["request"]
        await comment(text, request, message=message, person=person, language=voice.language, now=now)
        answers.say(Say.COMMENT_KEPT)


def _ask_again(question: dict[str, Any], *, answers: Answers) -> None:
    request, act, wants = question["request"], Act(question["act"]), Detail(question["wants"])
    if can_ask(act, wants):
        answers.question(request, act, wants=wants)
    else:
        answers.choices(request, act, carry=question["carry"])


def message_key(message: Message) -> str:
    """What makes a typed message one act, however often it is delivered."""
    return f"message:{message.chat.id}:{message.message_id}"


LONGEST = {
    Detail.NOTE: 3000,
    Detail.COST: 100,
    Detail.PAGES: 200,
    Detail.PARCEL: 100,
    Detail.VALUE: 100,
    Detail.INSURED: 100,
}


DASHES = frozenset({"-", "–", "—"})
"""Typed where there was no price."""


def _typed(details: Details, wants: Detail, text: str, *, today: date) -> Details:
    """Put what was typed into its place; raises `BadField`."""
    said = text.strip()
    if wants in {Detail.UNTIL, Detail.DUE}:
        day = typed_date(said, today)
        if day is None:
            raise BadField(field="needed_by", kind="not_a_date")
        return details.given(wants, day)
    if wants is Detail.CONTENT:
        return _link(details, said)
    if wants is Detail.COST and said in DASHES:
        return details
    limit = LONGEST.get(wants, 3000)
    if len(said) > limit:
        raise BadField(field="note", kind="too_long", limit=limit)
    return details.given(wants, said)


def _link(details: Details, said: str) -> Details:
    link = pasted_link(said)
    if link is None:
        raise BadField(field="url", kind="not_an_identifier")
    return replace(details, url=link)


async def comment(
    text: str,
    request: int,
    *,
    message: Message,
    person: PersonView,
    language: Language,
    now: datetime,
) -> None:
    """A reply to a message about a request is a comment on it."""
    intent = Intent(
        request=request,
        act=Act.COMMENT,
        actor=person.id,
        via=Via.TELEGRAM,
        key=message_key(message),
        details=Details(note=text.strip()[: LONGEST[Detail.NOTE]]),
        language=language,
    )
    await requests.act(intent, now)
