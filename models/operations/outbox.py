"""Writing to the outbox, and the worker's claims on it.

A row is written in the transaction of what it tells. A worker claims due rows for a while, one per target at
a time and in order; a claim that its worker does not finish runs out by itself.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from models.engines import sql
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Notice, Person

FLEETING = "code"
"""A fact that is needed to word a row and must not outlive its delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A notice to write: facts for one target. `dedupe` makes it be written once."""

    channel: Channel
    target: str
    kind: NoticeKind
    facts: dict[str, Any]
    dedupe: str
    person: int | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """A row in a worker's hands, until its lease runs out."""

    id: int
    channel: Channel
    target: str
    person: int | None
    kind: NoticeKind
    facts: dict[str, Any]
    attempts: int
    created_at: datetime
    token: str


def slip_to(
    person: Person, channel: Channel, kind: NoticeKind, *, facts: dict[str, Any], dedupe: str
) -> Slip | None:
    """A slip for a person's own address in the channel; None when they have none there."""
    target = person.telegram_id if channel is Channel.CHAT else person.email
    if target is None:
        return None
    return Slip(
        channel=channel,
        target=str(target),
        kind=kind,
        facts=facts,
        dedupe=f"{dedupe}:{person.id}:{channel}",
        person=person.id,
    )


async def write(slips: Sequence[Slip], now: datetime) -> None:
    """Insert the rows in the caller's transaction; one whose `dedupe` is known changes nothing."""
    rows = [
        Notice(
            channel=slip.channel,
            target=slip.target,
            person_id=slip.person,
            kind=slip.kind,
            facts=slip.facts,
            dedupe=slip.dedupe,
            next_at=slip.not_before or now,
            created_at=now,
        )
        for slip in slips
    ]
    if rows:
        await Notice.bulk_create(rows, ignore_conflicts=True)


CLAIM = """
UPDATE notice SET status = 'sending', lease_until = $1, lease_token = $2
WHERE id IN (
  SELECT n.id FROM notice n
  WHERE n.channel = $3 AND (
      (n.status = 'pending' AND n.next_at <= $4) OR (n.status = 'sending' AND n.lease_until < $5)
    )
    AND NOT EXISTS (
      SELECT 1 FROM notice e
      WHERE e.channel = n.channel AND e.target = n.target AND e.id < n.id
        AND (e.status = 'sending' OR (e.status = 'pending' AND e.next_at <= $4))
    )
  ORDER BY n.next_at, n.id LIMIT $6 {skip}
)
RETURNING id, channel, target, person_id, kind, facts, attempts, created_at
"""


async def claim(
    channel: Channel, *, now: datetime, machine: float, token: str, limit: int = 20, lease: float = 120
) -> list[Leased]:
    """Take due rows, at most one per target, for `lease` seconds of machine time."""
    skip = "FOR UPDATE SKIP LOCKED" if sql.dialect() == "postgres" else ""
    values = [machine + lease, token, channel.value, now, machine, limit]
    rows = await sql.rows(CLAIM.format(skip=skip), values)
    return [_leased(row, token) for row in sorted(rows, key=lambda row: row["id"])]


def _leased(row: dict[str, Any], token: str) -> Leased:
    return Leased(
        id=row["id"],
        channel=Channel(row["channel"]),
        target=row["target"],
        person=row["person_id"],
        kind=NoticeKind(row["kind"]),
        facts=json.loads(row["facts"]) if isinstance(row["facts"], str) else row["facts"],
        attempts=row["attempts"],
        created_at=sql.moment(row["created_at"]),
        token=token,
    )


async def finish(row: Leased, *, provider_id: str | None, now: datetime) -> bool:
    """Mark as sent; False when the lease had run out and somebody else took the row."""
    held = Notice.filter(id=row.id, lease_token=row.token, status="sending")
    done = {"status": "sent", "sent_at": now, "provider_id": provider_id, "lease_token": None}
    return bool(await held.update(**done, **_forgotten(row)))


async def postpone(row: Leased, *, until: datetime, error: str, counted: bool = True) -> None:
    """Try again at `until`, and what waits for the same target after it, so that the order stays.

    A pause asked for by the other end is not counted as an attempt.
    """
    waiting = Notice.filter(channel=row.channel, target=row.target, status="pending", next_at__lt=until)
    await waiting.update(next_at=until)
    held = Notice.filter(id=row.id, lease_token=row.token, status="sending")
    await held.update(
        status="pending",
        next_at=until,
        last_error=error[:500],
        attempts=row.attempts + int(counted),
        lease_token=None,
    )


async def bury(row: Leased, *, error: str, status: str = "dead") -> None:
    """Give a row up for good: it never blocks the rows behind it."""
    held = Notice.filter(id=row.id, lease_token=row.token, status="sending")
    done = {"status": status, "last_error": error[:500], "attempts": row.attempts + 1, "lease_token": None}
    await held.update(**done, **_forgotten(row))


def _forgotten(row: Leased) -> dict[str, Any]:
    """What has to be written to a row that is done with: what opens a door does not stay."""
    if FLEETING not in row.facts:
        return {}
    return {"facts": {name: value for name, value in row.facts.items() if name != FLEETING}}


FIRST_RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
LATER_RETRY = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)


def retry_at(row: Leased, now: datetime) -> datetime | None:
    """When to try again after a temporary failure; None once five days have gone by."""
    if now - row.created_at > GIVE_UP_AFTER:
        return None
    wait = FIRST_RETRIES[row.attempts] if row.attempts < len(FIRST_RETRIES) else LATER_RETRY
    return now + wait


async def next_due(channel: Channel) -> datetime | None:
    """The civil time at which the earliest waiting row becomes due."""
    first = await Notice.filter(channel=channel, status="pending").order_by("next_at").first()
    return first.next_at if first else None


async def skip_waiting() -> int:
    """Say nothing of what waits now: for stories that are told as the past."""
    return await Notice.filter(status="pending").update(status="skipped")
