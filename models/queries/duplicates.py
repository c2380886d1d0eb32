"""Was this asked before?"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.rules import duplicates
from models.rules.errors import AlreadyAsked
from models.tables import Draft, Person, Request, RequestKey

LOOKED_AT = 50
"""Of the requests that share a key, the newest."""


async def asked_before(draft: Draft, library: int, now: datetime) -> AlreadyAsked | None:
    """The newest request of the same library to the same one for the same document; None where there is none.

    It is open, or ended within a year. Who resends or asks for a copy instead knows that it was asked.
    """
    keys = duplicates.keys(draft.values)
    if draft.previous_id is not None or draft.supplying_id is None or not keys:
        return None
    rows = await _keyed(keys, requesting=library, supplying=draft.supplying_id)
    earlier = (row for row in rows if _recent(row, now) and duplicates.same(draft.values, row.values))
    return _told(next(earlier, None))


async def asked_before_by(draft_id: int, author: int, now: datetime) -> AlreadyAsked | None:
    """The same, of an author's own draft."""
    draft = await Draft.get_or_none(id=draft_id, author_id=author)
    person = await Person.get_or_none(id=author)
    if draft is None or person is None or person.library_id is None:
        return None
    return await asked_before(draft, person.library_id, now)


async def _keyed(keys: Sequence[str], *, requesting: int, supplying: int) -> list[Request]:
    """The newest requests of the one library to the other that have one of the keys."""
    found = RequestKey.filter(
        value__in=list(keys), request__requesting_id=requesting, request__supplying_id=supplying
    )
    ids = await found.order_by("-request_id").limit(LOOKED_AT).values_list("request_id", flat=True)
    rows = Request.filter(id__in=list(ids)).order_by("-id").select_related("requesting")
    return await rows if ids else []


def _recent(row: Request, now: datetime) -> bool:
    return row.ended_at is None or now - row.ended_at <= duplicates.LOOKED_BACK


def _told(row: Request | None) -> AlreadyAsked | None:
    if row is None:
        return None
    day = row.created_at.astimezone(ZoneInfo(row.requesting.timezone)).date()
    return AlreadyAsked(
        request=row.id, number=row.number, on=day.isoformat(), stage=row.stage, service=row.service
    )
