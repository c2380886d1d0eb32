"""Python's garbage collector: it, not the work, is the main thief of time (measured).

While the program is imported and put together everything stays, so there is nothing to find: without the
collector a start takes about two thirds of the time.
"""

import asyncio
import gc
from typing import Final

AFTER: Final = 5.0
"""Seconds from the first poll to the first look: it takes a fifth of one, and nobody waits any more."""


def rest() -> None:
    """Collect nothing until `tune_later`: to be called before the large imports."""
    gc.disable()


def tune_later() -> asyncio.TimerHandle:
    """Keep what is there, and tune when the running loop's program has found its pace, unless cancelled."""
    _keep()  # who leaves before that is not kept by a last look through everything
    return asyncio.get_running_loop().call_later(AFTER, tune)


def tune() -> None:
    """Keep what start-up made, without its waste."""
    gc.unfreeze()
    gc.collect()
    _keep()


def _keep() -> None:
    """What is there stays and is looked through no more; what is made from now on is, but less often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
