"""Writing to the outbox, and the worker's claims on it.

A row is written in the transaction of what it tells. A worker claims due rows for a while, one per target at
a time and in order; a claim that its worker does not finish runs out by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.queryset import QuerySet

from models.engines import sql, transaction
from models.operations.leases import LEASE
from models.queries.traffic import DUE
from models.rules.urgency import Rank, is_unpaced, rank
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
    unpaced: bool = False


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


WRITE = """
INSERT INTO notice (
  channel, target, person_id, kind, facts, dedupe, rank, unpaced, next_at, created_at, status, attempts, holds
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', 0, FALSE)
ON CONFLICT DO NOTHING
"""


async def write(slips: Sequence[Slip], now: datetime) -> None:
    """Insert the rows in the caller's transaction; one whose `dedupe` is known changes nothing."""
    await sql.many(WRITE, [_values(slip, now) for slip in slips])


def _values(slip: Slip, now: datetime) -> list[object]:
    return [
        slip.channel,
        slip.target,
        slip.person,
        slip.kind,
        sql.stored(slip.facts),
        slip.dedupe,
        int(rank(slip.kind, slip.facts)),
        is_unpaced(slip.kind, slip.facts),
        slip.not_before or now,
        now,
    ]


# Materialized, or PostgreSQL may run the limited part again for each row and claim more than it was allowed.
CLAIM = """
WITH chosen AS MATERIALIZED ({due} ORDER BY n.rank, n.next_at, n.id LIMIT $4 {skip})
UPDATE notice SET status = 'sending', lease_until = $2, lease_token = $3
WHERE id IN (SELECT id FROM chosen)
RETURNING id, channel, target, person_id, kind, facts, attempts, created_at, unpaced
"""
PACED = """
AND n.rank <= $5 AND (n.unpaced OR ($6 AND NOT EXISTS (
  SELECT 1 FROM pace p WHERE p.target = n.target AND p.free_at > $7
)))
AND NOT EXISTS (SELECT 1 FROM pace p WHERE p.target = '*' AND p.free_at > $7)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the pace leaves room for: new messages at all (`sends`), and up to which rank."""

    rank: int = Rank.ROUTINE
    sends: bool = True


async def claim(
    channel: Channel,
    *,
    now: datetime,
    machine: float,
    token: str,
    limit: int = 20,
    lease: float = LEASE,
    room: Room | None = None,
) -> list[Leased]:
    """Take due rows, at most one per target, for `lease` seconds of machine time.

    With `room` only what it leaves room for, and nothing for targets that rest.
    """
    skip = "FOR UPDATE OF n SKIP LOCKED" if sql.dialect() == "postgres" else ""
    due = DUE.format(channel=channel, also="" if room is None else PACED)
    values = [now, machine + lease, token, limit]
    if room is not None:
        values += [int(room.rank), room.sends, machine]
    rows = await sql.rows(CLAIM.format(due=due, skip=skip), values)
    return [_leased(row, token) for row in sorted(rows, key=lambda row: row["id"])]


REST = """
INSERT INTO pace (target, free_at) VALUES ($1, $2)
ON CONFLICT (target) DO UPDATE SET free_at = excluded.free_at WHERE pace.free_at < excluded.free_at
"""
EVERYBODY = "*"


async def rest(target: str, *, until: float) -> None:
    """No new message leaves for the target (or for `EVERYBODY`) before `until` (machine time)."""
    await sql.execute(REST, [target, until])


def _leased(row: dict[str, Any], token: str) -> Leased:
    return Leased(
        id=row["id"],
        channel=Channel(row["channel"]),
        target=row["target"],
        person=row["person_id"],
        kind=NoticeKind(row["kind"]),
        facts=sql.document(row["facts"]),
        attempts=row["attempts"],
        created_at=sql.moment(row["created_at"]),
        token=token,
        unpaced=bool(row["unpaced"]),
    )


RELEASE = """
UPDATE notice SET {changed}, lease_token = NULL, lease_until = NULL
WHERE id = $1 AND lease_token = $2 AND status = 'sending'
"""


async def _release(row: Leased, **columns: Any) -> bool:
    """Give the row back changed; False when the lease had run out and somebody else took it."""
    values = [row.id, row.token, *map(sql.stored, columns.values())]
    text = RELEASE.format(changed=sql.assigned(tuple(columns), 3))
    return bool(await sql.execute(text, values))


async def finish(row: Leased, *, provider_id: str | None, now: datetime) -> bool:
    """Mark as sent; False when the lease had run out and somebody else took the row."""
    done = {"status": "sent", "sent_at": now, "provider_id": provider_id}
    return await _release(row, **done, holds=False, **_forgotten(row))


async def postpone(
    row: Leased, *, until: datetime, error: str | None, counted: bool = True, holds: bool = True
) -> bool:
    """Try again at `until`; False when somebody else took the row meanwhile.

    What waits for the same target, and what is written for it later, waits for the row (`holds`), unless
    the row itself is at fault. A pause asked for by the other end is not counted as an attempt.
    """
    async with transaction():
        attempts = row.attempts + int(counted)
        kept = await _release(
            row,
            status="pending",
            next_at=until,
            last_error=error and error[:500],
            attempts=attempts,
            holds=holds,
        )
        if kept and holds:
            await _pending(row.channel, until).filter(target=row.target).update(next_at=until)
    return kept


def _pending(channel: Channel, until: datetime) -> QuerySet[Notice]:
    return Notice.filter(channel=channel, status="pending", next_at__lt=until)


async def pause(channel: Channel, until: datetime) -> None:
    """Nothing that waits in this channel leaves before `until`."""
    await _pending(channel, until).update(next_at=until)


async def move(row: Leased, target: str) -> bool:
    """The target is another one now (a group that became a supergroup): what waits for it goes there.

    False when somebody else took the row meanwhile.
    """
    async with transaction():
        kept = await _release(row, status="pending", target=target)
        if kept:
            waiting = Notice.filter(channel=row.channel, target=row.target, status="pending")
            await waiting.update(target=target)
    return kept


REDATE = """
UPDATE notice SET next_at = $1 WHERE status = 'pending' AND next_at > $1 AND next_at <= $2
"""


async def redate(now: datetime, *, before: datetime) -> int:
    """The civil clock went back from `before` to `now`: what was due then is due now."""
    return await sql.execute(REDATE, [now, before])


async def bury(row: Leased, *, error: str, status: str = "dead") -> bool:
    """Give a row up for good: it never blocks the rows behind it. False when somebody else took it."""
    done = {"status": status, "last_error": error[:500], "attempts": row.attempts + 1}
    return await _release(row, **done, holds=False, **_forgotten(row))


def _forgotten(row: Leased) -> dict[str, Any]:
    """What has to be written to a row that is done with: what opens a door does not stay."""
    if FLEETING not in row.facts:
        return {}
    return {"facts": {name: value for name, value in row.facts.items() if name != FLEETING}}


FIRST_RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
LATER_RETRY = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
SHORTEST = timedelta(seconds=1)


def retry_at(row: Leased, now: datetime, *, asked: float | None = None) -> datetime | None:
    """When to try again after a temporary failure, in the `asked` seconds where the other side named them.

    Never at once. None once five days have gone by, but what waited that long for its first attempt still
    gets the retries of the first hours.
    """
    late = row.attempts >= len(FIRST_RETRIES)
    if late and now - row.created_at > GIVE_UP_AFTER:
        return None
    if asked is not None:
        return now + max(timedelta(seconds=asked), SHORTEST)
    return now + (LATER_RETRY if late else FIRST_RETRIES[row.attempts])


async def skip_waiting() -> int:
    """Say nothing of what waits now: for stories that are told as the past."""
    return await Notice.filter(status="pending").update(status="skipped")
