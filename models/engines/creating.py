"""Applying a migration in time that grows with the number of its tables, not with its square.

Tortoise renders every model of the schema again before and after each operation. Tables that are only created
need that once for all of them, and statements of our own not at all.
"""

from collections.abc import Iterable
from itertools import groupby

from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import CreateModel, Operation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import ModelState, State

from models.engines.ddl import Sql


async def apply(migration: Migration, state: State, editor: BaseSchemaEditor | None) -> State:
    """What `migration.apply` does, with the same statements in the same order; returns the state after it.

    Without an editor only the state moves.
    """
    for kind, found in groupby(migration.operations, key=_kind):
        operations = list(found)
        if kind is Operation:
            part = type(migration)(migration.name, migration.app_label)
            part.operations = operations
            state = await part.apply(state, dry_run=editor is None, schema_editor=editor)
            continue
        if kind is CreateModel:
            state = _with(operations, state, app=migration.app_label)
        for one in operations if editor else ():
            await one.database_forward(migration.app_label, state, state, editor)
    return state


def _kind(operation: Operation) -> type[Operation]:
    return next((kind for kind in (CreateModel, Sql) if isinstance(operation, kind)), Operation)


def _with(created: Iterable[Operation], state: State, *, app: str) -> State:
    models = dict(state.models)
    for one in created:
        if isinstance(one, CreateModel):
            models[app, one.name] = ModelState.make_from_model(app, one.model)
    made = State(models=models, apps=state.apps.clone(model_states=models))
    made.validate_relations_initialized()
    return made
