"""What papers need beside the card: the day of the agreement, and a view for whoever has a shell."""

from collections.abc import Sequence
from datetime import date, datetime

from models.queries.parties import PersonView
from models.queries.requests import CardView, card
from models.rules.papers import Paper, possible
from models.rules.vocabulary import Language, Reach, Role, Side
from models.tables import Request


async def signed_on(request_id: int) -> date | None:
    """The day of signing of the agreement that the request belongs to."""
    row = await Request.get_or_none(id=request_id).select_related("agreement")
    return row.agreement.signed_on if row else None


class NotPrintable(Exception):
    """There is no such request, or it has no such paper now; the text says which papers it has."""


async def printable(number: str, paper: Paper, sides: Sequence[Side], *, now: datetime) -> CardView:
    """The request as the first of these sides sees it that has this paper now, but without its reader.

    Raises `NotPrintable`.
    """
    views = [view for side in sides if (view := await _as_side(number, side, now))]
    if not views:
        raise NotPrintable(f"there is no request {number}")
    for view in views:
        if paper in possible(view.service, view.stage, view.side):
            return view
    papers = {one.value for view in views for one in possible(view.service, view.stage, view.side)}
    raise NotPrintable(f"{number} has no such paper now; it has: {', '.join(sorted(papers))}")


async def _as_side(number: str, side: Side, now: datetime) -> CardView | None:
    row = await Request.get_or_none(number=number.upper())
    if row is None:
        return None
    library = row.requesting_id if side is Side.REQUESTING else row.supplying_id
    return await card(row.id, _nobody_of(library), now)


def _nobody_of(library: int) -> PersonView:
    """Reads as an administrator of the installation does: everything but readers' references."""
    return PersonView(
        id=0,
        name="",
        role=Role.ADMIN,
        library=library,
        language=Language.EN,
        chat=None,
        email=None,
        reach=Reach.CHAT,
        is_mailbox=False,
        epoch=0,
        settings={},
        telegram=None,
    )
