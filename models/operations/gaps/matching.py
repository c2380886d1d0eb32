"""What one library lacks and another has twice, found and proposed to both; nothing is assumed."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from models.engines import sql
from models.operations import outbox
from models.operations.gaps.telling import slips_to
from models.operations.outbox import Slip
from models.queries.parties import partners_of
from models.rules.gaps import items
from models.rules.vocabulary import ExchangeStage, Holding, ItemState, NoticeKind
from models.tables import Exchange, GapItem

BATCH = 500
TOLD_ONE_BY_ONE = 3
"""Proposals that are each shown; more are told as a number."""

# Candidates share a key; whether they are the same is looked at closer. SQLite keeps the order of a cross
# join: from the few lines to those that share a key with them, never through a whole list.
CANDIDATES = """
SELECT DISTINCT a.item_id AS mine, b.item_id AS other
FROM gap_key a CROSS JOIN gap_key b CROSS JOIN gap_item o
WHERE a.item_id IN ({ids}) AND b.value = a.value AND b.item_id <> a.item_id AND o.id = b.item_id
AND o.holding = $1 AND o.state = 'open' AND o.library_id IN ({partners})
ORDER BY a.item_id, b.item_id
"""


async def propose(ids: Sequence[int], now: datetime) -> list[int]:
    """Propose an exchange for each of these lines that a partner's list may answer; returns the new ones."""
    proposed: list[int] = []
    for some in _batches(ids):
        proposed += await _propose(some, now)
    return proposed


async def look(ids: Sequence[int], now: datetime) -> list[int]:
    """Propose what may answer these lines, and show both sides each proposal; returns the new exchanges."""
    proposed = await propose(ids, now)
    await outbox.write(await slips_of(proposed, now), now)
    return proposed


def _batches(ids: Sequence[int]) -> Iterable[tuple[int, ...]]:
    return (tuple(ids[at : at + BATCH]) for at in range(0, len(ids), BATCH))


async def _propose(ids: tuple[int, ...], now: datetime) -> list[int]:
    first = await GapItem.get_or_none(id=ids[0])
    partners = [one.id for one in await partners_of(first.library_id)] if first else []
    if first is None or not partners:
        return []
    pairs = await _candidates(ids, first.holding.other, partners)
    looked_at = {number for pair in pairs for number in pair}
    rows = {row.id: row for row in await GapItem.filter(id__in=looked_at, state=ItemState.OPEN)}
    both = [(rows[one], rows[other]) for one, other in pairs if one in rows and other in rows]
    alike = await asyncio.to_thread(_alike, both)
    return await _open(alike, now)


def _alike(pairs: Sequence[tuple[GapItem, GapItem]]) -> list[tuple[GapItem, GapItem]]:
    return [(one, other) for one, other in pairs if items.same(one.values, other.values)]


async def _candidates(ids: Sequence[int], holding: Holding, partners: Sequence[int]) -> list[tuple[int, int]]:
    statement = CANDIDATES.format(ids=", ".join(map(str, ids)), partners=", ".join(map(str, partners)))
    return [(row["mine"], row["other"]) for row in await sql.rows(statement, [holding.value])]


async def _open(alike: Iterable[tuple[GapItem, GapItem]], now: datetime) -> list[int]:
    """One exchange for a gap and a giver, and for a duplicate and a taker: what was said before stands."""
    pairs = [(a, b) if a.holding is Holding.MISSING else (b, a) for a, b in alike]
    if not pairs:
        return []
    gaps, spares = [gap.id for gap, _ in pairs], [spare.id for _, spare in pairs]
    known = await Exchange.filter(gap_id__in=gaps).values_list("gap_id", "giver_id")
    taken = await Exchange.filter(spare_id__in=spares).values_list("spare_id", "taker_id")
    seen_gaps, seen_spares, rows = set(known), set(taken), []
    for gap, spare in pairs:
        if (gap.id, spare.library_id) in seen_gaps or (spare.id, gap.library_id) in seen_spares:
            continue
        seen_gaps.add((gap.id, spare.library_id))
        seen_spares.add((spare.id, gap.library_id))
        rows.append(_proposal(gap, spare, now))
    await Exchange.bulk_create(rows, ignore_conflicts=True)
    made = Exchange.filter(
        gap_id__in=[row.gap_id for row in rows], stage=ExchangeStage.PROPOSED, created_at=now
    )
    return [row.id for row in await made.order_by("id").only("id")]


def _proposal(gap: GapItem, spare: GapItem, now: datetime) -> Exchange:
    return Exchange(
        taker_id=gap.library_id,
        giver_id=spare.library_id,
        gap_id=gap.id,
        spare_id=spare.id,
        stage=ExchangeStage.PROPOSED,
        created_at=now,
        updated_at=now,
    )


async def slips_of(proposed: Sequence[int], now: datetime) -> list[Slip]:
    """Both sides are shown each proposal, where there are few of them."""
    slips: list[Slip] = []
    for row in await Exchange.filter(id__in=list(proposed)[:TOLD_ONE_BY_ONE]).order_by("id"):
        for library in (row.taker_id, row.giver_id):
            once, facts = f"exchange:{row.id}:proposed", {"exchange": row.id}
            slips += await slips_to(library, NoticeKind.EXCHANGE, facts, once=once, now=now)
    return slips


async def end_open(item: int, now: datetime) -> None:
    """A line that is withdrawn ends what was proposed or offered about it."""
    for row in [*await Exchange.filter(gap_id=item), *await Exchange.filter(spare_id=item)]:
        if row.stage in {ExchangeStage.PROPOSED, ExchangeStage.OFFERED}:
            await Exchange.filter(id=row.id, version=row.version).update(
                stage=ExchangeStage.CANCELLED, version=row.version + 1, updated_at=now
            )
