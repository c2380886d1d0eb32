"""The clock of exchanges: what is said of one that stands still, when, and to whom. Pure.

A copy or a loan that is wanted goes on as a request and has the clocks of one. The lengths are those that the
agreement sets for requests; days are counted on the calendar of the library whose turn it is.
"""

from dataclasses import dataclass
from datetime import date

from models.rules.hours import Place
from models.rules.limits import Limits
from models.rules.vocabulary import ExchangeStage, ExchangeStep, Method, Side, Way

TAKER, GIVER = Side.REQUESTING, Side.SUPPLYING


@dataclass(frozen=True, slots=True)
class Due:
    """Something said on `day` to whoever looks after it on some sides, and to the coordinators of others."""

    step: ExchangeStep
    day: date
    keepers: tuple[Side, ...] = ()
    coordinators: tuple[Side, ...] = ()


def turn(stage: ExchangeStage, way: Way | None) -> Side | None:
    """Whose calendar counts; None where the clock is silent."""
    if stage is ExchangeStage.WANTED:
        return GIVER if way is Way.ORIGINAL else None
    if stage is ExchangeStage.SENT:
        return TAKER if way is Way.ORIGINAL else None
    return TAKER if stage is ExchangeStage.OFFERED else None


def steps(
    stage: ExchangeStage, way: Way | None, *, since: date, place: Place, limits: Limits, method: Method | None
) -> tuple[Due, ...]:
    """Everything that is said at this stage, by day; `since` is the day on which it came there."""
    if turn(stage, way) is None:
        return ()
    working = place.calendar.add_working_days
    if stage is ExchangeStage.OFFERED:
        return (Due(ExchangeStep.DECIDE, working(since, limits.decision_coordinator), (TAKER,)),)
    if stage is ExchangeStage.WANTED:
        return (
            Due(ExchangeStep.SEND, working(since, limits.supply), (GIVER,)),
            Due(ExchangeStep.SEND_LATE, working(since, limits.supply_coordinator), (TAKER,), (GIVER,)),
        )
    transit: int = getattr(limits, f"transit_{method or Method.REGISTERED}")
    return (
        Due(ExchangeStep.ARRIVED, place.open_days_after(since, transit), (TAKER,)),
        Due(ExchangeStep.MISSING, place.open_days_after(since, 2 * transit), (GIVER,), (TAKER,)),
    )


def newest(found: tuple[Due, ...], today: date, said: ExchangeStep | None) -> Due | None:
    """The last step whose day has come, unless it was said: after a silence one reminder is enough."""
    come = [one for one in found if one.day <= today]
    return come[-1] if come and come[-1].step is not said else None


def following(found: tuple[Due, ...], today: date) -> date | None:
    """The day of the next step; None when none is left."""
    return next((one.day for one in found if one.day > today), None)
