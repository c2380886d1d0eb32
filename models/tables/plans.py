"""Cooperation plans: their items with every edition, the texts that both sides agreed to, what was said."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.rules.vocabulary import ItemAct, ItemKind, ItemStage, PlanStepName, Via
from models.tables.base import BigTable, Table
from models.tables.libraries import Library, Person
from models.tables.requests import Attachment


class Plan(Table):
    """What two libraries mean to do together in these years; `party_a` is the library with the lower number.

    `text` numbers the newest text of it, 0 before anything was accepted; `agreed_text` the one that both
    sides agreed to last.
    """

    party_a: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="plans_a"
    )
    party_a_id: int
    party_b: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="plans_b"
    )
    party_b_id: int
    first_year = fields.IntField()
    last_year = fields.IntField()
    text = fields.IntField(default=0)
    agreed_text = fields.IntField(null=True)
    agreed_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "plan"
        unique_together = (("party_a", "party_b", "first_year", "last_year"),)


class PlanText(Table):
    """A text of a plan as it stood once, letter for letter. Consent names one of these."""

    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "models.Plan", on_delete=fields.RESTRICT, related_name="texts"
    )
    plan_id: int
    number = fields.IntField()
    digest = fields.CharField(max_length=64)
    body = fields.TextField()
    at = fields.DatetimeField()

    class Meta:
        table = "plan_text"
        unique_together = (("plan", "number"),)


class PlanConsent(Table):
    """A side's consent to one text of a plan."""

    text: fields.ForeignKeyRelation[PlanText] = fields.ForeignKeyField(
        "models.PlanText", on_delete=fields.RESTRICT, related_name="consents"
    )
    text_id: int
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "plan_consent"
        unique_together = (("text", "library"),)


class PlanItem(Table):
    """One thing that a plan holds, as it stands. `look_at`: when its clock has to look at it next.

    `edition` is the one that stands, `newest` the last that was written, `accepted` the newest that both
    sides accepted; `before` the stage from which a change of it is discussed; `author` the library that wrote
    the edition that stands. `contacts` holds a person's name by the number of their library.
    """

    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "models.Plan", on_delete=fields.RESTRICT, related_name="items", db_index=True
    )
    plan_id: int
    number = fields.IntField()
    stage = fields.CharEnumField(ItemStage, max_length=16)
    kind = fields.CharEnumField(ItemKind, max_length=16)
    author: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    author_id: int
    version = fields.IntField(default=1)
    edition = fields.IntField(default=1)
    newest = fields.IntField(default=1)
    accepted = fields.IntField(null=True)
    before = fields.CharEnumField(ItemStage, max_length=16, null=True)
    contacts: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    carried_from: fields.OneToOneNullableRelation["PlanItem"] = fields.OneToOneField(
        "models.PlanItem", on_delete=fields.RESTRICT, null=True, related_name="carried_to"
    )
    carried_from_id: int | None
    look_at = fields.DatetimeField(null=True, db_index=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "plan_item"
        unique_together = (("plan", "number"),)


class PlanEdition(Table):
    """What an item said in one of its editions; none is ever changed."""

    item: fields.ForeignKeyRelation[PlanItem] = fields.ForeignKeyField(
        "models.PlanItem", on_delete=fields.RESTRICT, related_name="editions"
    )
    item_id: int
    number = fields.IntField()
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    contents: Any = fields.JSONField(encoder=dump, decoder=load)
    at = fields.DatetimeField()

    class Meta:
        table = "plan_edition"
        unique_together = (("item", "number"),)


class PlanEvent(BigTable):
    """Something that happened to an item, or (without one) to its plan. (via, key) makes it happen once.

    `version` is the item's after it; `text` the text of the plan that it speaks of.
    """

    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "models.Plan", on_delete=fields.RESTRICT, related_name="events", db_index=True
    )
    plan_id: int
    item: fields.ForeignKeyNullableRelation[PlanItem] = fields.ForeignKeyField(
        "models.PlanItem", on_delete=fields.RESTRICT, null=True, related_name="events", db_index=True
    )
    item_id: int | None
    act = fields.CharEnumField(ItemAct, max_length=16)
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    signed_by = fields.CharField(max_length=200, null=True)
    edition = fields.IntField(null=True)
    version = fields.IntField(null=True)
    text = fields.IntField(null=True)
    details: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    at = fields.DatetimeField()

    class Meta:
        table = "plan_event"
        unique_together = (("via", "key"),)


class PlanFile(BigTable):
    """A file that came with the result of an item."""

    event: fields.ForeignKeyRelation[PlanEvent] = fields.ForeignKeyField(
        "models.PlanEvent", on_delete=fields.RESTRICT, related_name="files", db_index=True
    )
    event_id: int
    attachment: fields.OneToOneRelation[Attachment] = fields.OneToOneField(
        "models.Attachment", on_delete=fields.RESTRICT, related_name="plan_file"
    )
    attachment_id: int

    class Meta:
        table = "plan_file"


class PlanStep(BigTable):
    """A step of the plans' clock that was taken for one person: about an item, or about a pair's year."""

    about = fields.CharField(max_length=40)
    step = fields.CharEnumField(PlanStepName, max_length=16)
    anchor = fields.DateField()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "plan_step"
        unique_together = (("about", "step", "anchor", "person"),)
