"""Agreements as they were set up."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.tables import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """An agreement; `parties` are codes, the periods are written as in the settings."""

    id: int
    parties: tuple[str, str]
    signed_on: date
    term: str
    renewal: str | None
    renewals: int | None
    notice: str
    ended_on: date | None
    standing: tuple[str, ...]
    costs: bool
    clocks: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The object that the command line prints."""
        return {
            "id": self.id,
            "parties": list(self.parties),
            "signed_on": self.signed_on.isoformat(),
            "term": self.term,
            "renewal": self.renewal,
            "renewals": "unlimited" if self.renewals is None else self.renewals,
            "notice": self.notice,
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
            "standing": list(self.standing),
            "costs": self.costs,
            "clocks": self.clocks,
        }


async def agreements() -> list[AgreementView]:
    """Every agreement, oldest first."""
    rows = await Agreement.all().order_by("id").prefetch_related("party_a", "party_b")
    return [
        AgreementView(
            id=row.id,
            parties=(row.party_a.code, row.party_b.code),
            signed_on=row.signed_on,
            term=row.term,
            renewal=row.renewal,
            renewals=row.renewals,
            notice=row.notice,
            ended_on=row.ended_on,
            standing=tuple(row.standing),
            costs=row.costs,
            clocks=row.clocks,
        )
        for row in rows
    ]
