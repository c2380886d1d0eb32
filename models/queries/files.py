"""Kept files: those that no request has yet, and who may fetch one."""

from dataclasses import dataclass

from models.queries.parties import PersonView
from models.queries.requests import FileView, file_view
from models.queries.standings import side_of
from models.tables import Album, Attachment

LOOSE = {"event_id": None, "letter_id": None}
"""What neither a request nor a letter has."""


async def loose_of(person: int) -> list[FileView]:
    """What this person sent and no request has, oldest first, without an album that is still coming."""
    rows = (
        await Attachment.filter(owner_id=person, expired_at=None, **LOOSE)
        .order_by("id")
        .prefetch_related("file")
    )
    coming = {
        number for album in await Album.filter(person_id=person, done_at=None) for number in album.files
    }
    return [file_view(row) for row in rows if row.id not in coming]


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
