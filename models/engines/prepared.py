"""Queries of the ORM whose text is made once: building it costs several times what running it does."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from tortoise.context import require_context
from tortoise.models import Model
from tortoise.queryset import QuerySet

M = TypeVar("M", bound=Model)


class Prepared(Generic[M]):
    """A query with places for values. Each value stands in it once, in the order given, and is never None.

    `made` builds the query; it may neither join nor prefetch nor limit.
    """

    def __init__(self, made: Callable[..., QuerySet[M]]) -> None:
        self._made = made
        self._texts: dict[str, tuple[str, type[M]]] = {}

    async def all(self, *values: object) -> list[M]:
        """All rows, as the query itself would give them."""
        client: Any = require_context().db()
        spoken = client.capabilities.dialect
        if spoken not in self._texts:
            query = self._made(*values)
            self._texts[spoken] = (query.sql(), query.model)
        text, model = self._texts[spoken]
        executor = client.executor_class(model=model, db=client)
        return cast("list[M]", await executor.execute_select(text, list(values)))

    async def first(self, *values: object) -> M | None:
        """The first row; None where there is none."""
        rows = await self.all(*values)
        return rows[0] if rows else None
