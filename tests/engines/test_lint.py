import pytest
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.operations import AddField, AddIndex, CreateModel, Operation, RenameModel

from models.engines.lint import forbidden, lint

BOOK = CreateModel(
    name="Book",
    fields=[("id", fields.IntField(primary_key=True)), ("shelf", fields.ForeignKeyField("models.Shelf"))],
    options={"indexes": [("shelf_id", "id")]},
)


@pytest.mark.parametrize(
    "operation",
    [
        RenameModel("Shelf", "Rack"),
        AddField("Book", "pages", fields.IntField()),
        AddField("Book", "pages", fields.IntField(default=1)),
        AddIndex("Book", Index(fields=("shelf",))),
    ],
)
def test_an_operation_that_loses_data_is_a_fault(operation: Operation) -> None:
    assert len(forbidden([BOOK, operation])) == 1


@pytest.mark.parametrize(
    "operation",
    [
        AddField("Book", "pages", fields.IntField(null=True)),
        AddField("Book", "pages", fields.IntField(db_default=1)),
        AddIndex("Book", Index(fields=("shelf_id",))),
    ],
)
def test_an_operation_that_keeps_data_is_none(operation: Operation) -> None:
    assert forbidden([BOOK, operation]) == []


def test_the_desk_s_own_migrations_have_no_fault() -> None:
    assert lint() == []
