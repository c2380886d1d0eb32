"""Leases on what came in: of each lane only the first, for one process at a time, for a while.

A lane is what has to stay in order: a chat, a writer. What its holder does not finish in time, because it
hangs, is free again by itself; what a dead process held is free as soon as somebody looks (`recover`).
"""

from dataclasses import dataclass
from typing import Any

from models.engines import crew, sql

LEASE = 120.0
"""Seconds of machine time."""

CLAIM = """
WITH chosen AS MATERIALIZED (
  SELECT w.id FROM "{table}" w
  WHERE w.done_at IS NULL AND (w.lease_until IS NULL OR w.lease_until < $1) AND {ready}
    AND NOT EXISTS (
      SELECT 1 FROM "{table}" e WHERE e.done_at IS NULL AND e.{lane} = w.{lane} AND e.id < w.id
    )
  ORDER BY w.id LIMIT $4 {skip}
)
UPDATE "{table}" SET lease_until = $2, lease_token = $3
WHERE id IN (SELECT id FROM chosen)
RETURNING {columns}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A table of what came in, the column that names its lanes, and when a row is ready ($1: now)."""

    table: str
    lane: str
    columns: str
    ready: str = "TRUE"


async def claim(
    queue: Queue, *, machine: float, token: str, limit: int, lease: float = LEASE
) -> list[dict[str, Any]]:
    """The first row of each lane, oldest first, as the dialect stores it."""
    skip = "FOR UPDATE OF w SKIP LOCKED" if sql.dialect() == "postgres" else ""
    statement = CLAIM.format(
        table=queue.table, lane=queue.lane, columns=queue.columns, ready=queue.ready, skip=skip
    )
    rows = await sql.rows(statement, [machine, machine + lease, token, limit])
    return sorted(rows, key=lambda row: row["id"])


LET_GO = {
    **{
        f'"{table}"': ("lease_until = NULL, lease_token = NULL", "done_at IS NULL")
        for table in ("update", "mail", "album")
    },
    # What may have left already goes first: nothing of its target overtakes it.
    "notice": (
        "status = 'pending', holds = TRUE, lease_until = NULL, lease_token = NULL",
        "status = 'sending'",
    ),
}
RECOVER = """
WITH lost AS MATERIALIZED (
  SELECT id, lease_token FROM {table} WHERE {held} AND lease_token IS NOT NULL AND {lost}
)
UPDATE {table} SET {columns} FROM lost
WHERE {table}.id = lost.id AND {table}.lease_token = lost.lease_token
RETURNING {table}.id
"""
EXPIRED = "lease_until < $1"
ALL = "(lease_until < $1 OR TRUE)"


async def recover(machine: float, *, alone: bool = False) -> int:
    """Free what is held by processes that are gone, or was held too long; returns how many rows.

    `alone`: by whomever it is held, because nobody else can be here. On PostgreSQL a process is gone when it
    holds its place in the crew no more; on SQLite there is one, and it asks when it begins.
    """
    left = f"({EXPIRED} OR {crew.GONE})" if sql.dialect() == "postgres" else EXPIRED
    lost = ALL if alone else left
    statements = [
        RECOVER.format(table=table, held=held, lost=lost, columns=columns)
        for table, (columns, held) in LET_GO.items()
    ]
    return sum([len(await sql.rows(statement, [machine])) for statement in statements])
