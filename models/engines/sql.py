"""SQL that both dialects read, in the current transaction or on the pool.

Placeholders are `$1, $2 …` (not inside string literals). Values come back as the dialect stores them: on
SQLite a moment is text and a truth is 0 or 1; JSON is text on both. `moment()` and `day()` read either form.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal, Protocol, cast

from tortoise.backends.base.client import Capabilities
from tortoise.context import require_context

from models.engines.document import dump, load


class Client(Protocol):
    """What both engines' clients and transactions offer."""

    capabilities: Capabilities

    async def execute_query_dict(self, query: str, values: list[Any]) -> list[dict[str, Any]]: ...

    async def execute_many(self, query: str, values: list[list[Any]]) -> None: ...

    async def change(self, query: str, values: Sequence[Any]) -> int: ...


def dialect() -> Literal["sqlite", "postgres"]:
    """Which database speaks here, for the few statements that must differ."""
    return "sqlite" if _client().capabilities.dialect == "sqlite" else "postgres"


async def rows(sql: str, params: Sequence[object] = ()) -> list[dict[str, Any]]:
    """All rows of a SELECT, or of INSERT, UPDATE, DELETE … RETURNING."""
    return await _client().execute_query_dict(_placed(sql, dialect()), list(params))


async def execute(sql: str, params: Sequence[object] = ()) -> int:
    """How many rows the statement inserted, updated or deleted."""
    return await _client().change(_placed(sql, dialect()), list(params))


async def many(sql: str, rows: Sequence[Sequence[object]]) -> None:
    """The same statement once for each row of values; for thousands of rows much faster than one by one."""
    if len(rows) == 1:
        await execute(sql, rows[0])
    elif rows:
        await _client().execute_many(_placed(sql, dialect()), [list(row) for row in rows])


def moment(value: datetime | str) -> datetime:
    """An aware moment, from either dialect."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def day(value: date | str) -> date:
    """A civil date, from either dialect."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def stored(value: object) -> object:
    """A column's value as either dialect takes it: what JSON columns hold as their text."""
    return dump(value) if isinstance(value, dict | list) else value


@lru_cache(maxsize=256)
def assigned(columns: tuple[str, ...], first: int) -> str:
    """What follows SET: the columns in this order, their values from the placeholder `first` on."""
    return ", ".join(f'"{name}" = ${place}' for place, name in enumerate(columns, first))


def document(value: Any) -> Any:
    """What a JSON column holds, from either dialect."""
    return load(value) if isinstance(value, str | bytes) else value


def _client() -> Client:
    return cast("Client", require_context().db())


@lru_cache(maxsize=512)
def _placed(sql: str, spoken: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", sql) if spoken == "sqlite" else sql
