"""Whom an event concerns, as rows of the outbox."""

from datetime import datetime
from typing import Any

from models.operations.outbox import Slip
from models.queries.grounds import Ground, ground
from models.queries.parties import members_of
from models.rules.lifecycle import Tell
from models.rules.routing import Concern, recipients, told_sides
from models.rules.vocabulary import NoticeKind, Side
from models.tables import Event, Request


async def slips_for(
    request: Request,
    event: Event,
    *,
    tells: Tell,
    kind: NoticeKind,
    facts: dict[str, Any],
    now: datetime,
    former: int | None = None,
    about: Ground | None = None,
) -> list[Slip]:
    """A notice of this kind for everybody whom the event concerns, written once per event and kind.

    `about` is the request's ground where it was read already.
    """
    concern = _concern(request, event, tells, former)
    parties = {Side.REQUESTING: request.requesting_id, Side.SUPPLYING: request.supplying_id}
    told = [parties[side] for side in told_sides(concern)]
    if not told:
        return []
    people = await members_of(*told)
    days = about or await ground(request.id)
    members = [
        person.as_member(request.requesting_id, days.today(person.library or 0, now)) for person in people
    ]
    addresses = {person.id: person for person in people}
    return [
        Slip(
            channel=delivery.channel,
            target=addresses[delivery.person].address(delivery.channel),
            kind=kind,
            facts=facts,
            dedupe=f"{kind}:{event.id}:{delivery.person}:{delivery.channel}",
            person=delivery.person,
        )
        for delivery in recipients(concern, members)
    ]


def _concern(request: Request, event: Event, tells: Tell, former: int | None) -> Concern:
    return Concern(
        act=event.act,
        tells=tells,
        side=event.side if not event.for_partner else None,
        actor=event.actor_id,
        keepers={Side.REQUESTING: request.asker_id, Side.SUPPLYING: request.taker_id},
        former=former,
    )
