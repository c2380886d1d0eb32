"""The database floor: two engines for tortoise, safe migrations, raw SQL that both dialects read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.transactions import in_transaction

__all__ = ["transaction"]


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Everything inside is kept together or not at all, whenever the task is cancelled.

    Inside another transaction it is a savepoint. A cancellation that arrives while it commits is
    delivered after the commit. No network and no second task inside.
    """
    async with in_transaction():
        yield
