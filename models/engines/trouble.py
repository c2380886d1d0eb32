"""A database that is away for a moment is no fault of what was being done."""

import asyncpg
from tortoise.exceptions import DBConnectionError

AWAY = (
    DBConnectionError,
    ConnectionError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
FULL = ("disk is full", "disk I/O error", "No space left", "database is locked")
"""How SQLite and PostgreSQL say that nothing can be written just now."""


def is_away(error: BaseException) -> bool:
    """Whether the database could not be reached or written, whatever the statement was."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, AWAY) or any(words in str(seen) for words in FULL):
            return True
        inner = next((one for one in seen.args if isinstance(one, BaseException)), None)
        seen = seen.__cause__ or inner
    return False
