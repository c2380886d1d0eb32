"""A list of many lines: shown first, stored once it is confirmed, in pieces so that others can write between.

Storing it a second time, or again after a crash in the middle, adds nothing twice.
"""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from models.engines import sql, transaction
from models.engines.document import dump
from models.operations import outbox, search
from models.operations.gaps import matching
from models.operations.gaps.keeping import keeper
from models.operations.gaps.telling import slips_to
from models.queries.parties import partners_of
from models.rules.errors import Damaged
from models.rules.gaps import columns as columns_of
from models.rules.gaps import items, taking
from models.rules.gaps.refusals import ImportOver
from models.rules.gaps.sheets import PASTED
from models.rules.gaps.taking import Line, Understood
from models.rules.vocabulary import Holding, ItemState, NoticeKind, Via
from models.tables import GapImport, GapItem

PIECE = 1000
LONGEST_NAME = 200
FIELDS = frozenset({*items.FIELDS, items.CITATION})


async def receive(
    person_id: int, name: str, data: bytes, *, holding: Holding, via: Via, key: str, now: datetime
) -> int:
    """Keep a list as it came and see what it says; nothing of it is stored yet. Returns the import's number.

    A known (via, key) is the same import. Raises `BadList`, `NotAllowed`.
    """
    person = await keeper(person_id)
    known = await GapImport.get_or_none(via=via, key=key)
    if known is not None:
        return known.id
    found = await asyncio.to_thread(taking.understand, name, data)
    row, _ = await GapImport.get_or_create(
        via=via,
        key=key,
        defaults={
            "library_id": person.library_id,
            "person_id": person.id,
            "name": name[:LONGEST_NAME],
            "body": data,
            "holding": holding,
            "created_at": now,
            **_shown(found),
        },
    )
    return row.id


async def receive_text(
    person_id: int, data: bytes, *, holding: Holding, via: Via, key: str, now: datetime
) -> int:
    """The same for citations that were pasted, one a line, in UTF-8."""
    return await receive(person_id, PASTED, data, holding=holding, via=via, key=key, now=now)


def _shown(found: Understood) -> dict[str, Any]:
    return {
        "sample": found.as_sample(),
        "columns": list(found.columns),
        "headed": found.headed,
        "rows": found.rows,
        "wrong": len(found.wrong),
    }


async def _open(import_id: int, person_id: int) -> GapImport:
    person = await keeper(person_id)
    row = await GapImport.get_or_none(id=import_id, library_id=person.library_id)
    if row is None or row.body is None or row.state == "dropped":
        raise ImportOver
    return row


async def rename_column(import_id: int, person_id: int, at: int, field: str | None) -> None:
    """Say what a column is (None: it is not used). Raises `ImportOver`, `Damaged`."""
    row = await _open(import_id, person_id)
    if row.state != "shown":
        raise ImportOver
    if not 0 <= at < len(row.columns) or (field is not None and field not in FIELDS):
        raise Damaged
    columns = columns_of.changed(tuple(row.columns), at, field)
    found = await asyncio.to_thread(
        taking.understand, row.name, bytes(row.body or b""), columns=columns, headed=row.headed
    )
    await GapImport.filter(id=row.id, state="shown").update(**_shown(found))


async def drop(import_id: int, person_id: int) -> None:
    """Forget a list that was not stored. Raises `ImportOver`."""
    row = await _open(import_id, person_id)
    if not await GapImport.filter(id=row.id, state="shown").update(state="dropped", body=None):
        raise ImportOver


async def store(import_id: int, person_id: int, now: datetime, *, holding: Holding | None = None) -> None:
    """Store the lines of a list, as gaps or as duplicates, and tell the partners that there are new ones.

    One that is stored already stays as it is. Raises `ImportOver`.
    """
    row = await _open(import_id, person_id)
    if row.state == "stored":
        return
    chosen = holding or row.holding
    columns = tuple(row.columns)
    found = await asyncio.to_thread(
        taking.understand, row.name, bytes(row.body or b""), columns=columns, headed=row.headed
    )
    for piece in _pieces(found.lines):
        lines = await asyncio.to_thread(_prepared, piece, row.library_id, chosen)
        await _insert(row, chosen, lines, now)
    await _finish(row, chosen, found, now)


def _pieces(lines: Sequence[items.Values]) -> Iterator[Sequence[items.Values]]:
    return (lines[at : at + PIECE] for at in range(0, len(lines), PIECE))


def _prepared(piece: Sequence[items.Values], library: int, holding: Holding) -> list[Line]:
    lines = (taking.prepared(values, library=library, holding=holding) for values in piece)
    return list({line.digest: line for line in lines}.values())


async def _insert(row: GapImport, holding: Holding, lines: Sequence[Line], now: datetime) -> None:
    digests = {line.digest: line for line in lines}
    mine = GapItem.filter(library_id=row.library_id, holding=holding, digest__in=list(digests))
    async with transaction():
        back: dict[str, Any] = {"state": ItemState.OPEN, "source_id": row.id, "updated_at": now}
        await mine.filter(state=ItemState.WITHDRAWN).update(**back)
        known = {one.digest for one in await mine.only("id", "digest")}
        fresh = [line for line in lines if line.digest not in known]
        await sql.many(INSERT_ITEM, [_item(row, holding, line, now) for line in fresh])
        await sql.many(INSERT_KEY, [_key(row, holding, line, key) for line in fresh for key in line.keys])
        await search.learn(*(line.search_key for line in fresh))


INSERT_ITEM = (
    'INSERT INTO gap_item (library_id, holding, digest, "values", search_key, state, version, source_id, '
    "added_by_id, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, 'open', 1, $6, $7, $8, $8) "
    "ON CONFLICT DO NOTHING"
)
INSERT_KEY = (
    "INSERT INTO gap_key (item_id, value) SELECT id, $4 FROM gap_item "
    "WHERE library_id = $1 AND holding = $2 AND digest = $3 ON CONFLICT DO NOTHING"
)


def _item(row: GapImport, holding: Holding, line: Line, now: datetime) -> Sequence[object]:
    kept = dump(line.values)
    return row.library_id, holding.value, line.digest, kept, line.search_key, row.id, row.person_id, now


def _key(row: GapImport, holding: Holding, line: Line, key: str) -> Sequence[object]:
    return row.library_id, holding.value, line.digest, key


async def _finish(row: GapImport, holding: Holding, found: Understood, now: datetime) -> None:
    ids = [one.id for one in await GapItem.filter(source_id=row.id).order_by("id").only("id")]
    matched = 0
    for at in range(0, len(ids), PIECE):
        async with transaction():
            matched += len(await matching.propose(ids[at : at + PIECE], now))
    async with transaction():
        counts = {
            "rows": found.rows,
            "added": len(ids),
            "known": max(0, len(found.lines) - len(ids)),
            "wrong": len(found.wrong),
            "matched": matched,
        }
        done = GapImport.filter(id=row.id, state="shown")
        if await done.update(state="stored", holding=holding, stored_at=now, **counts) and ids:
            await _tell(row, holding, len(ids), now=now)


async def _tell(row: GapImport, holding: Holding, added: int, *, now: datetime) -> None:
    """The partners hear once that the list has grown, and by how much."""
    facts = {"library": row.library_id, "holding": holding, "added": added}
    for partner in await partners_of(row.library_id):
        once = f"gaps:{row.id}:{partner.id}"
        slips = await slips_to(partner.id, NoticeKind.GAP_NEWS, facts, once=once, now=now)
        await outbox.write(slips, now)


async def forget(before: datetime) -> int:
    """Drop the bytes of lists that came before; their lines stay."""
    return await GapImport.filter(created_at__lt=before, body__not_isnull=True).update(body=None)
