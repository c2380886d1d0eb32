"""Shared information is corrected or withdrawn: whoever was told of it is told of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import bulletintelling as telling
from models.operations.bulletins import columns, keep_files
from models.queries import bulletins as queries
from models.queries.parties import PersonView
from models.rules.errors import BulletinMoved, BulletinWithdrawn, NotAllowed, UnknownBulletin
from models.rules.sharing import Said
from models.rules.vocabulary import SharedChange, Via
from models.tables import Bulletin, BulletinChange, Person

KEPT = (
    *("title", "text", "language", "second_title", "second_text", "second_language", "link"),
    *("topics", "version"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeIntent:
    """Who changes which information, and through which door; `seen` is the version that they saw."""

    bulletin: int
    actor: int
    via: Via
    key: str
    seen: int | None = None


async def correct(intent: ChangeIntent, said: Said, now: datetime) -> None:
    """Let it say something else; new files are added. What it said before is kept.

    A known (via, key) changes nothing. Raises `UnknownBulletin`, `NotAllowed` for anybody but its author and
    the coordinators of that library, `BulletinWithdrawn`, and `BulletinMoved` when another version was seen.
    """
    await _once(intent, SharedChange.CORRECT, columns(said), files=said.files, now=now)


async def withdraw(intent: ChangeIntent, now: datetime) -> None:
    """Take it back: nobody reads its text any more. Raises as `correct`."""
    await _once(intent, SharedChange.WITHDRAW, {"withdrawn_at": now}, files=(), now=now)


async def _once(
    intent: ChangeIntent,
    change: SharedChange,
    values: Mapping[str, Any],
    *,
    files: tuple[int, ...],
    now: datetime,
) -> None:
    try:
        async with transaction():
            if await BulletinChange.exists(via=intent.via, key=intent.key):
                return
            row, actor = await _open(intent)
            await _keep(intent, change, row, now)
            await _change(row, values)
            await keep_files(row, files)
            await telling.tell_of(row, actor, now, change)
    except IntegrityError:
        # The other delivery of the same tap or mail was faster; anything else is a fault.
        if not await BulletinChange.exists(via=intent.via, key=intent.key):
            raise


async def _open(intent: ChangeIntent) -> tuple[Bulletin, PersonView]:
    person = await Person.get_or_none(id=intent.actor, left_at=None)
    row = await Bulletin.get_or_none(id=intent.bulletin)
    actor = PersonView.of(person) if person else None
    if actor is None or row is None or not await queries.is_for(row, actor):
        raise UnknownBulletin
    if not queries.may_change(row, actor):
        raise NotAllowed
    if row.withdrawn_at is not None:
        raise BulletinWithdrawn
    if intent.seen not in {None, row.version}:
        raise BulletinMoved
    return row, actor


async def _keep(intent: ChangeIntent, change: SharedChange, row: Bulletin, now: datetime) -> None:
    await BulletinChange.create(
        bulletin_id=row.id,
        change=change,
        version=row.version + 1,
        person_id=intent.actor,
        before={name: getattr(row, name) for name in KEPT},
        via=intent.via,
        key=intent.key,
        at=now,
    )


async def _change(row: Bulletin, values: Mapping[str, Any]) -> None:
    """Claimed by its version: of two corrections at once one is told that it saw an older text."""
    seen = row.version
    if not await Bulletin.filter(id=row.id, version=seen).update(**values, version=seen + 1):
        raise BulletinMoved
    await row.refresh_from_db()
