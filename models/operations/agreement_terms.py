"""What an agreement says of every request under it: standing conditions, and whether anything is charged."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from models.engines import transaction
from models.operations.agreements import AgreementIntent, enter, note, redate, tell
from models.queries.agreements import facts
from models.rules.vocabulary import AgreementAct, StandingTerm, Via
from models.tables import Agreement, AgreementEvent


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


async def confirm_reading(intent: AgreementIntent, now: datetime) -> int:
    """A library confirms that the agreement renews repeatedly; both have to, for it to be said no more."""
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        confirmed = sorted({*entry.facts.confirmed_by, entry.library})
        await Agreement.filter(id=entry.facts.id).update(confirmed_by=confirmed)
        return await note(entry, AgreementAct.CONFIRM_READING, {}, now=now)


async def correct(number: int, now: datetime, **columns: Any) -> None:
    """Correct the dates as they were entered; everything is planned anew, in both directions.

    `columns`: signed_on, term, renewal, renewals, notice. Raises `UnknownAgreement`.
    """
    async with transaction():
        row = await Agreement.filter(id=number).select_for_update().get_or_none()
        if row is None:
            raise UnknownAgreement(number)
        await Agreement.filter(id=number).update(**columns, ended_on=None)
        await redate(number, now)
        event = await AgreementEvent.create(
            agreement_id=number,
            act=AgreementAct.CHANGE,
            via=Via.SHELL,
            key=f"agreement:{number}:{row.edition}",
            details={name: str(value) for name, value in columns.items()},
            at=now,
        )
        known = await facts(number, now)
        if known is not None:
            await tell(known, event, now=now)
