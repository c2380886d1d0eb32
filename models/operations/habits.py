"""How parcels of one library to another go: named once, taken for granted from then on."""

from models.rules.vocabulary import Act, Method
from models.tables import Habit, Request

DISPATCHES = frozenset({Act.SHIP, Act.DETAIL_DISPATCH})


async def usual_method(request: Request) -> Method | None:
    """How the supplying library's latest parcel to this partner went; None where it never said."""
    habit = await Habit.get_or_none(library_id=request.supplying_id, partner_id=request.requesting_id)
    return habit.method if habit else None


async def note_method(request: Request, act: Act, method: Method | None) -> None:
    """Remember the method that was named with a dispatch, in the caller's transaction."""
    if method is None or act not in DISPATCHES:
        return
    await Habit.update_or_create(
        library_id=request.supplying_id, partner_id=request.requesting_id, defaults={"method": method}
    )
