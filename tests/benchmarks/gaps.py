"""A list of gaps taken in from a file and stored; what a row of a large one costs against a small one."""

import asyncio
import csv
import io
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.database import database
from models.engines.migrate import migrate
from models.operations.gaps import imports
from models.rules.vocabulary import Holding, Via
from models.tables import GapItem
from tests.benchmarks._rig import Line, line
from tests.desk import Desk

SMALL, LARGE, QUICK_LARGE = 1_000, 50_000, 5_000
TITLES = ("Абай жолы", "Көшпенділер", "Azərbaycan tarixi", "Библиография Востока", "A history of libraries")


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Milliseconds for a row of a large list; the baseline is a row of a list of a thousand."""
    large = QUICK_LARGE if quick else LARGE
    few, many = asyncio.run(_measured(SMALL)), asyncio.run(_measured(large))
    yield line(
        f"gaps: a row of a list of {large} taken in, {many:.0f} s in all (SQLite)",
        [many / large * 1000],
        baseline=[few / SMALL * 1000],
        unit="ms",
    )


async def _measured(rows: int) -> float:
    """Seconds from the file to the last stored line."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite://{Path(directory) / 'desk.sqlite3'}"
        await migrate(url)
        async with database(url):
            desk = await Desk(now=datetime.now(UTC)).open()
            who, data = desk.people["leyla"], _listed(rows)
            begun = time.perf_counter()
            number = await imports.receive(
                who, "gaps.csv", data, holding=Holding.MISSING, via=Via.TELEGRAM, key="1", now=desk.now
            )
            await imports.store(number, who, desk.now)
            took = time.perf_counter() - begun
            stored = await GapItem.all().count()
            if stored != rows:
                raise RuntimeError(f"{stored} of {rows} rows were stored")
            return took


def _listed(rows: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Автор", "Заглавие", "Год"])
    for number in range(rows):
        title = f"{TITLES[number % len(TITLES)]} {number}"
        writer.writerow([f"Əliyev {number % 997}", title, 1900 + number % 120])
    return out.getvalue().encode()
