"""Carrying everything that was not finished to the next year's plan, in one step and once."""

from datetime import datetime

from models.engines import transaction
from models.operations import planteam
from models.operations.plans import (
    ItemIntent,
    Planned,
    following,
    plan_seen_by,
    propose_again,
    standing_of,
    take_step,
)
from models.operations.plantexts import renew_text
from models.queries.parties import PersonView
from models.rules import planning
from models.rules.vocabulary import ItemAct, Via
from models.tables import Plan, PlanItem


async def carry_over(
    plan: int, *, actor: int, via: Via, key: str, now: datetime, signed_by: str | None = None
) -> Planned:
    """Propose every unfinished item of a plan anew in the plan of the year after it; dates stay behind.

    An item is carried once; carrying again changes nothing more. Raises `NotAllowed`, `UnknownPlan`.
    """
    own = await planteam.speaker(actor)
    number = await following(await plan_seen_by(plan, own), now)
    async with transaction():
        target = await Plan.filter(id=number).select_for_update().get()
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
    return Planned(plan=number, item=0, event=0, repeated=not rows)


async def _carry(row: PlanItem, target: Plan, own: PersonView, intent: ItemIntent, *, now: datetime) -> None:
    """Nothing is left to do where somebody was faster."""
    step, after = planning.move_item(
        standing_of(row), intent.act, own=row.author_id == own.library, details={}
    )
    if await take_step(row, step, after, own=own, intent=intent, now=now):
        await propose_again(row, target, own, intent, now=now)
