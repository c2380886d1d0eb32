"""Mail that was kept aside, in a coordinator's chat."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb
from models.operations import asides
from models.queries.parties import PersonView
from models.rules.errors import Damaged, NotAllowed
from models.rules.permissions import Right, Standpoint, may


def router() -> Router:
    """The buttons of a kept mail."""
    own = Router(name="asides")
    own.callback_query.register(settle, Tapped(Verb.ASIDE))
    return own


async def settle(query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime) -> None:
    """Set a kept mail aside for good, or add its words to the request as a comment."""
    if not may(Right.SEE_ASIDE, Standpoint(person.role)):
        raise NotAllowed
    if tap.extra == "attach":
        await asides.attach(tap.id, by=person.id, key=query.id, now=now)
    elif tap.extra == "drop":
        await asides.drop(tap.id, now)
    else:
        raise Damaged
    answers.aside(tap.id)
