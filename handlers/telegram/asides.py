"""Mail that was kept aside, in a coordinator's chat."""

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.telegram.answers import Answers
from handlers.telegram.filing import paste
from handlers.telegram.taps import Tapped
from handlers.text.screens import Tap, Verb
from models.operations import asides
from models.queries import parties, traffic
from models.queries.parties import PersonView
from models.queries.traffic import AsideView
from models.rules.errors import Damaged, NotAllowed
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Say


def router() -> Router:
    """The buttons of a kept mail."""
    own = Router(name="asides")
    own.callback_query.register(settle, Tapped(Verb.ASIDE))
    return own


async def settle(
    query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime, state: FSMContext
) -> None:
    """Do what the button says with the mail; a person may answer for their own, the rest is a watcher's."""
    kept = await traffic.aside(tap.id)
    if kept is None:
        raise Damaged
    if tap.extra in OWN and kept.person == person.id:
        await OWN[tap.extra](kept.id, now)
        answers.say(SAID[tap.extra])
        return
    role_allows = may(Right.SEE_ASIDE, Standpoint(person.role))
    if not role_allows or not await parties.watches(person, kept.request, kept.person):
        raise NotAllowed
    await _decide(tap.extra, kept, query.id, person=person, answers=answers, now=now, state=state)


OWN = {"through": asides.let_through, "drop": asides.drop}
"""What the person who is asked "was this you?" may do."""
SAID = {"through": Say.STRAY_THROUGH, "drop": Say.STRAY_LEFT}


async def _decide(
    what: str,
    kept: AsideView,
    key: str,
    *,
    person: PersonView,
    answers: Answers,
    now: datetime,
    state: FSMContext,
) -> None:
    match what:
        case "through" | "drop":
            await OWN[what](kept.id, now)
        case "attach":
            await asides.attach(kept.id, by=person.id, key=key, now=now)
        case "block":
            await asides.block(kept.id, by=person.id, now=now)
        case "new" if not kept.settled:
            # In this order: a tap that fails half-way is tried again, and must find the mail still unsettled.
            text = kept.text.strip() or kept.subject
            await paste(text, person=person, state=state, answers=answers, now=now)
            await asides.drop(kept.id, now)
            return
        case "new" | "show":
            pass
        case _:
            raise Damaged
    answers.aside(kept.id)
