"""What growth costs: the same reads, and the night's planning, over a thousand requests and over a million.

The baseline is the smallest archive; the ratio is the growth factor.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from bot.database import database
from models.engines.migrate import migrate
from models.operations import reminders
from models.queries import lists, search
from models.queries import requests as reads
from models.queries.duplicates import asked_before
from models.queries.parties import person
from models.rules import searching
from models.rules.vocabulary import Act, Filter, Stage, Via
from models.tables import Draft, Event, Request
from tests.benchmarks._rig import Line, line
from tests.queries import generated
from tests.queries.generated import ANL, COLUMNS, FILE_INDEXES, IN_HASTE, NLRK, NOW, TODAY

SIZES, QUICK_SIZES = (1_000, 100_000, 1_000_000), (1_000, 10_000)
READS, QUICK_READS = 60, 10
DUE = 200
"""Requests that the night's planning finds due."""
CHUNK = 20_000


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Milliseconds of processor time of each read, on SQLite: other programs on the machine do not count."""
    sizes, reads_each = (QUICK_SIZES, QUICK_READS) if quick else (SIZES, READS)
    found = {size: asyncio.run(_archive(size, reads_each)) for size in sizes}
    least = found[sizes[0]]
    for size in sizes[1:]:
        for name, spent in found[size].items():
            yield line(f"volume: {name} of {size:,} requests", spent, baseline=least[name], unit="ms")


async def _archive(size: int, reads_each: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "desk.sqlite3"
        await migrate(f"sqlite://{path}")
        await generated.founded(f"sqlite://{path}")
        await asyncio.to_thread(_fill, path, size)
        async with database(f"sqlite://{path}"):
            return await _read(size, reads_each)


def _fill(path: Path, size: int) -> None:
    """Stream the rows in; the indexes are made after, as a restore does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(IN_HASTE)
        later = connection.execute(FILE_INDEXES).fetchall()
        for kind, name, _ in later:
            connection.execute(generated.DROP.format(kind=kind, name=name))
        words: set[str] = set()
        for first in range(1, size + 1, CHUNK):
            numbers = range(first, min(first + CHUNK, size + 1))
            rows = [generated.request(number) for number in numbers]
            words.update(word for row in rows for word in row[generated.KEY].split())
            _insert(connection, "request", COLUMNS, rows)
            keys = [(number, key) for number in numbers for key in generated.keys_of(number)]
            _insert(connection, "request_key", ("request_id", "value"), keys)
        named = searching.terms(" ".join(sorted(words)))
        _insert(
            connection,
            "term",
            ("word", "gram"),
            [(word, gram) for word in named for gram in searching.grams(word)],
        )
        connection.execute("INSERT INTO request_search (request_search) VALUES ('rebuild')")
        for *_, created in later:
            connection.execute(created)
        connection.execute("ANALYZE")
        connection.commit()


def _insert(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: list[tuple]) -> None:
    places, names = ", ".join("?" * len(columns)), ", ".join(f'"{name}"' for name in columns)
    connection.executemany(generated.INSERT.format(table=table, names=names, places=places), rows)


async def _read(size: int, reads_each: int) -> dict[str, list[float]]:
    viewer = await person(1)
    if viewer is None:
        raise LookupError("the archive has nobody")
    some = [number for number in range(1, size) if generated.PAIRS[number % 5][0] == ANL][-reads_each:]
    await _told(some)
    draft = Draft(values=generated.values_of(some[-1]), supplying_id=NLRK, previous_id=None)
    works: dict[str, Callable[[int], Awaitable[object]]] = {
        "a list": lambda _number: lists.listing(viewer, Filter.MINE, TODAY),
        "a card": lambda number: reads.card(number, viewer, NOW),
        "a search by words": lambda _number: search.find(viewer, "Azərbaycan tarixi", TODAY),
        "a search by number": lambda number: search.find(viewer, generated.number_of(number), TODAY),
        "the look for duplicates": lambda _number: asked_before(draft, ANL, NOW),
    }
    found = {name: [await _spent(work, number) for number in some] for name, work in works.items()}
    found["a night's planning of what is due"] = [await _planned()]
    return {name: [median(times)] for name, times in found.items()}


async def _told(numbers: list[int]) -> None:
    """A card shows its history: these requests have one."""
    stages = {row.id: row.stage for row in await Request.filter(id__in=numbers)}
    events = [
        Event(
            request_id=number,
            act=Act.SUBMIT,
            via=Via.TELEGRAM,
            key=f"volume:{number}",
            stage_from=Stage.DRAFT,
            stage_to=stages[number],
            version=3,
            at=NOW,
        )
        for number in numbers
    ]
    await Event.bulk_create(events)


async def _spent(work: Callable[[int], Awaitable[object]], number: int) -> float:
    begun = time.process_time()
    await work(number)
    return (time.process_time() - begun) * 1000


async def _planned() -> float:
    """Only some are due: how many there are besides must not matter."""
    rest = await Request.filter(ended_at=None).order_by("-id").limit(DUE).values_list("id", flat=True)
    await Request.filter(ended_at=None).exclude(id__in=rest).update(look_at=NOW.replace(year=NOW.year + 1))
    await Request.filter(id__in=rest).update(look_at=NOW)
    begun = time.process_time()
    await reminders.plan(NOW)
    return (time.process_time() - begun) * 1000
