"""How parcels of one library to another go: named once, taken for granted from then on."""

from models.rules.effects import Usual
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act
from models.tables import Habit, Request

DISPATCHES = frozenset({Act.SHIP, Act.DETAIL_DISPATCH})


async def usual(request: Request) -> Usual:
    """How the supplying library's latest parcels to this partner went, as far as it ever said."""
    habit = await Habit.get_or_none(library_id=request.supplying_id, partner_id=request.requesting_id)
    return Usual(method=habit.method, value=habit.value, insured=habit.insured) if habit else Usual()


async def note(request: Request, act: Act, details: Details) -> None:
    """Remember what was named with a dispatch, in the caller's transaction."""
    said = {"method": details.method, "value": details.value, "insured": details.insured}
    named = {name: value for name, value in said.items() if value}
    if not named or act not in DISPATCHES:
        return
    await Habit.update_or_create(
        library_id=request.supplying_id, partner_id=request.requesting_id, defaults=named
    )
