"""Who hears of gap lists and exchanges: those on duty at the other library, or who acted there last."""

from datetime import datetime
from typing import Any

from models.operations.outbox import Slip
from models.queries.parties import members_of, today_at
from models.rules.lifecycle import Tell
from models.rules.routing import Concern, recipients
from models.rules.vocabulary import Act, NoticeKind, Side
from models.tables import ExchangeEvent


async def slips_to(
    library: int,
    kind: NoticeKind,
    facts: dict[str, Any],
    *,
    once: str,
    now: datetime,
    keeper: int | None = None,
    actor: int | None = None,
    not_before: datetime | None = None,
) -> list[Slip]:
    """A notice for the people of a library; `once` makes each person and channel be told once."""
    people = {person.id: person for person in await members_of(library)}
    concern = Concern(
        act=Act.COMMENT,
        tells=Tell.PARTNER,
        side=Side.REQUESTING,
        actor=actor,
        keepers={Side.SUPPLYING: keeper},
    )
    today = await today_at(library, now)
    # Whoever is told stands on the other side of what happened: no member is on the requesting one.
    members = [person.as_member(-1, today) for person in people.values()]
    return [
        Slip(
            channel=delivery.channel,
            target=people[delivery.person].address(delivery.channel),
            kind=kind,
            facts=facts,
            dedupe=f"{once}:{delivery.person}:{delivery.channel}",
            person=delivery.person,
            not_before=not_before,
        )
        for delivery in recipients(concern, members)
    ]


async def keeper_of(exchange: int, side: Side) -> int | None:
    """Who acted last for a side, and looks after the exchange there."""
    last = await ExchangeEvent.filter(exchange_id=exchange, side=side).order_by("-id").first()
    return last.actor_id if last else None
