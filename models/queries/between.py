"""What two libraries have open between them under an agreement, and what they did so far."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.rules.gaps.life import MOVING
from models.rules.lifecycle import OPEN
from models.rules.vocabulary import Service, Stage
from models.tables import Agreement, Exchange, Request

TO_RETURN = frozenset({Stage.SHIPPED, Stage.ON_LOAN, Stage.RETURNING, Stage.LOST})
SUPPLIED = TO_RETURN | {Stage.DELIVERED, Stage.RESEND, Stage.DONE}
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatters:
    """What is not finished, oldest first: loans to return, copies to send, other requests, by number; of gap
    lists what is wanted or on its way, as it is described. What goes on as a request is listed there alone.
    """

    to_return: tuple[str, ...] = ()
    to_send: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    gaps: tuple[dict[str, Any], ...] = ()

    @property
    def total(self) -> int:
        """How many."""
        return len(self.to_return) + len(self.to_send) + len(self.others) + len(self.gaps)


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
    gaps = await _gaps(agreement)
    return OpenMatters(to_return=tuple(loans), to_send=tuple(copies), others=tuple(others), gaps=gaps)


async def _gaps(agreement: int) -> tuple[dict[str, Any], ...]:
    sides = await Agreement.filter(id=agreement).values_list("party_a_id", "party_b_id")
    parties = [number for row in sides for number in row]
    moving = Exchange.filter(stage__in=[stage.value for stage in MOVING], request_id=None)
    rows = moving.filter(taker_id__in=parties, giver_id__in=parties).order_by("id")
    found = await rows.prefetch_related("gap", "spare")
    lines = (row.gap or row.spare for row in found)
    return tuple(line.values for line in lines if line is not None)


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
