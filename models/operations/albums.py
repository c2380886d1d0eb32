"""Albums: the files of one come as separate messages, and are one delivery when nothing more comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tortoise.expressions import Q

from models.engines import sql, transaction
from models.operations import leases, outbox
from models.operations.leases import Queue
from models.tables import Album

POISON_AFTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of an album. `request`, `letter` and `caption` may come with any of them."""

    chat: int
    group: str
    person: int
    file: int
    request: int | None
    caption: str | None
    letter: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An album to be delivered: its attachments in the order of their messages."""

    id: int
    chat: int
    person: int
    request: int | None
    caption: str | None
    files: tuple[int, ...]
    letter: dict[str, int | None] = field(default_factory=dict)


async def request_of(chat: int, group: str) -> int | None:
    """For which request the album was begun."""
    row = await Album.get_or_none(chat_id=chat, media_group=group)
    return row.request_id if row else None


async def letter_of(chat: int, group: str) -> dict[str, int | None]:
    """In which thread or to which partner the album is a letter; empty where it is none."""
    row = await Album.get_or_none(chat_id=chat, media_group=group)
    return dict(row.letter) if row else {}


async def add(part: Part, now: datetime, *, quiet_until: float) -> None:
    """Put a file into its album, which is whole when nothing more has come by `quiet_until` (machine time).

    What comes after the album was delivered opens it again for a second delivery.
    """
    async with transaction():
        row, _ = await Album.get_or_create(
            chat_id=part.chat,
            media_group=part.group,
            defaults={
                "person_id": part.person,
                "request_id": part.request,
                "quiet_until": quiet_until,
                "created_at": now,
            },
        )
        if row.done_at is not None:
            row.files, row.done_at, row.lease_until, row.lease_token = [], None, None, None
        row.files = [*row.files, part.file] if part.file not in row.files else row.files
        row.request_id = row.request_id or part.request
        row.letter = row.letter or part.letter
        row.caption = row.caption or part.caption
        row.quiet_until = quiet_until
        await row.save(update_fields=OPENED if row.lease_token is None else CHANGED)


ALBUMS = Queue(
    table="album",
    lane="id",
    columns="id, chat_id, person_id, request_id, caption, files, letter",
    ready="w.quiet_until <= $1",
)


async def claim_whole(*, machine: float, token: str, limit: int = 20) -> list[Whole]:
    """Take the albums to which nothing came for long enough, oldest first."""
    rows = await leases.claim(ALBUMS, machine=machine, token=token, limit=limit)
    return [
        Whole(
            id=row["id"],
            chat=row["chat_id"],
            person=row["person_id"],
            request=row["request_id"],
            caption=row["caption"],
            files=tuple(sql.document(row["files"])),
            letter=sql.document(row["letter"]),
        )
        for row in rows
    ]


async def next_whole(machine: float) -> float | None:
    """Machine time at which the next album will be whole that nobody passes on already."""
    free = Q(lease_until=None) | Q(lease_until__lte=machine)
    row = await Album.filter(free, done_at=None).order_by("quiet_until").first()
    return row.quiet_until if row else None


CHANGED = ("files", "done_at", "request_id", "letter", "caption", "quiet_until")
OPENED = (*CHANGED, "lease_until", "lease_token")


async def finish(
    album: Whole, answers: Sequence[outbox.Slip], now: datetime, *, token: str | None = None
) -> None:
    """An album is done when its answers are rows; who lost the lease on it changes nothing."""
    async with transaction():
        done = Album.filter(id=album.id, done_at=None)
        if await (done.filter(lease_token=token) if token else done).update(done_at=now):
            await outbox.write(answers, now)


async def fail(album: Whole, now: datetime, *, again_at: float) -> None:
    """Count a failure; after three the album is given up, and its files stay loose."""
    row = await Album.get(id=album.id)
    row.attempts += 1
    row.quiet_until = again_at
    row.done_at = now if row.attempts >= POISON_AFTER else None
    row.lease_until = row.lease_token = None
    await row.save(update_fields=("attempts", "quiet_until", "done_at", "lease_until", "lease_token"))
