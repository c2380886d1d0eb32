"""What the clock keeps in order: thin calls of operations."""

from datetime import datetime, timedelta

from models.operations import delivery, readers
from models.queries.traffic import queues

MAIL_TROUBLE_AFTER = timedelta(hours=1)
SCREENS_KEPT = timedelta(days=7)


async def tell_of_mail_trouble(now: datetime) -> None:
    """Coordinators hear of it when a mail has been tried in vain for an hour."""
    waiting = await queues()
    if waiting.oldest_mail_out and now - waiting.oldest_mail_out > MAIL_TROUBLE_AFTER:
        await delivery.mail_trouble(now)


async def wipe_readers(now: datetime) -> None:
    """The reader's reference goes ninety days after the request ended."""
    await readers.wipe(now)


async def forget_screens(now: datetime) -> None:
    """Sent screens of conversations are no record of anything."""
    await delivery.forget_sent(now - SCREENS_KEPT)
