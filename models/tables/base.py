"""What every table of the desk has."""

from typing import Any

from tortoise import fields
from tortoise.models import Model, ModelMeta


class Described(ModelMeta):
    """A table is described in its docstring.

    Tortoise would look for comments of columns in the source of each: a sixth of a second of every start.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> ModelMeta:
        return super().__new__(cls, name, bases, {**attrs, "_no_comments": True})


class Table(Model, metaclass=Described):
    """A row with a number for a key."""

    id = fields.IntField(primary_key=True)

    class Meta:
        abstract = True


class BigTable(Model, metaclass=Described):
    """A row of a table that grows by the message."""

    id = fields.BigIntField(primary_key=True)

    class Meta:
        abstract = True
