"""A request from its first word to its sending: paste anything, or be asked one thing at a time."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.settings import in_any_language
from handlers.telegram.taps import Tapped
from handlers.text import labels
from handlers.text.calendar import is_month, typed_date
from handlers.text.forms import ALSO_FIELD, EDITING
from handlers.text.screens import Tap, Verb
from models.operations import drafts, letters
from models.operations.drafts import Changes
from models.queries import drafts as draft_queries
from models.queries import parties
from models.queries.drafts import DraftView
from models.queries.parties import PersonView
from models.rules import form
from models.rules.citation import FieldProblem, edit_line, missing, parse_field, understand
from models.rules.errors import BadField, Damaged, DraftGone, Missing, Refusal
from models.rules.filing import NAMELESS, values_of, without_reader
from models.rules.prose import looks_like_citation
from models.rules.vocabulary import Service, Via

FORM = "form"


def router() -> Router:
    """Commands and buttons of the form; typed answers come through `answer`."""
    own = Router(name="filing")
    own.message.register(new, Command("new"))
    own.message.register(new, F.text.in_(in_any_language(labels.NEW_REQUEST)))
    own.callback_query.register(choose_service, Tapped(Verb.NEW))
    own.callback_query.register(choose_field, Tapped(Verb.FIELD))
    own.callback_query.register(pick, Tapped(Verb.PICK))
    own.callback_query.register(on_draft, Tapped(Verb.DRAFT))
    return own


async def new(_message: Message, state: FSMContext, answers: Answers) -> None:
    """Loan or copy?"""
    await state.clear()
    answers.form(None)


async def choose_service(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Open a draft and ask its first question."""
    if tap.word not in set(Service):
        raise Damaged
    service = Service(tap.word)
    step = form.next_step(service, {}, after=None)
    supplying = await first_partner(person)
    draft = await drafts.start(person.id, service, now, values={}, step=step, supplying=supplying)
    await open_draft(state, draft)
    answers.form(draft)


async def first_partner(person: PersonView) -> int | None:
    """The library asked last, else the first one with an agreement in force."""
    partners = await parties.partners_of(person.library or 0)
    return partners[0].id if partners else None


async def open_draft(state: FSMContext, draft: int) -> None:
    """The next typed answer goes into this draft."""
    await state.set_state(FORM)
    await state.set_data({"draft": draft})


async def paste(text: str, *, person: PersonView, state: FSMContext, answers: Answers, now: datetime) -> None:
    """Understand whatever was pasted; what is mandatory and missing is asked, the rest can be edited."""
    kept, reader = without_reader(text)
    citation = understand(kept)
    values = values_of(citation)
    service = citation.service
    is_request = looks_like_citation(kept, values)
    draft = await drafts.start(
        person.id,
        service,
        now,
        values=values,
        step=_first_step(service, values) if is_request else None,
        supplying=await first_partner(person),
        reader=reader,
        letter=None if is_request else {"subject": "", "text": kept.strip(), "language": person.language},
    )
    if not is_request:
        answers.meant_as(draft)
        return
    await open_draft(state, draft)
    doubts = [BadField(field=one.field, kind=one.kind) for one in citation.doubts if one.field in form.ALL]
    answers.form(draft, problem=next(iter(doubts), None))


def _first_step(service: Service, values: dict[str, Any]) -> str | None:
    """The first thing that is mandatory and missing; None where the review can come."""
    return None if form.is_complete(service, values) else form.ALONE + missing(service, values)[0]


async def answer(
    text: str, draft: DraftView, *, person: PersonView, answers: Answers, now: datetime, zone: str
) -> bool:
    """A typed answer to the open question, or a line that edits one field; False when it is neither."""
    edited = _edited(text)
    if edited is not None and draft.step in (None, EDITING):
        name, value = edited
        await _fill(draft, name, value, person=person, answers=answers, now=now, zone=zone)
        return True
    if draft.step is None or draft.step == EDITING:
        return False
    await _fill(draft, draft.field or "", text, person=person, answers=answers, now=now, zone=zone)
    return True


def _edited(text: str) -> tuple[str, str] | None:
    """The field that a line such as "pages: 12–40" or "reader: A-1" edits, and its new value."""
    slip = without_reader(text)
    if slip.reader and not slip.text.strip():
        return form.READER, slip.reader
    return edit_line(text)


async def _fill(
    draft: DraftView,
    name: str,
    text: str,
    *,
    person: PersonView,
    answers: Answers,
    now: datetime,
    zone: str,
) -> None:
    try:
        changes = _changes(draft, name, text, today=now.astimezone(ZoneInfo(zone)).date())
    except BadField as problem:
        answers.form(draft.id, problem=problem)
        return
    service = changes.service or draft.service
    values = {**draft.values, **(changes.values or {})}
    step = form.next_step(service, values, after=name) if draft.walking else None
    await drafts.change(draft.id, person.id, now, changes=_with_step(changes, step))
    answers.form(draft.id)


def _with_step(changes: Changes, step: str | None) -> Changes:
    return Changes(values=changes.values, service=changes.service, reader=changes.reader, step=step)


def _changes(draft: DraftView, name: str, text: str, *, today: date) -> Changes:
    """What a typed answer writes into the draft. A whole citation typed as a title fills all it holds.

    Raises `BadField`.
    """
    if name == form.READER:
        return Changes(reader=text.strip()[:200])
    if name == "title" and (found := _whole_citation(text, draft)):
        return found
    if name == "needed_by":
        return Changes(values={name: _needed_by(text, today).isoformat()})
    return Changes(values={name: _value(name, text)})


def _value(name: str, text: str) -> str | int:
    """One field as it is stored; raises `BadField`."""
    value = parse_field(name, text)
    if isinstance(value, FieldProblem):
        raise BadField(field=name, kind=value.kind, limit=value.limit)
    return value.isoformat() if isinstance(value, date) else value


def _whole_citation(text: str, draft: DraftView) -> Changes | None:
    kept, reader = without_reader(text)
    values = values_of(understand(kept))
    told = values.keys() - NAMELESS
    if not told or ("title" not in values and not told & {"isbn", "issn", "doi", "url"}):
        return None
    return Changes(values={**draft.values, **values}, reader=reader)


def _needed_by(text: str, today: date) -> date:
    day = typed_date(text, today)
    if day is None:
        raise BadField(field="needed_by", kind="not_a_date")
    if day < today:
        raise BadField(field="needed_by", kind="in_the_past")
    return day


async def choose_field(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Ask for one field again."""
    draft = await _own_draft(tap.id, person)
    if tap.word not in form.EDITABLE[draft.service]:
        raise Damaged
    await drafts.change(draft.id, person.id, now, changes=Changes(step=form.ALONE + tap.word))
    await open_draft(state, draft.id)
    answers.form(draft.id)


async def _own_draft(draft_id: int, person: PersonView) -> DraftView:
    draft = await draft_queries.draft(draft_id, person.id)
    if draft is None:
        raise DraftGone
    return draft


async def pick(
    _query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime, zone: str
) -> None:
    """A day, a purpose or a library chosen by button; a month turns the calendar."""
    draft = await _own_draft(tap.id, person)
    if tap.word == "needed_by" and is_month(tap.extra):
        answers.form(draft.id, month=tap.extra)
        return
    if tap.word == "partner":
        allowed = {one.id for one in await parties.partners_of(person.library or 0)}
        chosen = int(tap.extra) if tap.extra.isdigit() and int(tap.extra) in allowed else None
        await drafts.change(draft.id, person.id, now, changes=Changes(supplying=chosen))
        answers.form(draft.id)
        return
    if tap.word == ALSO_FIELD:
        await _toggle(draft, tap.extra, person=person, answers=answers, now=now)
        return
    if tap.word not in form.EDITABLE[draft.service]:
        raise Damaged
    await _fill(draft, tap.word, tap.extra, person=person, answers=answers, now=now, zone=zone)


async def _toggle(
    draft: DraftView, also: str, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Add or take off something that would do as well; raises `Damaged` for what is none of it."""
    if also not in form.ALTERNATIVES[draft.service]:
        raise Damaged
    chosen = form.toggled(draft.values.get(ALSO_FIELD, ()), also)
    changes = Changes(values={ALSO_FIELD: chosen}, step=form.ALONE + ALSO_FIELD)
    await drafts.change(draft.id, person.id, now, changes=changes)
    answers.form(draft.id)


async def on_draft(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Skip, back, review, edit, switch the service, choose the library, send, drop."""
    what, _, step = tap.extra.partition(".")
    if what in {"send", "again"}:
        first = what == "send"
        await _send(tap.id, person=person, state=state, answers=answers, now=now, unless_asked=first)
        return
    if what == "drop":
        if not await drafts.drop(tap.id, person.id):
            raise DraftGone
        await state.clear()
        answers.form_closed()
        return
    draft = await _own_draft(tap.id, person)
    if what == "letter":
        sent = await letters.send_draft(
            draft.id, author=person.id, via=Via.TELEGRAM, key=f"draft:{draft.id}", now=now
        )
        answers.letter_sent(sent.letter)
        return
    await open_draft(state, draft.id)
    if what == "partner":
        answers.form(draft.id, partners=True)
        return
    await drafts.change(draft.id, person.id, now, changes=_navigation(draft, what, step))
    answers.form(draft.id)


def _navigation(draft: DraftView, what: str, step: str) -> Changes:
    if what == "skip":
        return Changes(step=form.next_step(draft.service, draft.values, after=step))
    if what == "back":
        return Changes(step=form.previous_step(draft.service, step))
    if (other := _other_service(draft, what, step)) is not None:
        return Changes(service=other, step=_first_step(other, draft.values))
    if what == "file":
        return Changes(step=_first_step(draft.service, draft.values))
    return Changes(step=EDITING if what == EDITING else None)


def _other_service(draft: DraftView, what: str, named: str) -> Service | None:
    """The service that a button of the review names; `switch` is what older reviews still say."""
    if what == "switch":
        return Service.COPY if draft.service is Service.LOAN else Service.LOAN
    return Service(named) if what == "as" and named in set(Service) else None


async def _send(
    draft_id: int,
    *,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    unless_asked: bool,
) -> None:
    """Make it a request. A second tap on the same button shows the request that the first one made."""
    try:
        outcome = await drafts.submit(
            draft_id,
            author=person.id,
            via=Via.TELEGRAM,
            key=f"draft:{draft_id}",
            now=now,
            unless_asked=unless_asked,
        )
    except Missing as lacking:
        step = form.ALONE + lacking.detail
        await drafts.change(draft_id, person.id, now, changes=Changes(step=step))
        await open_draft(state, draft_id)
        answers.form(draft_id, problem=lacking)
        return
    except DraftGone:
        raise
    except Refusal as refusal:
        answers.form(draft_id, problem=refusal)
        return
    await state.clear()
    answers.card(outcome.request)
