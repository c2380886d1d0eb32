"""Files that came together, as they are delivered: pictures as one PDF, anything else one by one."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handlers.desk import Desk
from models.operations import files
from models.queries.files import FileView
from models.rules.filekinds import PICTURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What to deliver, and what it stands for: `replaced` goes once the delivery is made."""

    files: tuple[int, ...]
    replaced: tuple[int, ...] = ()


async def bound(desk: Desk, kept: Sequence[FileView], now: datetime, *, owner: int, name: str) -> Bound:
    """Several pictures become one PDF of this name; when they cannot, they stay what they are."""
    numbers = tuple(one.id for one in kept)
    if len(kept) < 2 or not all(one.mime in PICTURES for one in kept):
        return Bound(files=numbers)
    paths = [files.path_of(desk.files, one.sha256) for one in kept]
    pdf = await desk.binder.bind(await asyncio.to_thread(_read, paths))
    if pdf is None:
        return Bound(files=numbers)
    arrived = files.Arrived(name=f"{name}.pdf", data=pdf)
    number = await files.keep(desk.files, arrived, now, owner=owner)
    return Bound(files=(number,), replaced=numbers)


def _read(paths: Sequence[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]
