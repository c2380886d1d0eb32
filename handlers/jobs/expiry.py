"""What the clock does with kept files: a thin call."""

from datetime import datetime

from models.operations import expiry


async def expire_files(now: datetime) -> None:
    """Warn three days before a file that nobody fetched goes; let go what is thirty days old (clock 13)."""
    await expiry.expire_files(now)
