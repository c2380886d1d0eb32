"""Requests as the clocks see them: the facts of many at once, deadlines, whether a reminder still holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.queries.closures import calendars_of
from models.rules import reminders
from models.rules.hours import Place
from models.rules.lifecycle import OPEN
from models.rules.limits import Limits
from models.rules.reminders import Case, Due
from models.rules.vocabulary import Act, Clock, Flag, Method, Side, Stage
from models.tables import Agreement, Event, Library, Reminder, Request

QUESTION = "question"
SENT = "sent"
ASKED = {Act.ASK_RENEWAL: Flag.RENEWAL_ASKED, Act.RECALL: Flag.RECALLED}


async def places(libraries: Iterable[int], years: Iterable[int]) -> dict[int, Place]:
    """Where and when these libraries work, in `years`."""
    wanted = set(libraries)
    calendars = await calendars_of(wanted, years)
    zones = await Library.filter(id__in=list(wanted)).values_list("id", "timezone")
    return {number: Place(calendars[number], zone) for number, zone in zones}


async def cases(rows: Sequence[Request], today: date) -> dict[int, Case]:
    """The facts of these requests by number, read together."""
    if not rows:
        return {}
    years = range(min(row.created_at.year for row in rows) - 1, today.year + 2)
    works = await places({number for row in rows for number in (row.requesting_id, row.supplying_id)}, years)
    terms = await _terms({row.agreement_id for row in rows})
    asked = await _asked(rows)
    put = await _questions(rows, works)
    return {
        row.id: _case(row, works, terms[row.agreement_id], asked=asked[row.id], put=put.get(row.id))
        for row in rows
    }


def _case(
    row: Request, works: dict[int, Place], terms: "_Terms", *, asked: dict[Act, datetime], put: date | None
) -> Case:
    back = "back_" if row.stage is Stage.RETURNING else ""
    sent_on = row.dispatch.get(f"{back}sent_on")
    method = row.dispatch.get(f"{back}method") or row.dispatch.get("method")
    return Case(
        stage=row.stage,
        flags=frozenset(Flag(flag) for flag in row.flags),
        places={Side.REQUESTING: works[row.requesting_id], Side.SUPPLYING: works[row.supplying_id]},
        turn_since=row.turn_since,
        stage_since=row.stage_since,
        touched_at=row.updated_at,
        urgent=row.urgent,
        limits=terms.limits,
        needed_by=row.needed_by,
        until=row.until,
        due=row.due,
        waited_on=row.waited_on,
        asked_on=put,
        sent_on=date.fromisoformat(sent_on) if sent_on else None,
        method=Method(method) if method else None,
        renewal_asked_at=asked.get(Act.ASK_RENEWAL),
        recalled_at=asked.get(Act.RECALL),
        over=terms.over,
    )


@dataclass(frozen=True, slots=True)
class _Terms:
    """What an agreement says of the clocks under it."""

    limits: Limits
    over: bool


async def _terms(agreements: Iterable[int]) -> dict[int, _Terms]:
    rows = Agreement.filter(id__in=list(agreements))
    found: list[tuple[int, Any, date | None]] = await rows.values_list("id", "clocks", "ended_on")
    return {number: _Terms(Limits.of(settled), ended is not None) for number, settled, ended in found}


async def _asked(rows: Sequence[Request]) -> dict[int, dict[Act, datetime]]:
    """When the renewal or the early return that is still open was asked."""
    found: dict[int, dict[Act, datetime]] = defaultdict(dict)
    flagged = [row.id for row in rows if {*ASKED.values()} & {*row.flags}]
    if flagged:
        asking = Event.filter(request_id__in=flagged, act__in=list(ASKED), undone=False).order_by("id")
        for event in await asking:
            found[event.request_id][event.act] = event.at
    return found


async def _questions(rows: Sequence[Request], works: dict[int, Place]) -> dict[int, date]:
    """On which day "do you still wait?" was put about the needed-by date as it is now."""
    needed = {row.id: row for row in rows if row.needed_by}
    if not needed:
        return {}
    put = await Reminder.filter(
        request_id__in=list(needed), clock=Clock.NEEDED_BY, step=QUESTION, state=SENT
    ).order_by("-at")
    return {
        one.request_id: works[needed[one.request_id].requesting_id].day(one.at)
        for one in put
        if one.anchor == needed[one.request_id].needed_by
    }


async def deadlines(rows: Sequence[Request], today: date) -> dict[int, date | None]:
    """Until when somebody has to act on each of these."""
    return {number: reminders.deadline(case) for number, case in (await cases(rows, today)).items()}


async def still(request: int, clock: Clock, step: str, *, anchor: date, now: datetime) -> Due | None:
    """The step of a reminder, if what it says is still so; None once it is not."""
    row = await Request.get_or_none(id=request)
    if row is None:
        return None
    case = (await cases([row], now))[row.id]
    return reminders.still(reminders.due(case, now), clock, step, anchor=anchor)


async def asks_whether_to_wait(row: Request, zone: str) -> bool:
    """Whether the requesting library, in that zone, was asked "wait or give up?" and has not said."""
    asked = Reminder.filter(request_id=row.id, step=QUESTION, state=SENT)
    newest = await asked.filter(clock__in=[Clock.ANSWER, Clock.NEEDED_BY]).order_by("-at").first()
    if newest is None:
        return False
    return row.waited_on is None or newest.at.astimezone(ZoneInfo(zone)).date() > row.waited_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What the clocks bring next, and when."""

    due: Due
    at: datetime


async def coming(now: datetime) -> Coming | None:
    """The earliest step ahead over all open requests, at the opening hour of the library it counts for."""
    rows = await Request.filter(stage__in=[stage.value for stage in OPEN])
    steps = [
        Coming(due=one, at=place.working_moment(place.at(one.day)))
        for case in (await cases(rows, now)).values()
        for one in reminders.schedule(case)
        for place in [case.places[one.side]]
    ]
    return min((one for one in steps if one.at > now), key=lambda one: one.at, default=None)
