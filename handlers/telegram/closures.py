"""When the own library does not work: seen by everybody, announced by its coordinator."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.closures import MONTHLY_RULE as MONTHLY
from handlers.text.screens import Tap, Verb
from models.operations import closures
from models.queries import closures as closure_queries
from models.queries.parties import PersonView
from models.rules.closures import MonthlyRule
from models.rules.errors import Damaged, NotAllowed
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import DayKind

A_MONTH = len("2026-12")
NOTE = "closure_note"
"""The state in which the next message says why days are closed."""
NONE = frozenset({"-", "–", "—"})


def router() -> Router:
    """`/closures` and its buttons."""
    own = Router(name="closures")
    own.message.register(show, Command("closures"))
    own.callback_query.register(choose, Tapped(Verb.CLOSURE))
    return own


async def show(_message: Message, state: FSMContext, answers: Answers) -> None:
    """What is announced."""
    await state.clear()
    answers.closures()


def _library_of(person: PersonView) -> int:
    """The library whose days the person may change; raises `NotAllowed`."""
    if person.library is None or not may(Right.EDIT_CLOSURES, Standpoint(person.role)):
        raise NotAllowed
    return person.library


async def choose(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Announce days or take them back; a damaged value raises `Damaged`."""
    library = _library_of(person)
    await state.clear()
    if tap.word == "write":
        await _ask(tap, state, answers)
        return
    if tap.word == "day":
        await _day(tap.extra, library, answers, now)
        return
    page = _page(tap)
    try:
        if tap.word == "nth":
            await closures.add_monthly_rule(library, _by_weekday(tap.extra), now=now)
        elif tap.word == "number":
            await closures.add_monthly_rule(library, MonthlyRule(day=int(tap.extra)), now=now)
        elif tap.word == "week":
            await _switch_weekday(library, int(tap.extra), now)
            page = "week"
    except ValueError:
        raise Damaged from None
    await _take_back(tap, library, now)
    answers.closures(page)


async def _ask(tap: Tap, state: FSMContext, answers: Answers) -> None:
    await state.set_state(NOTE)
    await state.set_data({"closure": tap.id, "monthly": tap.extra == MONTHLY})
    answers.closures("write")


async def noted(text: str, *, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """Keep what was typed as the reason of a closure; a dash removes it."""
    library = _library_of(person)
    asked = await state.get_data()
    await state.clear()
    note = "" if text.strip() in NONE else text
    keep = closures.note_monthly_rule if asked["monthly"] else closures.note_closure
    await keep(asked["closure"], library, note)
    answers.closures()


PAGES = frozenset({"", *DayKind, "monthly", "note", "number", "week", *(f"nth.{day}" for day in range(7))})


def _page(tap: Tap) -> str:
    if tap.word != "page":
        return ""
    if tap.extra not in PAGES:
        raise Damaged
    return tap.extra


async def _take_back(tap: Tap, library: int, now: datetime) -> None:
    if tap.word == "drop":
        await closures.remove_closure(tap.id, library, now)
    elif tap.word == "undo":
        await closures.remove_monthly_rule(tap.id, library, now)


def _by_weekday(value: str) -> MonthlyRule:
    weekday, _, nth = value.partition(".")
    return MonthlyRule(weekday=int(weekday), nth=int(nth))


async def _switch_weekday(library: int, weekday: int, now: datetime) -> None:
    """Raises `BadField` for a week without a working day."""
    calendar = await closure_queries.calendar_of(library, (now.year,))
    await closures.set_weekend(library, calendar.weekend ^ {weekday}, now)


async def _day(value: str, library: int, answers: Answers, now: datetime) -> None:
    """`kind.month` or `kind.first.month` turns the calendar; `kind.first`, `kind.first.last` choose."""
    kind, *days = value.split(".")
    if kind not in set(DayKind) or not 1 <= len(days) <= 2:
        raise Damaged
    last = days[-1]
    if len(last) == A_MONTH:
        _read(f"{last}-01")
        answers.closures(kind if len(days) == 1 else f"last.{kind}.{_read(days[0])}", month=last)
    elif len(days) == 1:
        answers.closures(f"last.{kind}.{_read(last)}")
    else:
        await closures.close_days(library, _read(days[0]), _read(last), now=now, kind=DayKind(kind))
        answers.closures()


def _read(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Damaged from None
