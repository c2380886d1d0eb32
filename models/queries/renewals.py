"""What somebody was told of an agreement, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.rules.vocabulary import AgreementAct, RenewalStep, Told
from models.tables import AgreementEvent, AgreementReminder


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalView:
    """A step that a library is told of."""

    id: int
    agreement: int
    library: int
    step: RenewalStep
    anchor: date
    day: date
    told_as: Told


async def renewals(numbers: Sequence[int]) -> list[RenewalView]:
    """These steps, oldest first."""
    rows = await AgreementReminder.filter(id__in=list(numbers)).order_by("day", "id")
    return [
        RenewalView(
            id=row.id,
            agreement=row.agreement_id,
            library=row.library_id,
            step=row.step,
            anchor=row.anchor,
            day=row.day,
            told_as=row.told_as,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementEventView:
    """A line of an agreement's history; `by` is empty for what the clock did."""

    id: int
    agreement: int
    act: AgreementAct
    by: str
    library: int | None
    details: dict[str, Any]
    at: datetime


async def happened(number: int) -> AgreementEventView | None:
    """One line of a history."""
    row = await AgreementEvent.get_or_none(id=number).prefetch_related("actor")
    if row is None:
        return None
    return AgreementEventView(
        id=row.id,
        agreement=row.agreement_id,
        act=row.act,
        by=row.actor.name if row.actor else "",
        library=row.library_id,
        details=row.details,
        at=row.at,
    )
