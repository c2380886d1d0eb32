"""What a migration must not do, because it loses data or cannot be applied to a table with rows."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tortoise.fields.relational import ForeignKeyFieldInstance, ManyToManyFieldInstance
from tortoise.indexes import Index
from tortoise.migrations.operations import AddField, AddIndex, CreateModel, Operation, RenameModel


def lint(migrations: str = "models.migrations") -> list[str]:
    """Each fault of each migration of the package as `name: sentence`; empty when all is well."""
    faults: list[str] = []
    operations: list[Operation] = []
    for module in iter_modules(import_module(migrations).__path__):
        migration = import_module(f"{migrations}.{module.name}").Migration
        before = len(operations)
        operations += migration.operations
        found = [] if migration.atomic else ["must stay atomic"]
        found += forbidden(operations, since=before)
        faults += [f"{module.name}: {fault}" for fault in found]
    return faults


def forbidden(operations: Iterable[Operation], *, since: int = 0) -> list[str]:
    """The faults of the operations from `since` on; earlier ones only tell what is a relation."""
    relations: set[tuple[str, str]] = set()
    faults: list[str] = []
    for number, operation in enumerate(operations):
        relations |= set(_relations(operation))
        if number >= since:
            faults += _faults(operation, relations)
    return faults


def _faults(operation: Operation, relations: set[tuple[str, str]]) -> Iterator[str]:
    if isinstance(operation, RenameModel):
        yield f"{operation.old_name} must not be renamed: its children would be lost"
    if isinstance(operation, AddField) and _is_required(operation.field):
        yield f"{operation.model_name}.{operation.name} is NOT NULL: the rows there are need a db_default"
    for model, name in _indexed(operation):
        if (model, name) in relations:
            yield f"an index on {model}.{name} would index the word itself: name the column, {name}_id"


def _is_required(field: Any) -> bool:
    return not isinstance(field, ManyToManyFieldInstance) and not field.null and not field.has_db_default()


def _relations(operation: Operation) -> Iterator[tuple[str, str]]:
    if isinstance(operation, CreateModel):
        fields = [(operation.name, name, field) for name, field in operation.fields]
    elif isinstance(operation, AddField):
        fields = [(operation.model_name, operation.name, operation.field)]
    else:
        return
    for model, name, field in fields:
        if isinstance(field, ForeignKeyFieldInstance):
            yield model, name


def _indexed(operation: Operation) -> Iterator[tuple[str, str]]:
    if isinstance(operation, AddIndex):
        model, indexes = operation.model_name, (operation.index,)
    elif isinstance(operation, CreateModel):
        model, indexes = operation.name, tuple((operation.options or {}).get("indexes", ()))
    else:
        return
    for index in indexes:
        yield from ((model, name) for name in _fields(index))


def _fields(index: Index | Iterable[str]) -> Iterable[str]:
    return index.fields if isinstance(index, Index) else index
