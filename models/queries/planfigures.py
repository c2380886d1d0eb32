"""Plans in figures, for the yearly report: items by clause and stage, results with who took part."""

from dataclasses import dataclass
from datetime import date, datetime

from models.rules.planning import CLAUSES, Contents
from models.rules.vocabulary import ItemAct, ItemKind, ItemStage
from models.tables import PlanEdition, PlanEvent, PlanItem


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigure:
    """A line of the yearly report: how many items of a clause stand how."""

    clause: str
    kind: ItemKind
    stage: ItemStage
    items: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.items)


async def figures(one: int, other: int, first: date, last: date) -> list[PlanFigure]:
    """The items of two libraries' plans of these years by clause, kind and stage, in the clauses' order.

    Every number opens the list behind it: `items` holds the numbers of their rows.
    """
    rows = await PlanItem.filter(
        plan__party_a_id=min(one, other),
        plan__party_b_id=max(one, other),
        plan__first_year__lte=last.year,
        plan__last_year__gte=first.year,
    ).order_by("id")
    found: dict[tuple[str, ItemKind, ItemStage], list[int]] = {}
    for row in rows:
        found.setdefault((CLAUSES[row.kind], row.kind, row.stage), []).append(row.id)
    return [
        PlanFigure(clause=clause, kind=kind, stage=stage, items=tuple(items))
        for (clause, kind, stage), items in sorted(found.items())
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """A finished item for the report: what came of it and how many took part on each side."""

    item: int
    title: str
    kind: ItemKind
    when: str
    result: str
    participants: dict[int, int]
    at: datetime


async def results(one: int, other: int, first: date, last: date) -> list[ResultView]:
    """What was done in these years, each with the newest word about it, by number."""
    rows = await PlanItem.filter(
        plan__party_a_id=min(one, other),
        plan__party_b_id=max(one, other),
        plan__first_year__lte=last.year,
        plan__last_year__gte=first.year,
        stage=ItemStage.DONE,
    ).order_by("plan__first_year", "number")
    return [await _result(row) for row in rows]


async def _result(row: PlanItem) -> ResultView:
    said = await PlanEvent.filter(item_id=row.id, act=ItemAct.REPORT).order_by("id").prefetch_related("plan")
    newest = said[-1]
    contents = Contents.read((await PlanEdition.get(item_id=row.id, number=row.edition)).contents)
    participants: dict[int, int] = {}
    for event in said:
        other = event.plan.party_b_id if event.plan.party_a_id == event.library_id else event.plan.party_a_id
        given = {event.library_id: event.details.get("ours"), other: event.details.get("theirs")}
        participants |= {side: count for side, count in given.items() if count is not None}
    return ResultView(
        item=row.id,
        title=contents.title,
        kind=row.kind,
        when=contents.when,
        result=newest.details["result"],
        participants=participants,
        at=newest.at,
    )
