"""What every door is given of the program: the clock it must read, the place where files lie, the binder."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from handlers.scans import Binder


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`clock` tells the civil time (aware, UTC), `machine` seconds; `files` is the folder of kept files."""

    clock: Callable[[], datetime]
    files: Path
    machine: Callable[[], float] = time.time
    binder: Binder = field(default_factory=Binder)
