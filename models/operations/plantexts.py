"""The text of a plan, made anew with every change of what both sides accepted; none is ever lost."""

from datetime import datetime

from models.rules import planning
from models.rules.planning import Contents, PlanTerm
from models.tables import Library, Plan, PlanEdition, PlanItem, PlanText


async def renew_text(plan: Plan, now: datetime) -> None:
    """Keep the text as it now stands, if it says something new; in the caller's transaction."""
    term = PlanTerm(plan.first_year, plan.last_year)
    accepted = await _accepted(plan.id)
    libraries = [await Library.get(id=number) for number in (plan.party_a_id, plan.party_b_id)]
    body = planning.plan_text(term, (libraries[0].code, libraries[1].code), accepted)
    mark = planning.digest(body)
    row = await Plan.filter(id=plan.id).select_for_update().get()
    newest = await PlanText.get_or_none(plan_id=plan.id, number=row.text)
    if (newest is None and not accepted) or (newest is not None and newest.digest == mark):
        return
    await PlanText.create(plan_id=plan.id, number=row.text + 1, digest=mark, body=body, at=now)
    await Plan.filter(id=plan.id).update(text=row.text + 1)


async def _accepted(plan: int) -> list[tuple[int, Contents]]:
    """The accepted editions of the plan's items, by number."""
    rows = await PlanItem.filter(plan_id=plan, accepted__not_isnull=True).order_by("number")
    kept = {row.id: row for row in rows if row.stage in planning.IN_TEXT}
    editions = await PlanEdition.filter(item_id__in=list(kept))
    pairs = [
        (kept[one.item_id].number, Contents.read(one.contents))
        for one in editions
        if one.number == kept[one.item_id].accepted
    ]
    return sorted(pairs, key=lambda pair: pair[0])
