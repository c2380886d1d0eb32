"""Albums: the files of one come as separate messages, and are one delivery when nothing more comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.engines import transaction
from models.operations import outbox
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
            row.files, row.done_at = [], None
        row.files = [*row.files, part.file] if part.file not in row.files else row.files
        row.request_id = row.request_id or part.request
        row.letter = row.letter or part.letter
        row.caption = row.caption or part.caption
        row.quiet_until = quiet_until
        await row.save()


async def whole(machine: float) -> list[Whole]:
    """The albums to which nothing came for long enough, oldest first."""
    rows = await Album.filter(done_at=None, quiet_until__lte=machine).order_by("id")
    return [
        Whole(
            id=row.id,
            chat=row.chat_id,
            person=row.person_id,
            request=row.request_id,
            caption=row.caption,
            files=tuple(row.files),
            letter=dict(row.letter),
        )
        for row in rows
    ]


async def next_whole() -> float | None:
    """Machine time at which the next album will be whole."""
    row = await Album.filter(done_at=None).order_by("quiet_until").first()
    return row.quiet_until if row else None


async def finish(album: Whole, answers: Sequence[outbox.Slip], now: datetime) -> None:
    """An album is done when its answers are rows."""
    async with transaction():
        done = Album.filter(id=album.id, done_at=None)
        if await done.update(done_at=now):
            await outbox.write(answers, now)


async def fail(album: Whole, now: datetime, *, again_at: float) -> None:
    """Count a failure; after three the album is given up, and its files stay loose."""
    row = await Album.get(id=album.id)
    row.attempts += 1
    row.quiet_until = again_at
    row.done_at = now if row.attempts >= POISON_AFTER else None
    await row.save()
