"""SQL in migrations that differs by dialect: partial indexes, full-text tables, triggers, expressions."""

from collections.abc import Mapping, Sequence

from tortoise.migrations.operations import RunSQL
from tortoise.migrations.schema_editor.base import BaseSchemaEditor


class Sql(RunSQL):
    """Statements for both dialects, or a list for each; a dialect without any is left as it is.

    `Sql("CREATE INDEX …")`, `Sql(sqlite=["CREATE VIRTUAL TABLE …"], postgres=["CREATE INDEX … USING gin"])`.
    Forward only, inside the migration's transaction.
    """

    def __init__(self, *both: str, sqlite: Sequence[str] = (), postgres: Sequence[str] = ()) -> None:
        super().__init__({"sqlite": (*both, *sqlite), "postgres": (*both, *postgres)})

    async def _run_sql(self, state_editor: BaseSchemaEditor, sqls: Mapping[str, Sequence[str]]) -> None:
        for statement in sqls[state_editor.DIALECT]:
            await state_editor.client.execute_script(statement)
