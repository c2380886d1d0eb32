"""What two libraries do alike each time, so that nobody has to say it again."""

from tortoise import fields

from models.rules.vocabulary import Method
from models.tables.base import Table
from models.tables.libraries import Library


class Habit(Table):
    """How the parcels of a library to a partner go: what was named last."""

    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="habits"
    )
    library_id: int
    partner: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="habits_towards"
    )
    partner_id: int
    method = fields.CharEnumField(Method, max_length=16, null=True)
    value = fields.CharField(max_length=100, null=True)
    insured = fields.CharField(max_length=100, null=True)

    class Meta:
        table = "habit"
        unique_together = (("library", "partner"),)
