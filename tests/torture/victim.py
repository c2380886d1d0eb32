"""A process that will be killed: `abonement run` in a fork that need not import everything again."""

import asyncio
import multiprocessing
import os
from pathlib import Path

from bot.app import Program
from bot.clock import Clock
from bot.logs import configure
from bot.serve import new_loop
from bot.settings import Settings
from handlers.text.says import SENTENCES
from handlers.text.voice import Voice
from models.rules.vocabulary import Language, Say

Voice(Language.EN).say(SENTENCES[Say.COMMENT_KEPT])
"""Reading a catalogue takes long: the forks find it read."""

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bot.serve", "tests.torture.victim"])


def live(settings: Settings, place: Path) -> None:
    """Run until killed; `place` gets the name of this life and is the sign that it works."""
    log = os.open(place.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 2)
    configure("human")
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_live(Program(settings, Clock()), place))


async def _live(program: Program, place: Path) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(program.run())
        await program.ready.wait()
        partial = place.with_suffix(".partial")
        partial.write_text(program.name)
        partial.replace(place)


class Victim:
    """One place for a process after another."""

    def __init__(self, settings: Settings, place: Path) -> None:
        self.settings = settings
        self._place = place
        self._process: multiprocessing.process.BaseProcess | None = None
        self.kills = 0

    def starts(self) -> None:
        """Begin a life."""
        self._place.unlink(missing_ok=True)
        self._process = FORKS.Process(target=live, args=(self.settings, self._place), daemon=True)
        self._process.start()

    @property
    def name(self) -> str:
        """The name of this life's leases; empty until it works."""
        return self._place.read_text() if self._place.exists() else ""

    async def has_begun(self) -> bool:
        """Whether this life works."""
        return bool(self.name)

    @property
    def pid(self) -> int:
        """The process's number."""
        if self._process is None or self._process.pid is None:
            raise RuntimeError("it has not begun")
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it runs; one that ended by itself is a fault of its own."""
        return self._process is not None and self._process.is_alive()

    async def is_killed(self) -> str:
        """SIGKILL, and wait for the end; returns the name that this life had."""
        name = self.name
        if self._process is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.join)
        self.kills += 1
        return name

    def ends(self) -> None:
        """The last life is over."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
