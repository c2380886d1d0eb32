"""What two libraries have open between them under an agreement, and what they did so far."""

from dataclasses import dataclass, field
from datetime import datetime

from models.rules.lifecycle import OPEN
from models.rules.vocabulary import Service, Stage
from models.tables import Request

TO_RETURN = frozenset({Stage.SHIPPED, Stage.ON_LOAN, Stage.RETURNING, Stage.LOST})
SUPPLIED = TO_RETURN | {Stage.DELIVERED, Stage.RESEND, Stage.DONE}
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatters:
    """Requests that are not finished: loans to return, copies to send, others; numbers of the oldest ones."""

    to_return: tuple[str, ...] = ()
    to_send: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many."""
        return len(self.to_return) + len(self.to_send) + len(self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Requests by the library that asked: how many, and how many of them were supplied."""

    asked: dict[int, int] = field(default_factory=dict)
    supplied: dict[int, int] = field(default_factory=dict)


async def open_matters(agreement: int) -> OpenMatters:
    """What still has to be worked down before an agreement ends, oldest first."""
    stages = [stage.value for stage in OPEN]
    rows = await Request.filter(agreement_id=agreement, stage__in=stages).order_by("id")
    loans = [row.number for row in rows if row.stage in TO_RETURN]
    copies = [row.number for row in rows if row.service is Service.COPY and row.stage not in TO_RETURN]
    known = {*loans, *copies}
    others = [row.number for row in rows if row.number not in known]
    return OpenMatters(to_return=tuple(loans), to_send=tuple(copies), others=tuple(others))


async def figures(agreement: int, since: datetime | None = None) -> Figures:
    """What was asked under an agreement, since a moment."""
    rows = Request.filter(agreement_id=agreement)
    found = await (rows.filter(created_at__gte=since) if since else rows).values_list(
        "requesting_id", "stage"
    )
    asked: dict[int, int] = {}
    supplied: dict[int, int] = {}
    for library, stage in found:
        asked[library] = asked.get(library, 0) + 1
        supplied[library] = supplied.get(library, 0) + (Stage(stage) in SUPPLIED)
    return Figures(asked=asked, supplied=supplied)
