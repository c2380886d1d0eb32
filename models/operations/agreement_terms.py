"""What an agreement says of every request under it: standing conditions, and whether anything is charged."""

from collections.abc import Collection

from models.engines import transaction
from models.rules.vocabulary import StandingTerm
from models.tables import Agreement


class UnknownAgreement(Exception):
    """No agreement has this number."""


async def settle(number: int, *, standing: Collection[StandingTerm] | None, costs: bool | None) -> None:
    """Set what is given, None leaves it as it is; cards show it from now on. Raises `UnknownAgreement`."""
    columns = {
        "standing": None if standing is None else sorted(term.value for term in standing),
        "costs": costs,
    }
    given = {name: value for name, value in columns.items() if value is not None}
    async with transaction():
        row = await Agreement.filter(id=number).select_for_update().get_or_none()
        if row is None:
            raise UnknownAgreement(number)
        row.update_from_dict(given)
        await row.save()
