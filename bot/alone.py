"""The one process that works on a SQLite file: a lock beside the data says that it is there."""

import asyncio
import fcntl
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Self


class OccupiedError(Exception):
    """Another process runs on this data; the text says so to the operator."""


class Alone:
    """Enter it and nobody else can on the same database file, until it is left or the process is gone.

    Raises OccupiedError where somebody has entered.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        file = Path(f"{self._database}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise OccupiedError(f"another process runs on {self._database}") from None
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Solo:
    """What a crew is to several processes (`models.engines.crew`), to the one that is alone."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(4)
        self.joined = asyncio.Event()
        self.joined.set()

    async def run(self) -> None:
        """Nobody has to be kept in touch with."""
        await asyncio.Event().wait()

    async def count(self) -> int:
        """One."""
        return 1

    async def alone_on(self, _duty: str, work: Callable[[], Awaitable[None]]) -> None:
        """Every duty is ours."""
        await work()
