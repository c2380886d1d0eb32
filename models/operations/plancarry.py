"""Carrying what was not finished to the next year's plan, in one step and once."""

from datetime import datetime

from models.engines import transaction
from models.operations import planteam
from models.operations.plans import (
    ItemIntent,
    Planned,
    add_item,
    plan_of,
    plan_seen_by,
    standing_of,
)
from models.operations.plantexts import renew_text
from models.queries.parties import PersonView
from models.rules import planning
from models.rules.planning import Contents, PlanTerm
from models.rules.vocabulary import ItemAct, Via
from models.tables import Plan, PlanEdition, PlanItem


async def carry_over(
    plan: int, *, actor: int, via: Via, key: str, now: datetime, signed_by: str | None = None
) -> Planned:
    """Propose every unfinished item of a plan anew in the plan of the year after it; dates stay behind.

    An item is carried once; carrying again changes nothing more. Raises `NotAllowed`, `UnknownPlan`.
    """
    own = await planteam.speaker(actor)
    old = await plan_seen_by(plan, own)
    year = PlanTerm(old.last_year + 1, old.last_year + 1)
    following = await plan_of(old.party_a_id, old.party_b_id, year, now)
    async with transaction():
        target = await Plan.filter(id=following).select_for_update().get()
        stages = [stage.value for stage in planning.UNFINISHED]
        rows = await PlanItem.filter(plan_id=plan, stage__in=stages).order_by("number")
        for row in rows:
            intent = ItemIntent(
                item=row.id,
                act=ItemAct.CARRY,
                actor=actor,
                via=via,
                key=f"{key}:{row.id}",
                signed_by=signed_by,
            )
            await _carry(row, target, own, intent, now=now)
        await renew_text(target, now)
    return Planned(plan=following, item=0, event=0, repeated=not rows)


async def _carry(row: PlanItem, target: Plan, own: PersonView, intent: ItemIntent, *, now: datetime) -> None:
    after = planning.move_item(standing_of(row), ItemAct.CARRY, own=row.author_id == own.library, details={})[
        1
    ]
    taken = await PlanItem.filter(id=row.id, version=row.version).update(
        stage=after.stage, version=row.version + 1, updated_at=now, look_at=None
    )
    if not taken:
        return
    edition = await PlanEdition.get(item_id=row.id, number=row.accepted or row.edition)
    contents = Contents.read(edition.contents).with_changes({"when": ""})
    await add_item(target, contents, own, intent, now=now, contacts=row.contacts, carried_from=row.id)
