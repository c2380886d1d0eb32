"""What happens to a plan's items: proposed, answered, changed, reported. One function is one transaction.

Every act has a key, and the item a version: a repeated tap or mail changes nothing, and of two acts on the
same version one is refused with what the other one did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import outbox, planteam
from models.operations.outbox import Slip
from models.operations.plantexts import renew_text
from models.queries.parties import PersonView, agreement_between, today_at
from models.rules import planning
from models.rules.errors import NoAgreement
from models.rules.planning import Contents, ItemRow, ItemStanding, PlanTerm
from models.rules.planning.refusals import ItemMoved, UnknownPlan
from models.rules.vocabulary import Channel, ItemAct, ItemStage, NoticeKind, Via
from models.tables import Attachment, Plan, PlanEdition, PlanEvent, PlanFile, PlanItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemIntent:
    """What somebody wants to do with an item. `details` holds JSON values; `seen` the version they saw."""

    item: int
    act: ItemAct
    actor: int
    via: Via
    key: str
    seen: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[int, ...] = ()
    signed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What it became; `repeated` when it was done before."""

    plan: int
    item: int
    event: int
    repeated: bool = False


async def open_plan(person: int, partner: int, term: PlanTerm, now: datetime) -> int:
    """The plan of two libraries for these years, begun if there is none yet.

    Raises `NotAllowed`, `NoAgreement`.
    """
    own = await planteam.speaker(person)
    if own.library is None or await agreement_between(own.library, partner) is None:
        raise NoAgreement
    return await plan_of(own.library, partner, term, now)


async def plan_of(one: int, other: int, term: PlanTerm, now: datetime) -> int:
    """The plan of two libraries for these years, begun if there is none yet; within the caller's right."""
    first, second = sorted((one, other))
    async with transaction():
        plan, _ = await Plan.get_or_create(
            party_a_id=first,
            party_b_id=second,
            first_year=term.first,
            last_year=term.last,
            defaults={"created_at": now},
        )
    return plan.id


async def propose(
    plan: int,
    contents: Contents,
    *,
    actor: int,
    via: Via,
    key: str,
    now: datetime,
    contact: str = "",
    signed_by: str | None = None,
) -> Planned:
    """Put an item into a plan and tell the other side. A known (via, key) changes nothing.

    Raises `NotAllowed`, `UnknownPlan` for a plan of others.
    """
    try:
        async with transaction():
            own = await planteam.speaker(actor)
            row = await plan_seen_by(plan, own)
            intent = ItemIntent(
                item=0, act=ItemAct.PROPOSE, actor=actor, via=via, key=key, signed_by=signed_by
            )
            contacts = {str(own.library): contact} if contact else {}
            return await add_item(row, contents, own, intent, now=now, contacts=contacts)
    except IntegrityError:
        return await _known(via, key)


async def add_item(
    plan: Plan,
    contents: Contents,
    own: PersonView,
    intent: ItemIntent,
    *,
    now: datetime,
    contacts: Mapping[str, str] | None = None,
    carried_from: int | None = None,
) -> Planned:
    """Add a proposed item and its event, and tell the other side, in the caller's transaction."""
    # The plan's row is the queue in which two who add at once stand.
    await Plan.filter(id=plan.id).select_for_update().get()
    newest = await PlanItem.filter(plan_id=plan.id).order_by("-number").first()
    item = await PlanItem.create(
        plan_id=plan.id,
        number=newest.number + 1 if newest else 1,
        stage=ItemStage.PROPOSED,
        kind=contents.kind,
        author_id=own.library,
        contacts=dict(contacts or {}),
        carried_from_id=carried_from,
        look_at=now,
        updated_at=now,
    )
    await _edition(item, contents, own, now)
    event = await _event(item, intent, own, now)
    await tell(event, own, now)
    return Planned(plan=plan.id, item=item.id, event=event.id)


async def act(intent: ItemIntent, now: datetime) -> Planned:
    """Do something with an item; one that is carried is proposed anew, and the new one is returned.

    A known (via, key) changes nothing.

    Raises `NotAllowed`, `UnknownPlan`, `ItemMoved` where other words stand than were answered, and what
    `planning.move_item` raises.
    """
    try:
        async with transaction():
            return await _act(intent, now)
    except IntegrityError:
        return await _known(intent.via, intent.key)


async def _act(intent: ItemIntent, now: datetime) -> Planned:
    known = await PlanEvent.get_or_none(via=intent.via, key=intent.key)
    if known is not None:
        return _planned(known, repeated=True)
    own = await planteam.speaker(intent.actor)
    item = await PlanItem.get_or_none(id=intent.item)
    if item is None:
        raise UnknownPlan
    plan = await plan_seen_by(item.plan_id, own)
    before = standing_of(item)
    row, after = planning.move_item(
        before, intent.act, own=item.author_id == own.library, details=intent.details
    )
    if row.reads:
        await _unmoved(item, intent.seen)
    if not await take_step(item, row, after, own=own, intent=intent, now=now):
        raise await _moved(item)
    if intent.act is ItemAct.CARRY:
        return await _carried(item, plan, own, intent, now=now)
    await item.refresh_from_db()
    event = await _event(item, intent, own, now)
    await _files(event, intent.files)
    await renew_text(plan, now)
    await tell(event, own, now)
    return _planned(event)


async def _carried(
    item: PlanItem, plan: Plan, own: PersonView, intent: ItemIntent, *, now: datetime
) -> Planned:
    target = await Plan.get(id=await following(plan, now))
    done = await propose_again(item, target, own, intent, now=now)
    await renew_text(target, now)
    return done


async def following(plan: Plan, now: datetime) -> int:
    """The plan of the year after, begun if there is none yet."""
    year = PlanTerm(plan.last_year + 1, plan.last_year + 1)
    return await plan_of(plan.party_a_id, plan.party_b_id, year, now)


async def propose_again(
    item: PlanItem, target: Plan, own: PersonView, intent: ItemIntent, *, now: datetime
) -> Planned:
    """The words that stand, as a new item of another plan; their date stays behind."""
    edition = await PlanEdition.get(item_id=item.id, number=item.accepted or item.edition)
    contents = Contents.read(edition.contents).with_changes({"when": ""})
    return await add_item(
        target, contents, own, intent, now=now, contacts=item.contacts, carried_from=item.id
    )


def standing_of(item: PlanItem) -> ItemStanding:
    """The item as the table of its life sees it."""
    return ItemStanding(
        stage=item.stage,
        edition=item.edition,
        newest=item.newest,
        accepted=item.accepted,
        before=item.before,
    )


async def _unmoved(item: PlanItem, seen: int | None) -> None:
    if seen is not None and seen != item.version:
        raise await _moved(item)


async def _moved(item: PlanItem) -> ItemMoved:
    last = await PlanEvent.filter(item_id=item.id).order_by("-id").prefetch_related("person").first()
    standing = await PlanEdition.get(item_id=item.id, number=item.edition)
    return ItemMoved(
        title=standing.contents["title"],
        act=last.act if last else ItemAct.PROPOSE,
        by=(last.signed_by or last.person.name) if last else "",
        at=(last.at if last else item.updated_at).isoformat(),
    )


async def take_step(
    item: PlanItem,
    row: ItemRow,
    after: ItemStanding,
    *,
    own: PersonView,
    intent: ItemIntent,
    now: datetime,
) -> bool:
    """Change the row if it is still as it was read; False when somebody was faster."""
    columns: dict[str, Any] = {"updated_at": now, "look_at": now}
    if intent.act is ItemAct.NAME_CONTACT:
        columns["contacts"] = {**item.contacts, str(own.library): intent.details["contact"]}
    if not row.quiet:
        columns |= await _moved_to(item, after, own=own, intent=intent, now=now)
    return bool(await PlanItem.filter(id=item.id, version=item.version).update(**columns))


async def _moved_to(
    item: PlanItem, after: ItemStanding, *, own: PersonView, intent: ItemIntent, now: datetime
) -> dict[str, Any]:
    """The columns of the new standing; a change writes its edition."""
    columns: dict[str, Any] = {
        "version": item.version + 1,
        "stage": after.stage,
        "edition": after.edition,
        "newest": after.newest,
        "accepted": after.accepted,
        "before": after.before,
    }
    if intent.act is ItemAct.CHANGE:
        standing = await PlanEdition.get(item_id=item.id, number=item.edition)
        contents = Contents.read(standing.contents).with_changes(intent.details["values"])
        await _edition(item, contents, own, now, number=after.edition)
        return columns | {"author_id": own.library, "kind": contents.kind}
    if after.edition != item.edition:
        again = await PlanEdition.get(item_id=item.id, number=after.edition)
        return columns | {"author_id": again.library_id, "kind": Contents.read(again.contents).kind}
    return columns


async def _edition(
    item: PlanItem, contents: Contents, own: PersonView, now: datetime, *, number: int = 1
) -> None:
    await PlanEdition.create(
        item_id=item.id, number=number, library_id=own.library, contents=contents.as_json(), at=now
    )


async def _event(item: PlanItem, intent: ItemIntent, own: PersonView, now: datetime) -> PlanEvent:
    return await PlanEvent.create(
        plan_id=item.plan_id,
        item_id=item.id,
        act=intent.act,
        library_id=own.library,
        person_id=own.id,
        signed_by=intent.signed_by,
        edition=item.edition,
        version=item.version,
        details=dict(intent.details),
        via=intent.via,
        key=intent.key,
        at=now,
    )


async def _files(event: PlanEvent, attachments: tuple[int, ...]) -> None:
    """Tie files to what they came with. They are kept as long as other files, and no request wants them."""
    for attachment in attachments:
        await PlanFile.create(event_id=event.id, attachment_id=attachment)
        await Attachment.filter(id=attachment).update(owner_id=None)


async def tell(event: PlanEvent, own: PersonView, now: datetime, *, both: bool = False) -> None:
    """Tell the other side (`both`: everybody but the actor) what happened, in the caller's transaction."""
    plan = await Plan.get(id=event.plan_id)
    other = plan.party_b_id if plan.party_a_id == own.library else plan.party_a_id
    people = await planteam.audience(other)
    if both:
        people += [one for one in await planteam.audience(own.library or 0) if one.id != own.id]
    slips = planteam.slips_to(
        people,
        NoticeKind.ITEM_NEWS,
        facts={"plan_event": event.id},
        dedupe=f"plan_event:{event.id}",
        today=await today_at(other, now),
    )
    await outbox.write([*slips, *await _with_files(event, slips)], now)


async def _with_files(event: PlanEvent, slips: Sequence[Slip]) -> list[Slip]:
    """In a chat files are messages of their own; a mail carries them."""
    files = await PlanFile.filter(event_id=event.id).order_by("id").prefetch_related("attachment")
    return [
        Slip(
            channel=slip.channel,
            target=slip.target,
            kind=NoticeKind.FILE,
            facts={"file": one.attachment_id, "caption": one.attachment.name},
            dedupe=f"{slip.dedupe}:{one.id}",
            person=slip.person,
        )
        for slip in slips
        if slip.channel is Channel.CHAT
        for one in files
    ]


async def plan_seen_by(plan: int, own: PersonView) -> Plan:
    """The plan, if it is one of the person's library. Raises `UnknownPlan`."""
    row = await Plan.get_or_none(id=plan)
    if row is None or own.library not in (row.party_a_id, row.party_b_id):
        raise UnknownPlan
    return row


def _planned(event: PlanEvent, *, repeated: bool = False) -> Planned:
    return Planned(plan=event.plan_id, item=event.item_id or 0, event=event.id, repeated=repeated)


async def _known(via: Via, key: str) -> Planned:
    """What was done under this key; raises `DoesNotExist` where the conflict was about something else."""
    return _planned(await PlanEvent.get(via=via, key=key), repeated=True)
