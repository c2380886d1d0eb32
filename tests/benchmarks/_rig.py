"""What benchmarks share: a line of the report, processes of their own, and what these cost."""

import asyncio
import gc
import multiprocessing
import os
import random
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message

from bot.app import Program
from bot.clock import Clock
from bot.sandbox.botapi import BotApi, Server
from bot.serve import new_loop
from bot.settings import Settings
from bot.wires import bot_of
from tests.postgres import AbsentError, running
from tests.postgres import Server as PostgresServer

TICKS = os.sysconf("SC_CLK_TCK")
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.benchmarks._rig"])
Line = dict[str, object]


def line(name: str, values: Sequence[float], *, baseline: Sequence[float], unit: str) -> Line:
    """Medians of both, and what one is of the other."""
    value, base = median(values), median(baseline)
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "baseline": round(base, 3),
        "ratio": round(value / base, 3) if base else None,
        "n": len(values),
    }


def skipped(name: str, why: str) -> Line:
    """Something that cannot be measured here."""
    return {
        "name": name,
        "value": None,
        "unit": None,
        "baseline": None,
        "ratio": None,
        "n": 0,
        "skipped": why,
    }


def chance() -> random.Random:
    """The same choices in every run."""
    return random.Random(1)


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has used, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """Resident megabytes."""
    row = next(row for row in Path(f"/proc/{pid}/status").read_text().splitlines() if row.startswith("VmRSS"))
    return int(row.split()[1]) / 1024


def tuned() -> None:
    """The same collector settings on both sides."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def desk(settings: Settings, *, paced: bool = False) -> None:
    """A process: the desk."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(Program(settings, Clock(), paced=paced).run())


def echo(settings: Settings) -> None:
    """A process: the bare library, which says what it heard."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_echo(settings))


async def _echo(settings: Settings) -> None:
    door = Dispatcher()

    @door.message()
    async def say(message: Message) -> None:
        await message.answer(message.text or "")

    async with bot_of(settings) as bot:
        await _polled(door, bot)


async def _polled(door: Dispatcher, bot: Bot) -> None:
    tuned()
    await door.start_polling(bot, handle_signals=False)


@contextmanager
def process(target: Callable[..., None], *arguments: Any, **named: Any) -> Iterator[Any]:
    """A process of its own, killed at the end."""
    started = FORKS.Process(target=target, args=arguments, kwargs=named, daemon=True)
    started.start()
    try:
        yield started
    finally:
        started.kill()
        started.join()


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[BotApi, Settings]]:
    """The embedded Bot API, and settings that name it."""
    token = f"{10**9 + secrets.randbelow(10**9)}:{secrets.token_hex(20)}"
    api = BotApi(token=token, now=lambda: datetime.now(UTC))
    async with Server(api) as server:
        yield api, Settings(bot_token=token, bot_api=server.url, secret_key=secrets.token_urlsafe(48))


@contextmanager
def postgres() -> Iterator[PostgresServer | None]:
    """A PostgreSQL, or None where there is none."""
    try:
        with running() as server:
            yield server
    except AbsentError:
        yield None
