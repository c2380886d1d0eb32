"""What stays in memory after ten thousand taps, against what the same taps leave with a bare echo."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.sandbox.mail import MailServer
from tests.benchmarks import _rig
from tests.benchmarks._rig import Answers, Line, line
from tests.torture.town import Town

TAPS, QUICK_TAPS = 10_000, 300
BATCH = 500
FIRST = 20


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Resident megabytes of the desk after so many taps, of the echo after as many, and the desk before."""
    taps = QUICK_TAPS if quick else TAPS
    before, after = asyncio.run(_desk(taps))
    bare = asyncio.run(_echo(taps))
    name = f"memory: resident after {taps:,} taps"
    yield line(f"{name}, against a bare echo", [after], baseline=[bare], unit="MB")
    yield line(f"{name}, against after {FIRST}", [after], baseline=[before], unit="MB")


async def _desk(taps: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as directory:
        async with _rig.telegram() as (api, settings), MailServer(lambda: api.now()) as mail:
            here = Path(directory)
            given = replace(settings, data_dir=here, database_url=f"sqlite://{here}/desk.sqlite3")
            with_mail = replace(given, mail_address="requests@abonement.example")
            town = Town(api, mail, with_mail, _rig.chance(), mailbox=False)
            await town.settles()
            with _rig.process(_rig.desk, given) as started:
                answers = Answers(api)
                await answers.after(FIRST, town.types)
                before = _rig.memory(started.pid)
                for first in range(0, taps, BATCH):
                    await answers.after(min(BATCH, taps - first), town.types)
                return before, _rig.memory(started.pid)


async def _echo(taps: int) -> float:
    chance = _rig.chance()
    async with _rig.telegram() as (api, settings):
        phones = [api.person(1001 + number, first_name="Somebody") for number in range(40)]
        with _rig.process(_rig.echo, settings) as started:
            answers = Answers(api)
            for first in range(0, taps, BATCH):
                await answers.after(min(BATCH, taps - first), lambda: chance.choice(phones).sends("hello"))
            return _rig.memory(started.pid)
