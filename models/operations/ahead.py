"""What the clocks bring next by themselves, of whatever kind. Writes nothing."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from models.operations import planclock, renewals
from models.operations.gaps import clock as exchange_clock
from models.queries import clocks
from models.rules.reminders import Due
from models.rules.vocabulary import ExchangeStep, PlanStepName, RenewalStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A step of a request, of an exchange, of an agreement or of a plan, and when somebody hears of it."""

    step: Due | RenewalStep | PlanStepName | ExchangeStep
    at: datetime


async def coming(now: datetime) -> Ahead | None:
    """The earliest step after `now`, if nobody does anything until then; of two at once an agreement's."""
    request = await clocks.coming(now)
    found = [Ahead(step=step, at=at) for step, at in await renewals.coming(now)]
    found += [Ahead(step=request.due, at=request.at)] if request else []
    found += [Ahead(step=step, at=at) for step, at in await planclock.coming(now)]
    found += [Ahead(step=step, at=at) for step, at in await exchange_clock.coming(now)]
    return min((one for one in found if one.at > now), key=attrgetter("at"), default=None)
