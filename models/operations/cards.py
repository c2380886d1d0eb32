"""Cards that are open on somebody's phone follow the request that they show."""

from datetime import datetime, timedelta
from typing import Any

from models.engines import sql
from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind, Via
from models.tables import Event, Notice

FOLLOWED_FOR = timedelta(hours=48)
NEWS_FOLLOWED_FOR = timedelta(days=30)
"""News with its acts waits for an answer; as long as most answers take, its buttons stay true."""
MOST_PER_CHAT = 3
"""Cards of one chat that follow: the newest; an older one is brought up to date when it is tapped."""

FOLLOWING = """
SELECT c.id, c.chat_id, c.message_id, c.event_id, c.version, p.id AS person
FROM card c
JOIN person p ON p.telegram_id = c.chat_id AND p.left_at IS NULL AND p.chat_closed_at IS NULL
WHERE c.request_id = $1 AND c.live AND p.id <> $2 AND (
  c.event_id IS NULL AND c.at > $3
  AND NOT EXISTS (
    SELECT 1 FROM card n
    WHERE n.request_id = $1 AND n.chat_id = c.chat_id AND n.live AND n.event_id IS NULL AND n.at > $3
      AND n.id > c.id
  )
  AND $5 > (
    SELECT count(*) FROM card n
    WHERE n.chat_id = c.chat_id AND n.live AND n.event_id IS NULL AND n.id > c.id
  )
  OR c.event_id IS NOT NULL AND c.at > $4 AND c.version <> $6
  AND $5 > (
    SELECT count(*) FROM card n
    WHERE n.request_id = $1 AND n.chat_id = c.chat_id AND n.live AND n.event_id IS NOT NULL
      AND n.at > $4 AND n.version <> $6 AND n.id > c.id
  )
)
ORDER BY CASE WHEN c.event_id IS NULL THEN 0 ELSE 1 END, c.id
"""
"""The newest open card of the request in each chat, where it is among the chat's newest; then the newest news
of the request in each chat whose acts may no longer be those of now; and whose chat it is."""


async def follow(event: Event, now: datetime) -> None:
    """Have the request's open cards changed in place, in the event's own transaction.

    One change of a card waits at most: words are made last, so it will tell this event too. Whoever acts in
    chat is answered anyway, so their chat is left alone.
    """
    answered = event.actor_id if event.via is Via.TELEGRAM else None
    since, news_since = now - FOLLOWED_FOR, now - NEWS_FOLLOWED_FOR
    asked = [event.request_id, answered or 0, since, news_since, MOST_PER_CHAT, event.version]
    found = await sql.rows(FOLLOWING, asked)
    await outbox.write([_change(row, event) for row in found if not await _waits(row["id"])], now)


async def _waits(card: int) -> bool:
    """Whether a change of this card waits. It is locked, so that no worker words it before we commit."""
    waiting = Notice.filter(dedupe__startswith=f"follow:{card}:", status="pending")
    return await waiting.select_for_update().first() is not None


def _change(row: dict[str, Any], event: Event) -> Slip:
    news = row["event_id"]
    facts = {"request": event.request_id, "edit": row["message_id"], "follows": True}
    if row["version"] < event.version:
        facts["version"] = event.version
    return Slip(
        channel=Channel.CHAT,
        target=str(row["chat_id"]),
        kind=NoticeKind.CARD if news is None else NoticeKind.EVENT,
        facts=facts if news is None else {**facts, "event": news},
        dedupe=f"follow:{row['id']}:{event.id}",
        person=row["person"],
    )
