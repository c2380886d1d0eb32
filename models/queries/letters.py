"""Letters between libraries, as those who may read them see them."""

from dataclasses import dataclass
from datetime import datetime

from models.queries.files import FileView, file_view
from models.queries.parties import LibraryView, PersonView
from models.rules.vocabulary import Language
from models.tables import Letter, LetterCard, LetterThread


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter as a member of one of the two libraries reads it; `own`: their library wrote it."""

    id: int
    thread: int
    subject: str
    text: str
    by: str
    own: bool
    library: LibraryView
    partner: LibraryView
    language: Language | None
    at: datetime
    answers: str | None
    files: tuple[FileView, ...] = ()


async def letter(letter_id: int, viewer: PersonView) -> LetterView | None:
    """One letter; None when it does not exist or is not the viewer's library's."""
    row = await Letter.get_or_none(id=letter_id).prefetch_related(
        "author", "library", "thread__opened_by", "thread__partner", "files__file"
    )
    if row is None or viewer.library not in sides_of(row.thread):
        return None
    return _view(row, viewer, await _answered(row))


def _view(row: Letter, viewer: PersonView, answers: str | None) -> LetterView:
    other = row.thread.partner if row.thread.opened_by_id == viewer.library else row.thread.opened_by
    return LetterView(
        id=row.id,
        thread=row.thread_id,
        subject=row.thread.subject,
        text=row.text,
        by=row.signed_by or row.author.name,
        own=row.library_id == viewer.library,
        library=LibraryView.of(row.library),
        partner=LibraryView.of(other),
        language=Language(row.language) if row.language else None,
        at=row.at,
        answers=answers,
        files=tuple(file_view(one) for one in sorted(row.files, key=lambda one: one.id)),
    )


async def _answered(row: Letter) -> str | None:
    """The Message-ID of the other side's last mail in the thread, which this letter answers."""
    earlier = Letter.filter(thread_id=row.thread_id, id__lt=row.id).exclude(library_id=row.library_id)
    found = await earlier.exclude(message_id=None).order_by("-id").first()
    return found.message_id if found else None


def sides_of(thread: LetterThread) -> tuple[int, int]:
    """The two libraries of a thread."""
    return thread.opened_by_id, thread.partner_id


async def is_party(thread_id: int, viewer: PersonView) -> bool:
    """Whether the thread is one of the viewer's library."""
    row = await LetterThread.get_or_none(id=thread_id)
    return row is not None and viewer.library in sides_of(row)


async def shown_in(chat: int, message: int) -> int | None:
    """Which thread a message of a chat shows."""
    row = await LetterCard.get_or_none(chat_id=chat, message_id=message)
    return row.thread_id if row else None
