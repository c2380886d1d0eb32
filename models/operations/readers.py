"""The reader's reference: kept apart, and not for long."""

from datetime import datetime, timedelta

from models.engines import sql
from models.tables import Draft

KEPT = timedelta(days=90)

ENDED = "DELETE FROM reader WHERE request_id IN (SELECT id FROM request WHERE ended_at <= $1)"


async def wipe(now: datetime) -> int:
    """Delete the references of requests that ended, and of drafts left alone, ninety days ago or earlier.

    Requests and drafts stay, so counts do. On SQLite the journal goes as well: nothing can be read from it.
    """
    wiped = await sql.execute(ENDED, [now - KEPT])
    wiped += await Draft.filter(updated_at__lte=now - KEPT).exclude(reader=None).update(reader=None)
    if wiped and sql.dialect() == "sqlite":
        await sql.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return wiped
