"""When libraries work: their announced days and the calendars that follow from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.rules.closures import MonthlyRule, Span, calendar_with
from models.rules.vocabulary import DayKind
from models.rules.workdays import Calendar
from models.tables import Closure, Library, MonthlyClosure


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureView:
    """Announced days of a library."""

    id: int
    first: date
    last: date
    kind: DayKind
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyView:
    """A day closed every month."""

    id: int
    rule: MonthlyRule
    note: str | None


async def closures_of(library: int, *, since: date | None = None) -> list[ClosureView]:
    """What a library announced, earliest first; with `since`, what has not ended before that day."""
    rows = Closure.filter(library_id=library).order_by("first_day", "id")
    found = await (rows.filter(last_day__gte=since) if since else rows)
    return [
        ClosureView(id=row.id, first=row.first_day, last=row.last_day, kind=row.kind, note=row.note)
        for row in found
    ]


async def monthly_rules_of(library: int) -> list[MonthlyView]:
    """The days that a library closes every month."""
    rows = await MonthlyClosure.filter(library_id=library).order_by("id")
    return [MonthlyView(id=row.id, rule=_rule(row), note=row.note) for row in rows]


async def calendar_of(library: int, years: Iterable[int]) -> Calendar:
    """The calendar of a library, its monthly rules spelled out for `years`."""
    return (await calendars_of([library], years))[library]


async def calendars_of(libraries: Iterable[int], years: Iterable[int]) -> dict[int, Calendar]:
    """The calendars of several libraries, in three reads."""
    wanted, spelled = list(set(libraries)), list(years)
    spans = await Closure.filter(library_id__in=wanted)
    rules = await MonthlyClosure.filter(library_id__in=wanted)
    return {
        row.id: calendar_with(
            row.country,
            row.weekend,
            spans=[_span(one) for one in spans if one.library_id == row.id],
            rules=[_rule(one) for one in rules if one.library_id == row.id],
            years=spelled,
        )
        for row in await Library.filter(id__in=wanted)
    }


def _span(row: Closure) -> Span:
    return Span(first=row.first_day, last=row.last_day, kind=row.kind)


def _rule(row: MonthlyClosure) -> MonthlyRule:
    return MonthlyRule(weekday=row.weekday, nth=row.nth, day=row.day)
