"""Keeping requests findable: keys are written with what they are made of, and anew with the recipe."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from models.engines import sql, transaction
from models.operations import traces
from models.rules import duplicates, searching
from models.rules.vocabulary import Side
from models.tables import Event, GapItem, OwnNumber, Request, RequestKey, Search, Term

RECIPE = "search_recipe"
"""The setting that names the recipe by which the keys were made."""

BATCH = 500
REMEMBERED = timedelta(days=30)
LONGEST_SEARCH = 200


async def enter(request: Request) -> None:
    """Make a new request findable, in the caller's transaction; its `search_key` is there already."""
    await RequestKey.bulk_create(_keys(request))
    await learn(request.search_key)


def _keys(request: Request) -> list[RequestKey]:
    values = (*searching.identifiers(request.values), *duplicates.keys(request.values))
    return [RequestKey(request_id=request.id, value=value) for value in dict.fromkeys(values)]


async def name(request: int, library: int, number: str) -> None:
    """Let this library alone find the request by its own register number, and by no former one."""
    await RequestKey.filter(request_id=request, value__startswith=searching.own_number(library, "")).delete()
    if number:
        await RequestKey.create(request_id=request, value=searching.own_number(library, number))


LEARNT = "INSERT INTO term (word, gram) VALUES ($1, $2) ON CONFLICT DO NOTHING"
KNOWN = "SELECT DISTINCT word FROM term WHERE word IN ({places})"


async def learn(*keys: str) -> None:
    """Remember the words of these keys as what a slip may have meant, in the caller's transaction."""
    words = iter(sorted({word for key in keys for word in searching.terms(key)}))
    while some := list(islice(words, BATCH)):
        places = ", ".join(f"${place}" for place in range(1, len(some) + 1))
        known = {row["word"] for row in await sql.rows(KNOWN.format(places=places), some)}
        # In one order everywhere: two that learn the same word at once wait for, and not on, each other.
        rows = [(word, gram) for word in some if word not in known for gram in sorted(searching.grams(word))]
        await sql.many(LEARNT, rows)


async def reindex() -> int:
    """Make every key anew if they were made by another recipe; returns how many requests it concerned.

    A batch is a transaction; what is interrupted begins again at the next start.
    """
    recipe = str(searching.VERSION)
    if await traces.known(RECIPE) == recipe:
        return 0
    await Term.all().delete()
    done, last = 0, 0
    while rows := await _again(last):
        done, last = done + len(rows), rows[-1].id
    await _learn_lists()
    await traces.learn(RECIPE, recipe)
    return done


async def _learn_lists() -> None:
    """The words of gap lists, a batch at a time."""
    last = 0
    while rows := await GapItem.filter(id__gt=last).order_by("id").limit(BATCH).only("id", "search_key"):
        async with transaction():
            await learn(*(row.search_key for row in rows))
        last = rows[-1].id


async def _again(after: int) -> Sequence[Request]:
    async with transaction():
        rows = await Request.filter(id__gt=after).order_by("id").limit(BATCH).select_for_update()
        if not rows:
            return rows
        notes = await _notes(row.id for row in rows)
        for row in rows:
            row.search_key = key_of(row, notes.get(row.id, ()))
        await Request.bulk_update(rows, ["search_key"], batch_size=BATCH)
        await RequestKey.filter(request_id__in=[row.id for row in rows]).delete()
        await RequestKey.bulk_create([key for row in rows for key in _keys(row)])
        await _name_again(rows)
        await learn(*(row.search_key for row in rows))
        return rows


async def _name_again(rows: Sequence[Request]) -> None:
    libraries = {
        (row.id, side): library
        for row in rows
        for side, library in zip(Side, (row.requesting_id, row.supplying_id), strict=True)
    }
    for own in await OwnNumber.filter(request_id__in=[row.id for row in rows]):
        await name(own.request_id, libraries[own.request_id, own.side], own.number)


def key_of(request: Request, notes: Iterable[str] = ()) -> str:
    """The search key of a request, comments and all."""
    parties = (request.requesting_id, request.supplying_id)
    return searching.search_key(request.values, number=request.number, parties=parties, notes=notes)


async def _notes(requests: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for event in await Event.filter(request_id__in=list(requests)).order_by("id"):
        if note := event.details.get("note"):
            found.setdefault(event.request_id, []).append(str(note))
    return found


async def remember(person: int, words: str, now: datetime) -> int:
    """Keep what was looked for, thirty days, and return its number."""
    await Search.filter(person_id=person, at__lt=now - REMEMBERED).delete()
    row = await Search.create(person_id=person, words=words[:LONGEST_SEARCH], at=now)
    return int(row.id)
