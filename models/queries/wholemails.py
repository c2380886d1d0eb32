"""What a mail held beside the words of its writer: quotes, signatures, as far as they are still kept."""

from models.queries.parties import PersonView
from models.queries.requests import own_number
from models.queries.standings import side_of
from models.tables import Event


async def rest_of(event_id: int, viewer: PersonView) -> str:
    """The removed part of the mail that made the event; empty where it is gone or none of the viewer's.

    Lines with the other library's own register number are left out: that library alone sees it.
    """
    row = await Event.get_or_none(id=event_id).select_related("request")
    side = side_of(row.request, viewer.library) if row else None
    if row is None or side is None or not row.removed:
        return ""
    theirs = await own_number(row.request_id, side.other)
    lines = row.removed.splitlines()
    return "\n".join(one for one in lines if not theirs or theirs not in one)
