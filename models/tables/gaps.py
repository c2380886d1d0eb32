"""Gap lists: what a library lacks or has twice, how the lists came, and documents that change hands."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.rules.vocabulary import (
    ExchangeAct,
    ExchangeStage,
    ExchangeStep,
    Holding,
    ItemState,
    Side,
    Via,
    Way,
)
from models.tables.base import BigTable, Table
from models.tables.libraries import Library, Person
from models.tables.requests import Request


class GapImport(Table):
    """A list that somebody sent: the bytes as they came, until it is stored or dropped and a while longer.

    `sample` is its format, its heading and first rows, for showing. `columns` names a field for each column
    (null: not used), `headed`: the first row is their heading. `state` goes shown → stored or dropped.
    (via, key) makes a redelivered message the same import.
    """

    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, db_index=True
    )
    person_id: int
    name = fields.CharField(max_length=200)
    body = fields.BinaryField(null=True)
    sample: Any = fields.JSONField(encoder=dump, decoder=load)
    columns: Any = fields.JSONField(encoder=dump, decoder=load)
    headed = fields.BooleanField(default=True)
    holding = fields.CharEnumField(Holding, max_length=8)
    state = fields.CharField(max_length=8, default="shown")
    rows = fields.IntField(default=0)
    added = fields.IntField(default=0)
    known = fields.IntField(default=0)
    wrong = fields.IntField(default=0)
    matched = fields.IntField(default=0)
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    created_at = fields.DatetimeField(db_index=True)
    stored_at = fields.DatetimeField(null=True)

    class Meta:
        table = "gap_import"
        unique_together = (("via", "key"),)


class GapItem(BigTable):
    """A line of a library's list. `digest` is that of the same line: a list sent twice adds nothing twice.

    `request` is the one that could not be answered and left the line behind.
    """

    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    holding = fields.CharEnumField(Holding, max_length=8)
    digest = fields.CharField(max_length=64)
    values: Any = fields.JSONField(encoder=dump, decoder=load)
    search_key = fields.TextField()
    state = fields.CharEnumField(ItemState, max_length=10, default=ItemState.OPEN)
    version = fields.IntField(default=1)
    source: fields.ForeignKeyNullableRelation[GapImport] = fields.ForeignKeyField(
        "models.GapImport", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    source_id: int | None
    request: fields.ForeignKeyNullableRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, null=True
    )
    request_id: int | None
    added_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    added_by_id: int | None
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "gap_item"
        unique_together = (("library", "holding", "digest"),)


class GapKey(BigTable):
    """What a line shares with the same document on another list (`models.rules.gaps.items.keys`)."""

    item: fields.ForeignKeyRelation[GapItem] = fields.ForeignKeyField(
        "models.GapItem", on_delete=fields.RESTRICT
    )
    item_id: int
    value = fields.CharField(max_length=300, db_index=True)

    class Meta:
        table = "gap_key"
        unique_together = (("item", "value"),)


class Exchange(Table):
    """One document between two libraries: `taker` has the gap, `giver` answers it.

    `moved_at` is when it came to its stage, `reminded` the last thing that the clock said of it there,
    `look_at` when the clock has to look at it next.

    `gap` and `spare` are the lines it is about, at least one of them. `request` is what a wanted copy or loan
    goes on as. `dispatch` holds how the parcel went, by the names of the lifecycle's details.
    """

    taker: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="exchanges_taken", db_index=True
    )
    taker_id: int
    giver: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="exchanges_given", db_index=True
    )
    giver_id: int
    gap: fields.ForeignKeyNullableRelation[GapItem] = fields.ForeignKeyField(
        "models.GapItem", on_delete=fields.RESTRICT, null=True, related_name="answers"
    )
    gap_id: int | None
    spare: fields.ForeignKeyNullableRelation[GapItem] = fields.ForeignKeyField(
        "models.GapItem", on_delete=fields.RESTRICT, null=True, related_name="takers"
    )
    spare_id: int | None
    way = fields.CharEnumField(Way, max_length=8, null=True)
    stage = fields.CharEnumField(ExchangeStage, max_length=10)
    version = fields.IntField(default=1)
    dispatch: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    request: fields.ForeignKeyNullableRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    request_id: int | None
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    moved_at = fields.DatetimeField(null=True)
    reminded = fields.CharEnumField(ExchangeStep, max_length=10, null=True)
    look_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "exchange"
        unique_together = (("gap", "giver"), ("spare", "taker"))


class ExchangeEvent(BigTable):
    """One line of an exchange's history. (via, key) makes every outside event happen once."""

    exchange: fields.ForeignKeyRelation[Exchange] = fields.ForeignKeyField(
        "models.Exchange", on_delete=fields.RESTRICT, related_name="events", db_index=True
    )
    exchange_id: int
    act = fields.CharEnumField(ExchangeAct, max_length=10)
    side = fields.CharEnumField(Side, max_length=16, null=True)
    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    actor_id: int | None
    signed_by = fields.CharField(max_length=200, null=True)
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=160)
    stage_from = fields.CharEnumField(ExchangeStage, max_length=10)
    stage_to = fields.CharEnumField(ExchangeStage, max_length=10)
    way = fields.CharEnumField(Way, max_length=8, null=True)
    version = fields.IntField()
    details: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    at = fields.DatetimeField()

    class Meta:
        table = "exchange_event"
        unique_together = (("via", "key"),)
