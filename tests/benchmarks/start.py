"""What starting costs, and what stays in memory, against the bot library alone.

Both find their byte code, as an installed program does, also where the environment forbids to write any.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import _rig
from tests.benchmarks._rig import Line, line
from tests.desk import until
from tests.journeys.process import environment, started

IMPORTED = "import aiogram, time; print(time.process_time())"
BARE = """
import asyncio, sys, time
from aiogram import Bot, Dispatcher
from pathlib import Path
Bot("4242:embedded"), Dispatcher()
rows = Path("/proc/self/status").read_text().splitlines()
print(next(row.split()[1] for row in rows if row.startswith("VmRSS")))
"""
ROUNDS = 5


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Processor seconds until the first poll, and megabytes then; the library's own beside each."""
    rounds = 1 if quick else ROUNDS
    with tempfile.TemporaryDirectory() as codes:
        asyncio.run(_polled(codes))
        found = [asyncio.run(_polled(codes)) for _ in range(rounds)]
        imported = [float(asyncio.run(_said(IMPORTED, codes))) for _ in range(rounds)]
        resident = [int(asyncio.run(_said(BARE, codes))) / 1024 for _ in range(rounds)]
    yield line(
        "start: processor time to the first poll", [one for one, _ in found], baseline=imported, unit="s"
    )
    yield line("memory: resident at the first poll", [one for _, one in found], baseline=resident, unit="MB")


def _compiled(env: dict[str, str], codes: str) -> dict[str, str]:
    """The environment, with byte code written to that directory and read from it."""
    return {**env, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": codes}


async def _said(program: str, codes: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", program),
        env=_compiled(dict(os.environ), codes),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return out.decode()


async def _polled(codes: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as directory:
        async with _rig.telegram() as (api, settings):
            given = environment(Path(directory), bot_token=settings.bot_token or "", bot_api=settings.bot_api)
            process = await started("run", env=_compiled(given, codes))

            async def polls() -> bool:
                return any(call.method == "getUpdates" for call in api.calls)

            await until(polls, within=120)
            found = _rig.cpu(process.pid), _rig.memory(process.pid)
            process.kill()
            await process.communicate()
            return found
