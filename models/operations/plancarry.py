"""Carrying what was not finished to the next year's plan, all of it or an item, in one step and once."""

from datetime import datetime

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import planteam
from models.operations.plans import (
    ItemIntent,
    Planned,
    add_item,
    moved,
    plan_of,
    plan_seen_by,
    planned,
    standing_of,
    unmoved,
)
from models.operations.plantexts import renew_text
from models.queries.parties import PersonView
from models.rules import planning
from models.rules.planning import Contents, PlanTerm
from models.rules.planning.refusals import UnknownPlan
from models.rules.vocabulary import ItemAct, Via
from models.tables import Plan, PlanEdition, PlanEvent, PlanItem


async def carry_over(
    plan: int, *, actor: int, via: Via, key: str, now: datetime, signed_by: str | None = None
) -> Planned:
    """Propose every unfinished item of a plan anew in the plan of the year after it; dates stay behind.

    An item is carried once; carrying again changes nothing more. Raises `NotAllowed`, `UnknownPlan`.
    """
    own = await planteam.speaker(actor)
    following = await _following(await plan_seen_by(plan, own), now)
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


async def carry_item(intent: ItemIntent, now: datetime) -> Planned:
    """Propose one unfinished item anew in the plan of the year after its own. Returns the new item.

    A known (via, key) changes nothing. Raises `NotAllowed`, `UnknownPlan`, `ItemMoved` where another version
    was seen, `ItemNotPossible` for what is finished.
    """
    try:
        async with transaction():
            return await _carry_one(intent, now)
    except IntegrityError:
        return planned(await PlanEvent.get(via=intent.via, key=intent.key), repeated=True)


async def _carry_one(intent: ItemIntent, now: datetime) -> Planned:
    known = await PlanEvent.get_or_none(via=intent.via, key=intent.key)
    if known is not None:
        return planned(known, repeated=True)
    own = await planteam.speaker(intent.actor)
    row = await PlanItem.get_or_none(id=intent.item)
    if row is None:
        raise UnknownPlan
    old = await plan_seen_by(row.plan_id, own)
    await unmoved(row, intent.seen)
    target = await Plan.get(id=await _following(old, now))
    done = await _carry(row, target, own, intent, now=now)
    if done is None:
        raise await moved(row)
    await renew_text(target, now)
    return done


async def _following(old: Plan, now: datetime) -> int:
    year = PlanTerm(old.last_year + 1, old.last_year + 1)
    return await plan_of(old.party_a_id, old.party_b_id, year, now)


async def _carry(
    row: PlanItem, target: Plan, own: PersonView, intent: ItemIntent, *, now: datetime
) -> Planned | None:
    """The item of the new plan; None when somebody was faster."""
    _, after = planning.move_item(
        standing_of(row), ItemAct.CARRY, own=row.author_id == own.library, details={}
    )
    taken = await PlanItem.filter(id=row.id, version=row.version).update(
        stage=after.stage, version=row.version + 1, updated_at=now, look_at=None
    )
    if not taken:
        return None
    edition = await PlanEdition.get(item_id=row.id, number=row.accepted or row.edition)
    contents = Contents.read(edition.contents).with_changes({"when": ""})
    return await add_item(target, contents, own, intent, now=now, contacts=row.contacts, carried_from=row.id)
