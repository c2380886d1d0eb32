"""Away until a day, and who stands in: one's own, or a colleague's for a coordinator."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb, row_number
from models.operations import preferences
from models.queries.parties import PersonView
from models.rules.errors import Damaged, NotAllowed
from models.rules.permissions import Right, Standpoint, may

A_MONTH = len("2026-12")


def router() -> Router:
    """The buttons of an absence."""
    own = Router(name="absences")
    own.callback_query.register(change, Tapped(Verb.AWAY))
    return own


async def change(_query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers) -> None:
    """Turn the calendar, choose the last day, choose who stands in, be back."""
    who = tap.id or person.id
    if who != person.id and not may(Right.MANAGE_STAFF, Standpoint(person.role)):
        raise NotAllowed
    if tap.word == "day" and len(tap.extra) > A_MONTH:
        answers.away(who, day=_day(tap.extra).isoformat())
        return
    if tap.word == "deputy":
        day, _, deputy = tap.extra.partition(".")
        number = row_number(deputy)
        if number is None:
            raise Damaged
        await preferences.go_away(who, _day(day), deputy=number or None, by=person.id)
    if tap.word == "present":
        await preferences.come_back(who, by=person.id)
    month = f"{_day(tap.extra + '-01'):%Y-%m}" if tap.word == "day" else ""
    answers.away(who, month=month)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Damaged from None
