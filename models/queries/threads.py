"""The mail threads of requests: what a letter continues, and what a message was about."""

from dataclasses import dataclass

from models.tables import ThreadMail


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadView:
    """What a mail to a person about a request continues: the last message they have, and those before it.

    `index` and `tags` are the newest that the person's own programs put into a mail, for them to find again.
    """

    last: str | None
    references: tuple[str, ...]
    index: str | None = None
    tags: str | None = None


async def thread_of(request_id: int, person: int, *, limit: int = 10) -> ThreadView:
    """The thread as this person has it, oldest first; the root is kept when it grows long."""
    rows = await ThreadMail.filter(request_id=request_id, person_id=person).order_by("id")
    ids = list(dict.fromkeys(row.message_id for row in rows))
    kept = ids if len(ids) <= limit else [ids[0], *ids[-(limit - 1) :]]
    return ThreadView(
        last=ids[-1] if ids else None,
        references=tuple(kept),
        index=next((row.index for row in reversed(rows) if row.index), None),
        tags=next((row.tags for row in reversed(rows) if row.tags), None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a message of a thread told: which request, to whom, as of which version."""

    request: int
    person: int | None
    version: int | None


async def seen_in(message_id: str) -> Seen | None:
    """The thread that a Message-ID belongs to."""
    row = await ThreadMail.filter(message_id=message_id).order_by("-id").first()
    return Seen(request=row.request_id, person=row.person_id, version=row.version) if row else None
