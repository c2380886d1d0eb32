"""Tables of the tests' own: a parent with children, a unique key, an index, a moment and a document."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.engines.document import dump, load


class Shelf(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=100, unique=True)
    room = fields.CharField(max_length=100, default="", db_index=True)
    made_at = fields.DatetimeField(null=True)
    facts = fields.JSONField[dict[str, object]](encoder=dump, decoder=load, default=dict)

    class Meta:
        table = "shelf"
        constraints = (
            CheckConstraint(check="name <> ''", name="shelf_has_a_name"),
            UniqueConstraint(fields=("room",), name="one_atrium", condition="room = 'atrium'"),
        )


class Book(Model):
    id = fields.IntField(primary_key=True)
    shelf: fields.ForeignKeyRelation[Shelf] = fields.ForeignKeyField(
        "models.Shelf", related_name="books", on_delete=fields.CASCADE
    )
    title = fields.CharField(max_length=100, description="as on the cover, not (yet) checked; may be long")

    class Meta:
        table = "book"
