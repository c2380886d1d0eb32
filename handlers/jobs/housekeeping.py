"""What the clock keeps in order: thin calls of operations."""

from datetime import datetime, timedelta

from models.operations import asides, bounces, delivery, inbox, readers, traces
from models.operations.gaps import imports
from models.queries.traffic import queues

MAIL_TROUBLE_AFTER = timedelta(hours=1)
SCREENS_KEPT = timedelta(days=7)
LISTS_KEPT = timedelta(days=30)
UPDATES_KEPT = timedelta(days=7)
"""Telegram offers an update again for a day at most (Bot API: getUpdates)."""


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


async def forget_updates(now: datetime) -> None:
    """What was typed in a chat lives on where it belongs; a reader's reference must not live on here."""
    await inbox.forget_updates(now - UPDATES_KEPT)


async def note_planning(now: datetime) -> None:
    """Somebody plans: alarms look for how long nobody did."""
    await traces.learn(traces.PLANNED, now.isoformat())


async def forget_asides(now: datetime) -> None:
    """What was kept aside for thirty days goes, words and all; so do failures that no longer count."""
    await asides.forget(now)
    await bounces.forget(now)


async def forget_lists(now: datetime) -> None:
    """A list as it was sent is needed while its rows may come back; its lines stay."""
    await imports.forget(now - LISTS_KEPT)
