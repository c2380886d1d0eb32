"""A tap handled whole: in, stored, done with its event, answered; against a bare echo on the same server.

Bot API, database and program are processes of their own, so processor time is the program's alone.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.sandbox.botapi import BotApi, ChangeKind
from bot.sandbox.botapi.state import Change
from bot.sandbox.mail import MailServer
from bot.settings import Settings
from tests.benchmarks import _rig
from tests.benchmarks._rig import Line, line
from tests.journeys.process import free_port
from tests.torture.town import Town

ROUNDS, TAPS, WARM = 3, 1500, 300
QUICK_TAPS = 150
PATIENCE = 600.0


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Taps a second and processor time of one."""
    rounds, taps = (1, QUICK_TAPS) if quick else (ROUNDS, TAPS)
    bare = [asyncio.run(_echoed(taps)) for _ in range(rounds)]
    with ExitStack() as stack:
        server = stack.enter_context(_rig.postgres())
        for name, hooked in (("polling", False), ("webhook", True)):
            yield from _compared(
                f"SQLite, {name}",
                [asyncio.run(_handled(taps, None, hooked=hooked)) for _ in range(rounds)],
                bare,
            )
            if server is not None:
                found = [asyncio.run(_handled(taps, server, hooked=hooked)) for _ in range(rounds)]
                yield from _compared(f"PostgreSQL, {name}", found, bare)


def _compared(where: str, ours: list[tuple[float, float]], bare: list[tuple[float, float]]) -> Iterator[Line]:
    yield line(
        f"taps: handled a second ({where})",
        [rate for rate, _ in ours],
        baseline=[rate for rate, _ in bare],
        unit="taps/s",
    )
    yield line(
        f"taps: processor time of one ({where})",
        [spent for _, spent in ours],
        baseline=[spent for _, spent in bare],
        unit="ms",
    )


async def _echoed(taps: int) -> tuple[float, float]:
    async with _rig.telegram() as (api, settings):
        phones = [
            api.person(1001 + number, first_name="Somebody", language_code="en") for number in range(40)
        ]
        with _rig.process(_rig.echo, settings) as started:
            chance = random.Random(1)
            return await _measured(api, started.pid or 0, taps, lambda: chance.choice(phones).sends("hello"))


async def _handled(taps: int, server: Any, *, hooked: bool) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as directory:
        async with _rig.telegram() as (api, settings), MailServer(lambda: api.now()) as mail:
            here = Path(directory)
            if server is None:
                return await _on(
                    f"sqlite://{here}/desk.sqlite3", here, api, settings, mail, taps, hooked=hooked
                )
            async with server.database() as url:
                return await _on(url, here, api, settings, mail, taps, hooked=hooked)


async def _on(
    url: str, here: Path, api: BotApi, settings: Settings, mail: MailServer, taps: int, *, hooked: bool
) -> tuple[float, float]:
    given = replace(settings, data_dir=here, database_url=url)
    if hooked:
        place = f"127.0.0.1:{free_port()}"
        given = replace(given, listen=place, webhook_url=f"http://{place}/telegram", webhook_secret="bench")
    town = Town(
        api, mail, replace(given, mail_address="requests@abonement.example"), random.Random(1), mailbox=False
    )
    await town.settles()
    with _rig.process(_rig.desk, given) as started:
        return await _measured(api, started.pid or 0, taps, town.types)


async def _measured(api: BotApi, pid: int, taps: int, tap) -> tuple[float, float]:
    """Taps a second, and milliseconds of processor time of each, once it is warm."""
    answers = _Answers(api)
    await answers.after(WARM if taps > WARM else 20, tap)
    spent, begun = _rig.cpu(pid), time.perf_counter()
    await answers.after(taps, tap)
    seconds = time.perf_counter() - begun
    return taps / seconds, (_rig.cpu(pid) - spent) / taps * 1000


class _Answers:
    """Counts the bot's new messages."""

    def __init__(self, api: BotApi) -> None:
        self._count = 0
        self._changed = asyncio.Event()
        api.onlookers.append(self._see)

    def _see(self, change: Change) -> None:
        if change.kind is ChangeKind.MESSAGE and change.message is not None and change.message.from_bot:
            self._count += 1
            self._changed.set()

    async def after(self, taps: int, tap) -> None:
        """So many taps, and their answers."""
        wanted = self._count + taps
        for _ in range(taps):
            tap()
        async with asyncio.timeout(PATIENCE):
            while self._count < wanted:
                self._changed.clear()
                await self._changed.wait()
