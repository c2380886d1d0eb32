"""Rows that say when their clock has to look at them next are taken one after another."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from tortoise.models import Model
from tortoise.queryset import QuerySet

log = logging.getLogger(__name__)

BATCH = 100
AT_LEAST = timedelta(days=1)
"""A library may have announced meanwhile that it is closed."""
AFTER_TROUBLE = timedelta(hours=1)

Row = TypeVar("Row", bound=Model)


async def take_due(
    rows: QuerySet[Row], take: Callable[[Row, datetime], Awaitable[int]], now: datetime
) -> int:
    """Have each of these rows taken whose `look_at` has come; returns the sum of what `take` returns.

    `take` writes when to look again. A row that fails is logged, left for an hour, and stops no other.
    """
    written = 0
    while due := await rows.filter(look_at__lte=now).order_by("look_at").limit(BATCH):
        for row in due:
            try:
                written += await take(row, now)
            except Exception:
                log.exception("the clock of %s %s failed", rows.model.__name__.lower(), row.pk)
                await rows.model.filter(pk=row.pk).update(look_at=now + AFTER_TROUBLE)
    return written
