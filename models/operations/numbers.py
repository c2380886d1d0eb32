"""Each library's own register number for a request."""

from models.engines import transaction
from models.operations import search
from models.queries.standings import side_of
from models.rules.errors import UnknownRequest
from models.rules.permissions import Right, Standpoint, may
from models.tables import OwnNumber, Person, Request

LONGEST = 100


async def set_own_number(request_id: int, person_id: int, number: str) -> None:
    """Keep the number for the person's own library; an empty one removes it. The other side never sees it.

    Raises `UnknownRequest` for somebody who is no party.
    """
    async with transaction():
        request = await Request.get_or_none(id=request_id)
        person = await Person.get_or_none(id=person_id, left_at=None)
        side = side_of(request, person.library_id) if request and person else None
        if person is None or side is None or not may(Right.ACT, Standpoint(person.role, side)):
            raise UnknownRequest
        kept = " ".join(number.split())[:LONGEST]
        await OwnNumber.filter(request_id=request_id, side=side).delete()
        if kept:
            await OwnNumber.create(request_id=request_id, side=side, number=kept)
        await search.name(request_id, person.library_id or 0, kept)
