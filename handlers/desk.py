"""What every door is given of the program: the clock it must read, the place where files lie."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`clock` tells the civil time (aware, UTC); `files` is the folder of kept files."""

    clock: Callable[[], datetime]
    files: Path
