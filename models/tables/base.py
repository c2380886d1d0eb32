"""What every table of the desk has."""

from tortoise import fields
from tortoise.models import Model


class Table(Model):
    """A row with a number for a key."""

    id = fields.IntField(primary_key=True)

    class Meta:
        abstract = True


class BigTable(Model):
    """A row of a table that grows by the message."""

    id = fields.BigIntField(primary_key=True)

    class Meta:
        abstract = True
