"""Agreements between two libraries. Requests belong to the one in force."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.tables.base import Table
from models.tables.libraries import Library


class Agreement(Table):
    """A bilateral agreement; the periods are written as in the settings: `5y`, `3m`, `30d`.

    `clocks` holds what differs from the defaults of the lifecycle's clocks. `standing` lists `StandingTerm`
    values; `costs` tells whether the libraries charge each other, so that cost is asked for at all.
    """

    party_a: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="agreements_a"
    )
    party_a_id: int
    party_b: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="agreements_b"
    )
    party_b_id: int
    signed_on = fields.DateField()
    place: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    term = fields.CharField(max_length=8)
    renewal = fields.CharField(max_length=8, null=True)
    notice = fields.CharField(max_length=8)
    clocks: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    ended_on = fields.DateField(null=True)
    standing: Any = fields.JSONField(default=list, encoder=dump, decoder=load)
    costs = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "agreement"
