"""The cooperation plan in chat: read by everybody, proposed and answered by coordinators."""

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
from models.operations import plancarry, planconsent, plans
from models.operations.plans import ItemIntent
from models.operations.planteam import speaks
from models.queries import parties
from models.queries import plans as queries
from models.queries.parties import PersonView
from models.queries.plans import ItemView
from models.rules.errors import Damaged, NoAgreement, NotAllowed, Refusal
from models.rules.planning import BOTH, Contents, PlanTerm
from models.rules.planning.refusals import UnknownPlan
from models.rules.vocabulary import FormName, ItemAct, Say, Via

ASKS: dict[ItemAct, FormName] = {
    ItemAct.DECLINE: FormName.DECLINE,
    ItemAct.POSTPONE: FormName.POSTPONE,
    ItemAct.CANCEL: FormName.CANCEL,
    ItemAct.REPORT: FormName.RESULT,
    ItemAct.NAME_CONTACT: FormName.CONTACT,
}
"""Acts that need words first."""
DONE = {form: act for act, form in ASKS.items()}


def router() -> Router:
    """`/plan` and the buttons of plans and items."""
    own = Router(name="plans")
    own.message.register(show, Command("plan"))
    own.callback_query.register(on_plan, Tapped(Verb.PLAN))
    own.callback_query.register(on_item, Tapped(Verb.ITEM))
    return own


async def show(_message: Message, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """The newest plan, or the list of them where there are several or none."""
    await state.clear()
    found = await queries.plans_of(person)
    if len(found) == 1:
        answers.plan(found[0].id)
    else:
        answers.plans()


async def on_plan(
    query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Open a plan, begin one, propose, agree or not, carry over."""
    match tap.word:
        case "all":
            answers.plans()
        case "open":
            answers.plan(tap.id)
        case "calendar":
            answers.plan_days(plan=tap.id)
        case "new":
            await _new(tap.id, person=person, state=state, answers=answers)
        case "years":
            await _begin(tap.id, tap.extra, person=person, answers=answers, now=now)
        case "propose":
            await _must_speak(person)
            await open_form(state, answers, FormName.ITEM, ref=tap.id)
        case "consent":
            await _consent(tap, query.id, person=person, answers=answers, now=now)
        case "object":
            await open_form(state, answers, FormName.OBJECT, ref=tap.id, version=tap.version)
        case "carry":
            done = await plancarry.carry_over(
                tap.id, actor=person.id, via=Via.TELEGRAM, key=f"tap:{query.id}", now=now
            )
            answers.plan(done.plan)
        case _:
            raise Damaged


async def _must_speak(person: PersonView) -> None:
    if not await speaks(person):
        raise NotAllowed


async def _new(partner: int, *, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """For which years? With several partners, first: with which of them?"""
    await _must_speak(person)
    partners = [one.id for one in await parties.partners_of(person.library or 0)]
    chosen = [partner] if partner in partners else partners
    if not partners:
        raise NoAgreement
    if len(chosen) > 1:
        answers.plans(choose=True)
        return
    await open_form(state, answers, FormName.PLAN, ref=chosen[0])


async def _begin(partner: int, year: str, *, person: PersonView, answers: Answers, now: datetime) -> None:
    if not (year.isascii() and year.isdecimal() and len(year) == len("2027")):
        raise Damaged
    answers.plan(await plans.open_plan(person.id, partner, PlanTerm(int(year), int(year)), now))


async def begin(
    data: dict[str, Any], _key: str, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Open the plan of the years that were typed."""
    first, last = (int(year) for year in data["values"]["years"].split("-"))
    answers.plan(await plans.open_plan(person.id, data["ref"], PlanTerm(first, last), now), fresh=True)


async def _consent(tap: Tap, key: str, *, person: PersonView, answers: Answers, now: datetime) -> None:
    intent = ItemIntent(item=0, act=ItemAct.CONSENT, actor=person.id, via=Via.TELEGRAM, key=f"tap:{key}")
    try:
        await planconsent.consent(tap.id, tap.version, intent, now)
    except UnknownPlan:
        raise
    except Refusal as refusal:
        answers.plan(tap.id, refusal=refusal)
        return
    answers.plan(tap.id)


async def object_to(
    data: dict[str, Any], key: str, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Say why the text is not agreed yet."""
    intent = ItemIntent(
        item=0,
        act=ItemAct.OBJECT,
        actor=person.id,
        via=Via.TELEGRAM,
        key=key,
        details={"reason": data["values"]["reason"]},
    )
    await planconsent.object_to(data["ref"], data["version"], intent, now)
    answers.plan(data["ref"], fresh=True)


async def on_item(
    query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Open an item, or do something with it; what needs words asks for them first."""
    if tap.word == "open":
        answers.item(tap.id)
        return
    if tap.word == "calendar":
        answers.plan_days(item=tap.id)
        return
    if tap.word not in set(ItemAct):
        raise Damaged
    act = ItemAct(tap.word)
    await _must_speak(person)
    if act is ItemAct.CHANGE:
        await _change_form(tap, person=person, state=state, answers=answers)
    elif act in ASKS:
        await open_form(state, answers, ASKS[act], ref=tap.id, version=tap.version)
    else:
        intent = _intent(tap.id, act, person, key=f"tap:{query.id}", seen=tap.version)
        await _act(intent, answers, now=now)


async def _change_form(tap: Tap, *, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """The item's own words, to be changed one by one."""
    view = await queries.item(tap.id, person)
    if view is None:
        raise UnknownPlan
    values = {**view.contents.as_json(), "lead": _lead_seen(view)}
    filled = {name: values.get(name, "") for name in ("description", "when", "place", "link", "contact")}
    await open_form(
        state,
        answers,
        FormName.ITEM,
        ref=view.plan,
        version=tap.version,
        item=view.id,
        values={**values, **filled},
    )


def _lead_seen(view: ItemView) -> str:
    if view.contents.lead == BOTH:
        return "both"
    return "own" if view.contents.lead == view.library.code else "partner"


def _intent(
    item: int,
    act: ItemAct,
    person: PersonView,
    *,
    key: str,
    seen: int | None,
    details: dict[str, Any] | None = None,
    files: tuple[int, ...] = (),
) -> ItemIntent:
    return ItemIntent(
        item=item,
        act=act,
        actor=person.id,
        via=Via.TELEGRAM,
        key=key,
        seen=seen,
        details=details or {},
        files=files,
    )


async def _act(intent: ItemIntent, answers: Answers, *, now: datetime, fresh: bool = False) -> None:
    """Do it and show the item, a carried one in its new plan; what is refused is said above it."""
    try:
        done = await plans.act(intent, now)
    except UnknownPlan:
        raise
    except Refusal as refusal:
        answers.item(intent.item, refusal=refusal, fresh=fresh)
        return
    answers.item(done.item, fresh=fresh)


async def explained(
    data: dict[str, Any], key: str, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Do what was asked for, now that its words are there."""
    values = {name: value for name, value in data["values"].items() if value not in ("", None)}
    files = tuple(values.pop("files", ()))
    act = DONE[FormName(data["form"])]
    intent = _intent(data["ref"], act, person, key=key, seen=data["version"], details=values, files=files)
    await _act(intent, answers, now=now, fresh=True)


async def put_forward(
    data: dict[str, Any], key: str, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Propose the item, or the changed version of it."""
    view = await queries.plan(data["ref"], person)
    if view is None:
        raise UnknownPlan
    values = {name: value for name, value in data["values"].items() if name not in {"contact", "files"}}
    leads = {"own": view.library.code, "partner": view.partner.code}
    values["lead"] = leads.get(values.get("lead") or "", BOTH)
    if data["item"]:
        intent = _intent(
            data["item"], ItemAct.CHANGE, person, key=key, seen=data["version"], details={"values": values}
        )
        await _act(intent, answers, now=now)
        return
    done = await plans.propose(
        data["ref"],
        Contents.read(values),
        actor=person.id,
        via=Via.TELEGRAM,
        key=key,
        now=now,
        contact=data["values"].get("contact") or "",
    )
    answers.item(done.item)


async def comment(
    text: str,
    matter: tuple[str, int],
    message: Message,
    *,
    person: PersonView,
    answers: Answers,
    now: datetime,
) -> bool:
    """A reply to a message about an item is a comment on it; False for other matters."""
    seen = await queries.seen_with(matter[1]) if matter[0] == Matter.ITEM else None
    if seen is None or seen.item is None:
        return False
    intent = _intent(
        seen.item,
        ItemAct.COMMENT,
        person,
        key=message_key(message),
        seen=None,
        details={"note": text.strip()[:2500]},
    )
    await plans.act(intent, now)
    answers.say(Say.COMMENT_TOLD)
    return True
