"""Bytes that no row wants any more leave the disk: the clock marks rows, this follows."""

import asyncio
import logging
from pathlib import Path

from models.operations import files, uploads

log = logging.getLogger(__name__)

EVERY = 600.0


class Tidying:
    """Sweeps the folder of kept files now and then. `sweep` may be called at any time."""

    def __init__(self, root: Path, *, every: float = EVERY) -> None:
        self._root = root
        self._every = every

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception:
                log.exception("kept files could not be swept")
            await asyncio.sleep(self._every)

    async def sweep(self) -> int:
        """Sweep once; returns how many files went."""
        await uploads.sweep(self._root)
        return await files.sweep(self._root)
