"""Cards that are open on somebody's phone follow the request that they show."""

from datetime import datetime, timedelta
from typing import Any

from models.engines import sql
from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Notice

FOLLOWED_FOR = timedelta(hours=48)
MOST_PER_CHAT = 3
"""Cards of one chat that follow: the newest; an older one is brought up to date when it is tapped."""

OPEN = """
SELECT c.id, c.chat_id, c.message_id, p.id AS person
FROM card c
JOIN person p ON p.telegram_id = c.chat_id AND p.left_at IS NULL AND p.chat_closed_at IS NULL
WHERE c.request_id = $1 AND c.live AND c.at > $2 AND p.id <> $3
  AND NOT EXISTS (
    SELECT 1 FROM card n
    WHERE n.request_id = $1 AND n.live AND n.at > $2 AND n.chat_id = c.chat_id AND n.id > c.id
  )
  AND (SELECT count(*) FROM card n WHERE n.chat_id = c.chat_id AND n.live AND n.id > c.id) < $4
ORDER BY c.id
"""
"""The newest open card of the request in each chat, where it is among the chat's newest, and whose it is."""


async def follow(request: int, event: int, *, actor: int | None, now: datetime) -> None:
    """Have the request's open cards changed in place, in the event's own transaction.

    One change of a card waits at most: words are made last, so it will tell this event too. Whoever acts is
    answered anyway, so their chat is left alone.
    """
    found = await sql.rows(OPEN, [request, now - FOLLOWED_FOR, actor or 0, MOST_PER_CHAT])
    slips = [_change(row, request, event) for row in found if not await _waits(row["id"])]
    await outbox.write(slips, now)


async def _waits(card: int) -> bool:
    """Whether a change of this card waits. It is locked, so that no worker words it before we commit."""
    waiting = Notice.filter(dedupe__startswith=f"follow:{card}:", status="pending")
    return await waiting.select_for_update().first() is not None


def _change(row: dict[str, Any], request: int, event: int) -> Slip:
    return Slip(
        channel=Channel.CHAT,
        target=str(row["chat_id"]),
        kind=NoticeKind.CARD,
        facts={"request": request, "edit": row["message_id"], "follows": True},
        dedupe=f"follow:{row['id']}:{event}",
        person=row["person"],
    )
