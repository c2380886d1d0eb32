"""The program's connection to its database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.context import TortoiseContext

from models.engines.config import config


@asynccontextmanager
async def database(url: str, *, tables: str = "models.tables") -> AsyncIterator[None]:
    """Connected inside, for the calling task and every other; closed after. One at a time in a process.

    Enter it first, in the main task. Raises ConfigurationError for an address nobody understands and
    OperationalError, DBConnectionError or OSError when the database cannot be reached.
    """
    async with TortoiseContext() as context:
        await context.init(config=config(url, tables=tables), _enable_global_fallback=True)
        await context.db().create_connection(with_db=True)
        yield
