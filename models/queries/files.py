"""Kept files: what is known of each, those that no request has yet, and who may fetch one."""

from dataclasses import dataclass
from datetime import datetime

from models.queries.parties import PersonView
from models.queries.standings import side_of
from models.rules.filelimits import KEPT
from models.tables import Album, Attachment, Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of a request. `event` tells with which act it came, `until` how long the program keeps it.

    `locked`: it opens with a password only; `expired`: the program's own copy is gone; `note`: words that
    came with it before it had a request.
    """

    id: int
    name: str
    size: int
    mime: str
    sha256: str
    telegram_file_id: str | None
    event: int | None
    until: datetime
    locked: bool = False
    expired: bool = False
    note: str | None = None


def file_view(row: Attachment) -> FileView:
    """A file as others see it; the row comes with its `file`."""
    return FileView(
        id=row.id,
        name=row.name,
        size=row.file.size,
        mime=row.file.mime,
        sha256=row.file.sha256,
        telegram_file_id=row.telegram_file_id,
        event=row.event_id,
        until=row.since + KEPT,
        locked=row.file.locked,
        expired=row.expired_at is not None,
        note=row.note,
    )


async def files_of(request_id: int) -> tuple[FileView, ...]:
    """Every file that was given to the request, oldest first."""
    rows = await Attachment.filter(event__request_id=request_id).order_by("id").prefetch_related("file")
    return tuple(file_view(row) for row in rows)


async def file(attachment_id: int) -> FileView | None:
    """A kept file, attached or not."""
    row = await Attachment.get_or_none(id=attachment_id).prefetch_related("file")
    return file_view(row) if row else None


LOOSE = {"event_id": None, "letter_id": None}
"""What neither a request nor a letter has."""


async def loose_of(person: int) -> list[FileView]:
    """What this person sent and no request has, oldest first.

    Neither an album that is still coming nor what waits in a draft is among it.
    """
    rows = (
        await Attachment.filter(owner_id=person, expired_at=None, **LOOSE)
        .order_by("id")
        .prefetch_related("file")
    )
    coming = {
        number for album in await Album.filter(person_id=person, done_at=None) for number in album.files
    }
    drafts = await Draft.filter(author_id=person).exclude(letter=None)
    held = {number for draft in drafts for number in draft.letter.get("files", ())}
    return [file_view(row) for row in rows if row.id not in coming | held]


async def those(numbers: list[int]) -> list[FileView]:
    """Kept files by number, in the order in which they came."""
    rows = await Attachment.filter(id__in=numbers).order_by("id").prefetch_related("file")
    return [file_view(row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that this person may fetch."""

    file: FileView


async def download(attachment: int, person: PersonView) -> Download | None:
    """The file, if the program still keeps it and its request or letter is one of the person's library."""
    row = await Attachment.get_or_none(id=attachment, expired_at=None).prefetch_related(
        "file", "event__request", "letter__thread"
    )
    if row is None or not _may_fetch(row, person.library):
        return None
    return Download(file=file_view(row))


def _may_fetch(row: Attachment, library: int | None) -> bool:
    if row.event is not None:
        return side_of(row.event.request, library) is not None
    thread = row.letter.thread if row.letter else None
    return thread is not None and library in (thread.opened_by_id, thread.partner_id)
