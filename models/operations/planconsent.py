"""Agreeing to a plan: each side consents to one text of it, letter for letter."""

from datetime import datetime

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import planteam
from models.operations.plans import ItemIntent, Planned, plan_seen_by, standing_of, tell
from models.queries.parties import PersonView
from models.rules.planning import PlanTerm
from models.rules.planning.life import agreed
from models.rules.planning.refusals import ItemLacks, NothingToAgree, OlderText
from models.rules.vocabulary import ItemAct
from models.tables import Plan, PlanConsent, PlanEvent, PlanItem, PlanText


async def consent(plan: int, text: int, intent: ItemIntent, now: datetime) -> Planned:
    """Agree to text number `text` of a plan; once both sides did, what it holds is planned.

    A known (via, key) and a second consent to the same text change nothing. Raises `NotAllowed`,
    `UnknownPlan`, `NothingToAgree`, and `OlderText` for a text that is not the newest.
    """
    try:
        async with transaction():
            return await _consent(plan, text, intent, now)
    except IntegrityError:
        return await _repeated(intent)


async def _consent(plan: int, text: int, intent: ItemIntent, now: datetime) -> Planned:
    known = await PlanEvent.get_or_none(via=intent.via, key=intent.key)
    if known is not None:
        return Planned(plan=known.plan_id, item=0, event=known.id, repeated=True)
    own = await planteam.speaker(intent.actor)
    await plan_seen_by(plan, own)
    row = await Plan.filter(id=plan).select_for_update().get()
    standing = await _text(row, text)
    if given := await PlanConsent.get_or_none(text_id=standing.id, library_id=own.library):
        event = await PlanEvent.filter(plan_id=plan, act=ItemAct.CONSENT, library_id=given.library_id)
        return Planned(plan=plan, item=0, event=event[-1].id, repeated=True)
    await PlanConsent.create(text_id=standing.id, library_id=own.library, person_id=own.id, at=now)
    both = await PlanConsent.filter(text_id=standing.id).count() == len((row.party_a_id, row.party_b_id))
    if both:
        await _agree(row, standing, now)
    act = ItemAct.AGREE if both else ItemAct.CONSENT
    event_row = await _event(row, standing, own, act, intent=intent, now=now)
    await tell(event_row, own, now, both=both)
    return Planned(plan=plan, item=0, event=event_row.id)


async def _text(plan: Plan, number: int) -> PlanText:
    """The text that was consented to, if it is the one that stands."""
    if not plan.text:
        raise NothingToAgree
    if number != plan.text:
        raise OlderText(term=str(PlanTerm(plan.first_year, plan.last_year)))
    return await PlanText.get(plan_id=plan.id, number=number)


async def _agree(plan: Plan, text: PlanText, now: datetime) -> None:
    await Plan.filter(id=plan.id).update(agreed_text=text.number, agreed_at=now)
    for item in await PlanItem.filter(plan_id=plan.id, accepted__not_isnull=True):
        after = agreed(standing_of(item))
        if after is not None:
            await PlanItem.filter(id=item.id).update(
                stage=after.stage,
                before=after.before,
                version=item.version + 1,
                look_at=now,
                updated_at=now,
            )


async def object_to(plan: int, text: int, intent: ItemIntent, now: datetime) -> Planned:
    """Say why the own side does not agree to a text yet; nothing else changes.

    A known (via, key) changes nothing. Raises `NotAllowed`, `UnknownPlan`, `ItemLacks` without a reason.
    """
    if not intent.details.get("reason"):
        raise ItemLacks(act=ItemAct.OBJECT, detail="reason")
    try:
        async with transaction():
            own = await planteam.speaker(intent.actor)
            row = await plan_seen_by(plan, own)
            standing = await PlanText.get_or_none(plan_id=plan, number=text)
            event = await _event(row, standing, own, ItemAct.OBJECT, intent=intent, now=now)
            await tell(event, own, now)
            return Planned(plan=plan, item=0, event=event.id)
    except IntegrityError:
        return await _repeated(intent)


async def _event(
    plan: Plan,
    text: PlanText | None,
    own: PersonView,
    act: ItemAct,
    *,
    intent: ItemIntent,
    now: datetime,
) -> PlanEvent:
    return await PlanEvent.create(
        plan_id=plan.id,
        act=act,
        library_id=own.library,
        person_id=own.id,
        signed_by=intent.signed_by,
        text=text.number if text else None,
        details=dict(intent.details),
        via=intent.via,
        key=intent.key,
        at=now,
    )


async def _repeated(intent: ItemIntent) -> Planned:
    known = await PlanEvent.get(via=intent.via, key=intent.key)
    return Planned(plan=known.plan_id, item=0, event=known.id, repeated=True)
