"""Who speaks for a library about plans, and who hears of them.

Coordinators do. For a library that has none, and takes part by mail alone, its shared mailbox does.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from models.operations.outbox import Slip
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.errors import NotAllowed
from models.rules.permissions import Right, Standpoint, may
from models.rules.routing import channels
from models.rules.vocabulary import NoticeKind
from models.tables import Person


async def speaker(person: int) -> PersonView:
    """Somebody who may speak for their library about plans. Raises `NotAllowed`."""
    row = await Person.get_or_none(id=person, left_at=None)
    view = PersonView.of(row) if row else None
    if view is None or view.library is None or not await speaks(view):
        raise NotAllowed
    return view


async def speaks(person: PersonView) -> bool:
    """Whether this person may propose, answer and consent for their library."""
    if may(Right.PLAN, Standpoint(person.role)):
        return person.library is not None
    return person.is_mailbox and not await parties.coordinators_of(person.library or 0)


async def audience(library: int) -> list[PersonView]:
    """Who hears of plans at a library: its coordinators, else its mailboxes, else its staff."""
    members = await parties.members_of(library)
    coordinators = [one for one in members if may(Right.PLAN, Standpoint(one.role))]
    return coordinators or [one for one in members if one.is_mailbox] or members


def slips_to(
    people: Iterable[PersonView],
    kind: NoticeKind,
    *,
    facts: dict[str, Any],
    dedupe: str,
    today: date,
    not_before: datetime | None = None,
) -> Sequence[Slip]:
    """The rows that tell each of these people, by the ways that they chose."""
    return [
        Slip(
            channel=channel,
            target=person.address(channel),
            kind=kind,
            facts=facts,
            dedupe=f"{dedupe}:{person.id}:{channel}",
            person=person.id,
            not_before=not_before,
        )
        for person in people
        for channel in channels(person.as_member(person.library or 0, today))
    ]
