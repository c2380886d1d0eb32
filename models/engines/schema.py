"""Schema editors that keep what tortoise's own lose.

SQLite changes most of a table only by building a new one. Tortoise's editor builds it from the models and
drops the old one with foreign keys on, which deletes the rows of its children, indexes, triggers and unique
keys. This one edits the table's own CREATE statement, carries rows, indexes, triggers and the id counter
over, and counts. The connection must have foreign keys off: `models.engines.migrate` sees to it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from tortoise.fields.base import Field
from tortoise.fields.relational import ManyToManyFieldInstance
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, SqliteSchemaEditor
from tortoise.models import Model

Constraint = CheckConstraint | UniqueConstraint

_meta = attrgetter("_meta")  # tortoise has no public name for a model's table and constraints
_TOKENS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|/\*.*?\*/|--[^\n]*|[(),]""", re.DOTALL)


class MigrationError(Exception):
    """A migration that must not be kept; the message says why. Its transaction is rolled back."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A CREATE TABLE statement taken apart: columns and table constraints in order, and what follows."""

    parts: tuple[str, ...]
    suffix: str

    @classmethod
    def of(cls, sql: str) -> "Definition":
        """The first CREATE TABLE of the script. Raises MigrationError for what is none."""
        depth, begin, parts = 0, 0, []
        for token in _TOKENS.finditer(sql):
            depth += {"(": 1, ")": -1}.get(token[0], 0)
            if token[0] == "(" and depth == 1:
                begin = token.end()
            elif (token[0] == "," and depth == 1) or (token[0] == ")" and depth == 0):
                parts.append(sql[begin : token.start()].strip())
                begin = token.end()
            if token[0] == ")" and depth == 0:
                return cls(tuple(parts), sql[token.end() :].partition(";")[0].strip())
        raise MigrationError(f"not a CREATE TABLE statement: {sql[:60]}")

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in map(column, self.parts) if name)

    def part(self, name: str) -> str:
        """The definition of a column. Raises MigrationError when there is none."""
        for part in self.parts:
            if column(part) == name:
                return part
        raise MigrationError(f"no column {name}")

    def named(self, constraint: str) -> str | None:
        """The table constraint of that name."""
        return next((part for part in self.parts if part.startswith(f'CONSTRAINT "{constraint}"')), None)

    def replaced(self, old: str, new: str) -> "Definition":
        return Definition(tuple(new if part == old else part for part in self.parts), self.suffix)

    def without(self, part: str) -> "Definition":
        return Definition(tuple(kept for kept in self.parts if kept != part), self.suffix)

    def extended(self, part: str) -> "Definition":
        return Definition((*self.parts, part), self.suffix)


def column(part: str) -> str | None:
    """The column that a part of a table's definition describes; None for a table constraint."""
    quoted = re.match(r'"((?:[^"]|"")+)"', part)
    if quoted:
        return quoted[1].replace('""', '"')
    word = re.match(r"\w+", part)
    if word is None or word[0].upper() in {"CONSTRAINT", "UNIQUE", "CHECK", "FOREIGN", "PRIMARY"}:
        return None
    return word[0]


class PostgresEditor(AsyncpgSchemaEditor):
    """Tortoise's editor, which also creates what `Meta.constraints` asks for."""

    async def create_model(self, model: type[Model]) -> None:
        await super().create_model(model)
        for constraint in _meta(model).constraints:
            await self.add_constraint(model, constraint)


class SqliteEditor(SqliteSchemaEditor):
    """Changes tables without losing rows, keys, indexes or triggers; see the module."""

    COPY_TEMPLATE = 'INSERT INTO "new__{table}" ({columns}) SELECT {columns} FROM "{table}"'
    COUNT_TEMPLATE = 'SELECT count(*) AS n FROM "{table}"'

    async def _run_sql(self, sql: str) -> None:
        if self.collect_sql:
            self.collected_sql.append(sql)
        else:
            await self.client.execute_script(sql)

    async def create_model(self, model: type[Model]) -> None:
        await super().create_model(model)
        for constraint in _meta(model).constraints:
            await self.add_constraint(model, constraint)

    async def rename_table(self, model: type[Model], old_name: str, new_name: str) -> None:
        raise MigrationError(
            f"{model.__name__}: {old_name} must not become {new_name}, its children would be lost"
        )

    async def remove_field(self, model: type[Model], field: Field[Any]) -> None:
        if isinstance(field, ManyToManyFieldInstance):
            await super().remove_field(model, field)
            return
        table, name = _meta(model).db_table, _column_of(model, field)
        definition = await self._definition(table)
        left = definition.without(definition.part(name))
        if any(f'"{name}"' in part for part in left.parts if column(part) is None):
            raise MigrationError(f"{table}.{name} is still part of a constraint: remove that first")
        await self._rebuild(table, left)

    async def _alter_field(self, model: type[Model], old_field: Field[Any], new_field: Field[Any]) -> None:
        table = _meta(model).db_table
        old = old_field.source_field or old_field.model_field_name
        new = new_field.source_field or new_field.model_field_name
        if old != new:
            await self._run_sql(f'ALTER TABLE "{table}" RENAME COLUMN "{old}" TO "{new}"')
        if old_field.unique and not new_field.unique:
            await self._drop_unique_indexes(table, new)
        wanted = Definition.of(self._get_model_sql_data(model).table_sql).part(new)
        definition = await self._definition(table)
        if definition.part(new) != wanted:
            await self._rebuild(table, definition.replaced(definition.part(new), wanted))

    async def add_constraint(self, model: type[Model], constraint: Constraint) -> None:
        table = _meta(model).db_table
        if isinstance(constraint, CheckConstraint):
            check = self.CHECK_CONSTRAINT_CREATE_TEMPLATE.format(name=constraint.name, check=constraint.check)
            await self._rebuild(table, (await self._definition(table)).extended(check))
            return
        columns = self._resolve_fields_to_columns(model, constraint.fields)
        name = self._constraint_name_for_model(model, UniqueConstraint(tuple(columns), constraint.name))
        where = f" WHERE {constraint.condition}" if constraint.condition else ""
        await self._run_sql(f'CREATE UNIQUE INDEX "{name}" ON "{table}" ({_quoted(columns)}){where}')

    async def remove_constraint(self, model: type[Model], constraint: Constraint) -> None:
        table = _meta(model).db_table
        if isinstance(constraint, CheckConstraint):
            name = constraint.name
        else:
            columns = self._resolve_fields_to_columns(model, constraint.fields)
            name = self._constraint_name_for_model(model, UniqueConstraint(tuple(columns), constraint.name))
        definition = await self._definition(table)
        part = definition.named(name)
        if part is None:
            await self._run_sql(f'DROP INDEX "{name}"')
        else:
            await self._rebuild(table, definition.without(part))

    async def _rebuild(self, table: str, wanted: Definition) -> None:
        """A new table in place of the old one, with all that belonged to it. Raises MigrationError."""
        before = await self._definition(table)
        gone = set(before.columns) - set(wanted.columns)
        kept = await self._belongings(table, gone)
        rows = await self._count(table)
        columns = _quoted(name for name in wanted.columns if name in before.columns)
        await self._run_sql(f'CREATE TABLE "new__{table}" ({", ".join(wanted.parts)}) {wanted.suffix}')
        await self._run_sql(self.COPY_TEMPLATE.format(table=table, columns=columns))
        await self._keep_counter(table)
        await self._run_sql(f'DROP TABLE "{table}"')
        await self._take_name(table)
        for sql in kept:
            await self.client.execute_query(sql)
        if await self._count(table) != rows:
            raise MigrationError(f"{table} had {rows} rows and would have fewer")

    async def _definition(self, table: str) -> Definition:
        sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
        [row] = await self.client.execute_query_dict(sql, [table])
        return Definition.of(row["sql"])

    async def _belongings(self, table: str, gone: set[str]) -> list[str]:
        """The SQL of the table's indexes and triggers, without the indexes on columns that go.

        Raises MigrationError for what only mentions such a column: SQLite would read the name as a string.
        """
        found = await self.client.execute_query_dict(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'table' AND sql <> ''",
            [table],
        )
        kept = []
        for row in found:
            if row["type"] == "index" and gone & set(await self._indexed(row["name"])):
                continue
            if any(re.search(rf"\b{re.escape(name)}\b", row["sql"]) for name in gone):
                raise MigrationError(f"{row['type']} {row['name']} mentions {', '.join(gone)}: drop it first")
            kept.append(row["sql"])
        return kept

    async def _indexed(self, index: str) -> list[str]:
        info = await self.client.execute_query_dict(f'PRAGMA index_info("{index}")')
        return [row["name"] for row in info]

    async def _drop_unique_indexes(self, table: str, name: str) -> None:
        """Those that were made beside the table, on that column alone."""
        for row in await self.client.execute_query_dict(f'PRAGMA index_list("{table}")'):
            plain = row["unique"] and row["origin"] == "c" and not row["partial"]
            if plain and await self._indexed(row["name"]) == [name]:
                await self._run_sql(f'DROP INDEX "{row["name"]}"')

    async def _keep_counter(self, table: str) -> None:
        """AUTOINCREMENT promises never to give an id twice, so the highest one ever given moves along."""
        exists = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"
        if not await self.client.execute_query_dict(exists):
            return
        await self.client.execute_query("DELETE FROM sqlite_sequence WHERE name = ?", [f"new__{table}"])
        await self.client.execute_query(
            "INSERT INTO sqlite_sequence (name, seq) SELECT ?, seq FROM sqlite_sequence WHERE name = ?",
            [f"new__{table}", table],
        )

    async def _take_name(self, table: str) -> None:
        # Otherwise SQLite reads every trigger that names the table, which is not there at this moment.
        await self._run_sql("PRAGMA legacy_alter_table=ON")
        await self._run_sql(f'ALTER TABLE "new__{table}" RENAME TO "{table}"')
        await self._run_sql("PRAGMA legacy_alter_table=OFF")

    async def _count(self, table: str) -> int:
        [row] = await self.client.execute_query_dict(self.COUNT_TEMPLATE.format(table=table))
        return int(row["n"])


def _column_of(model: type[Model], field: Field[Any]) -> str:
    name = field.source_field or field.model_field_name
    return str(_meta(model).fields_db_projection.get(name, name))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
