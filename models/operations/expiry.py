"""A delivered file is kept for thirty days (clock 13): warned of once if nobody fetched it, then let go.

What went into a chat or a mailbox stays there; what is let go is the program's own copy, its links, and the
mail that brought it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from models.engines import sql, transaction
from models.operations import outbox
from models.operations.concerned import slips_for
from models.rules.filelimits import KEPT, WARNED_BEFORE
from models.rules.lifecycle import Tell
from models.rules.vocabulary import NoticeKind
from models.tables import Attachment, Event, Upload

EMPTY_MAILS = """
UPDATE mail SET body = $1
WHERE done_at <= $2 AND (outcome <> 'poisoned' OR done_at <= $3) AND length(body) > 0
"""
POISON_KEPT = timedelta(days=90)
"""A mail that nothing could be made of: long enough for somebody to mend what failed."""
UPLOADS_KEPT = timedelta(days=7)
"""An upload that nobody finished."""


async def expire_files(now: datetime) -> None:
    """Warn of what goes soon and was never fetched; let go what is old. Twice is as good as once."""
    await _warn(now)
    await Attachment.filter(since__lte=now - KEPT, expired_at=None).update(expired_at=now)
    await sql.execute(EMPTY_MAILS, [b"", now - KEPT, now - POISON_KEPT])
    await Upload.filter(created_at__lte=now - UPLOADS_KEPT, done_at=None).delete()


async def _warn(now: datetime) -> None:
    due = Attachment.filter(
        since__lte=now - KEPT + WARNED_BEFORE,
        event_id__not_isnull=True,
        reached_at=None,
        warned_at=None,
        expired_at=None,
    )
    by_event: dict[int, list[int]] = defaultdict(list)
    for row in await due.order_by("id"):
        by_event[row.event_id or 0].append(row.id)
    for event, files in by_event.items():
        await _warn_of(event, files, now)


async def _warn_of(event_id: int, files: Sequence[int], now: datetime) -> None:
    async with transaction():
        if not await Attachment.filter(id__in=list(files), warned_at=None).update(warned_at=now):
            return
        event = await Event.get(id=event_id).select_related("request")
        facts = {"request": event.request_id, "files": list(files)}
        slips = await slips_for(
            event.request, event, tells=Tell.PARTNER, kind=NoticeKind.FILE_EXPIRES, facts=facts, now=now
        )
        await outbox.write(slips, now)
