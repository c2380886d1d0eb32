"""On what ground an act is done: what has to be known beside the request's own row, read at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.engines import sql

GROUND = """
SELECT a.ended_on,
  EXISTS (
    SELECT 1 FROM termination_notice t WHERE t.agreement_id = a.id AND t.withdrawn_on IS NULL
  ) AS noticed,
  EXISTS (SELECT 1 FROM exchange x WHERE x.request_id = r.id) AS exchanged,
  EXISTS (SELECT 1 FROM event e WHERE e.via = $2 AND e.key = $3) AS known,
  q.id AS requesting, q.timezone AS requesting_zone, s.id AS supplying, s.timezone AS supplying_zone
FROM request r
JOIN agreement a ON a.id = r.agreement_id
JOIN library q ON q.id = r.requesting_id
JOIN library s ON s.id = r.supplying_id
WHERE r.id = $1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """`known`: an event of this key exists. `ended_on` and `noticed` (a notice runs) are the agreement's.

    `exchanged`: an exchange of items goes on as this request. `zones` are those of both libraries.
    """

    known: bool
    ended_on: date | None
    noticed: bool
    exchanged: bool
    zones: Mapping[int, str]

    def today(self, library: int, now: datetime) -> date:
        """The civil day at one of the two libraries."""
        return now.astimezone(ZoneInfo(self.zones[library])).date()


async def ground(request_id: int, via: str = "", key: str = "") -> Ground:
    """The ground of an act of this key; raises `LookupError` for an unknown request."""
    found = await sql.rows(GROUND, [request_id, via, key])
    if not found:
        raise LookupError(f"no request {request_id}")
    [row] = found
    return Ground(
        known=bool(row["known"]),
        ended_on=sql.day(row["ended_on"]) if row["ended_on"] else None,
        noticed=bool(row["noticed"]),
        exchanged=bool(row["exchanged"]),
        zones={
            row["requesting"]: row["requesting_zone"],
            row["supplying"]: row["supplying_zone"],
        },
    )
