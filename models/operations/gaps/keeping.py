"""The lines of a library's lists: added one by one, taken off, left behind by a request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.engines import transaction
from models.operations import search
from models.operations.gaps import matching
from models.rules.errors import NotAllowed
from models.rules.gaps import items
from models.rules.gaps.items import Values
from models.rules.gaps.refusals import ItemTaken, UnknownItem
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Holding, ItemState
from models.tables import GapItem, GapKey, Person, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The line, whether it was on the list before, and how many of the partners' lines may answer it."""

    item: int
    known: bool
    matches: int = 0


async def add(person_id: int, holding: Holding, values: Values, *, now: datetime) -> Added:
    """Put a document on the own library's list; one that is there already stays the same line.

    Raises `NotAllowed` for somebody without a library.
    """
    async with transaction():
        person = await keeper(person_id)
        return await _add(person.library_id or 0, holding, values, now=now, added_by_id=person.id)


async def keeper(person_id: int) -> Person:
    """Somebody who may change the lists of their library. Raises `NotAllowed`."""
    person = await Person.get_or_none(id=person_id, left_at=None)
    if person is None or person.library_id is None or not may(Right.FILE, Standpoint(person.role)):
        raise NotAllowed
    return person


async def from_request(request: Request, actor: int | None, now: datetime) -> Added:
    """What the partner does not hold goes on the list of the library that asked, once."""
    return await _add(
        request.requesting_id,
        Holding.MISSING,
        items.from_request(request.values),
        now=now,
        added_by_id=actor,
        request_id=request.id,
    )


async def _add(library: int, holding: Holding, values: Values, *, now: datetime, **more: Any) -> Added:
    digest = items.digest(values)
    row, is_new = await GapItem.get_or_create(
        library_id=library,
        holding=holding,
        digest=digest,
        defaults={
            "values": values,
            "search_key": items.search_key(values, library=library, holding=holding),
            "created_at": now,
            "updated_at": now,
            **more,
        },
    )
    if is_new:
        keys = [GapKey(item_id=row.id, value=value) for value in items.keys(values)]
        await GapKey.bulk_create(keys, ignore_conflicts=True)
        await search.learn(row.search_key)
    else:
        gone = GapItem.filter(id=row.id, state=ItemState.WITHDRAWN)
        if not await gone.update(state=ItemState.OPEN, updated_at=now):
            return Added(item=row.id, known=True)
    return Added(item=row.id, known=False, matches=len(await matching.look([row.id], now)))


async def withdraw(item_id: int, person_id: int, now: datetime, *, seen: int | None = None) -> None:
    """Take a line off the own list; exchanges that were only proposed or offered end with it.

    Raises `UnknownItem`, and `ItemTaken` where it is promised, filled or changed since it was `seen`.
    """
    async with transaction():
        person = await keeper(person_id)
        row = await GapItem.filter(id=item_id).select_for_update().get_or_none()
        if row is None or row.library_id != person.library_id:
            raise UnknownItem
        if row.state is ItemState.WITHDRAWN:
            return
        if row.state is not ItemState.OPEN or seen not in {None, row.version}:
            raise ItemTaken(number=row.id, state=row.state)
        await GapItem.filter(id=row.id, version=row.version).update(
            state=ItemState.WITHDRAWN, version=row.version + 1, updated_at=now
        )
        await matching.end_open(row.id, now)
