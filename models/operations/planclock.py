"""What the clock says of plans: each step once to each person, after any silence only what is still true.

An item tells when its clock has to look at it next, once a day at least. Twice a year the coordinators of
every agreement are asked for a plan and for the report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.engines import transaction
from models.operations import outbox, planteam
from models.operations.clockwork import AT_LEAST, take_due
from models.queries import clocks
from models.queries.parties import PersonView
from models.rules import planning
from models.rules.hours import Place
from models.rules.planning import Contents, ItemStep, PlanTerm, YearStep, read_when
from models.rules.vocabulary import ItemStage, NoticeKind, PlanStepName
from models.tables import Agreement, Person, Plan, PlanEdition, PlanItem, PlanStep

WATCHED = (ItemStage.ACCEPTED, ItemStage.PLANNED)


async def plan(now: datetime) -> int:
    """Take every step of an item that is due; returns how many reminders were written."""
    return await take_due(PlanItem.all(), _take, now)


async def _take(row: PlanItem, now: datetime) -> int:
    watched = row.stage in WATCHED
    async with transaction():
        seen = PlanItem.filter(id=row.id, look_at=row.look_at)
        # Only who still sees the item as it was read goes on: another planner, or an act, makes it anew.
        if not await seen.update(look_at=now + AT_LEAST if watched else None):
            return 0
        return await _remind(row, now) if watched else 0


async def _steps(row: PlanItem, now: datetime) -> list[tuple[int, Place, Sequence[ItemStep]]]:
    """What is said of an item, for each library on its own calendar."""
    plan_row = await Plan.get(id=row.plan_id)
    sides = (plan_row.party_a_id, plan_row.party_b_id)
    years = range(plan_row.first_year, plan_row.last_year + 2)
    works = await clocks.places(sides, sorted({*years, now.year, now.year + 1}))
    when, term = await when_of(row), PlanTerm(plan_row.first_year, plan_row.last_year)
    return [(side, works[side], planning.item_steps(when, term, works[side].calendar)) for side in sides]


async def _remind(row: PlanItem, now: datetime) -> int:
    written = 0
    for side, place, steps in await _steps(row, now):
        newest = planning.latest(steps, place.day(now))[1]
        if newest is None:
            continue
        facts = {"item": row.id, "step": newest.name, "anchor": newest.anchor.isoformat()}
        saying = _Saying(
            about=f"item:{row.id}",
            step=newest.name,
            anchor=newest.anchor,
            kind=NoticeKind.PLAN_CLOCK,
            facts=facts,
        )
        for person in await planteam.audience(side):
            written += await _once(saying, person, place, now)
    return written


async def when_of(row: PlanItem) -> planning.When | None:
    """The day or quarter of the edition that stands."""
    edition = await PlanEdition.get(item_id=row.id, number=row.edition)
    return read_when(Contents.read(edition.contents).when)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """Something to be said once to a person: about what, which step, counted from which day."""

    about: str
    step: PlanStepName
    anchor: date
    kind: NoticeKind
    facts: dict[str, Any]


async def _once(saying: _Saying, person: PersonView, place: Place, now: datetime) -> int:
    """Write it for one person, unless it was; within the caller's transaction."""
    at = place.working_moment(now)
    kept, fresh = await PlanStep.get_or_create(
        about=saying.about,
        step=saying.step,
        anchor=saying.anchor,
        person_id=person.id,
        defaults={"at": at},
    )
    if not fresh:
        return 0
    slips = planteam.slips_to(
        [person],
        saying.kind,
        facts=saying.facts,
        dedupe=f"plan_step:{kept.id}",
        today=place.day(now),
        not_before=at,
    )
    await outbox.write(slips, now)
    return len(slips)


async def plan_years(now: datetime) -> int:
    """Ask for the next year's plan from 1 November and for the report from 15 January, once each.

    Whoever joined after that day was there for neither; a plan that is agreed already is not asked for.
    """
    written = 0
    for side, other, since in await _pairs():
        place = (await clocks.places([side], [now.year, now.year + 1]))[side]
        for step in planning.year_steps(place.day(now)):
            if since <= step.year and not await _is_done(side, other, step):
                written += await _ask(side, other, step, place=place, now=now)
    return written


async def _pairs() -> list[tuple[int, int, int]]:
    """Each library of every living agreement, its partner, the year of signing."""
    rows = await Agreement.filter(ended_on=None).order_by("id")
    pairs = [(row, row.party_a_id, row.party_b_id) for row in rows]
    pairs = [one for row, a, b in pairs for one in ((row, a, b), (row, b, a))]
    return [(side, other, row.signed_on.year) for row, side, other in pairs]


async def _there(side: int, place: Place, step: YearStep) -> list[PersonView]:
    """Who is to be asked: whoever had joined before the day."""
    people = await planteam.audience(side)
    joined = {row.id: row.created_at for row in await Person.filter(id__in=[one.id for one in people])}
    return [one for one in people if place.day(joined[one.id]) < step.day]


async def _is_done(side: int, other: int, step: YearStep) -> bool:
    if step.name is not PlanStepName.NEXT_PLAN:
        return False
    return await Plan.exists(
        party_a_id=min(side, other),
        party_b_id=max(side, other),
        first_year__lte=step.year,
        last_year__gte=step.year,
        agreed_at__not_isnull=True,
    )


async def coming(now: datetime) -> list[tuple[PlanStepName, datetime]]:
    """What is said of items and of whole years from now on, and when. Writes nothing."""
    return [*await _items_ahead(now), *await _years_ahead(now)]


async def _items_ahead(now: datetime) -> list[tuple[PlanStepName, datetime]]:
    found: list[tuple[PlanStepName, datetime]] = []
    for row in await PlanItem.filter(stage__in=[one.value for one in WATCHED]):
        for side, place, steps in await _steps(row, now):
            if await planteam.audience(side):
                found += [(one.name, place.working_moment(place.at(one.day))) for one in steps]
    return found


async def _years_ahead(now: datetime) -> list[tuple[PlanStepName, datetime]]:
    found: list[tuple[PlanStepName, datetime]] = []
    for side, other, since in await _pairs():
        place = (await clocks.places([side], [now.year, now.year + 1]))[side]
        for step in planning.years_ahead(place.day(now)):
            if since > step.year or await _is_done(side, other, step):
                continue
            if await _there(side, place, step):
                found.append((step.name, place.working_moment(place.at(step.day))))
    return found


async def _ask(side: int, other: int, step: YearStep, *, place: Place, now: datetime) -> int:
    saying = _Saying(
        about=f"pair:{min(side, other)}:{max(side, other)}",
        step=step.name,
        anchor=step.day,
        kind=NoticeKind.PLAN_YEAR,
        facts={"partner": other, "step": step.name, "year": step.year},
    )
    there = await _there(side, place, step)
    async with transaction():
        return sum([await _once(saying, one, place, now) for one in there])
