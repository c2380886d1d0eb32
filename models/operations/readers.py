"""The reader's reference: kept apart, and not for long."""

from datetime import datetime, timedelta

from models.tables import Reader, Request

KEPT = timedelta(days=90)


async def wipe(now: datetime) -> int:
    """Delete the references of requests that ended ninety days ago or earlier; counts stay."""
    ended = await Request.filter(ended_at__lte=now - KEPT).values_list("id", flat=True)
    return await Reader.filter(request_id__in=list(ended)).delete() if ended else 0
