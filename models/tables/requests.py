"""Requests, their history, their files, and the drafts they grow from."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.rules.vocabulary import Act, Clock, Group, Reason, Service, Side, Stage, Via
from models.tables.agreements import Agreement
from models.tables.base import BigTable, Table
from models.tables.letters import Letter
from models.tables.libraries import Library, Person


class Draft(Table):
    """A request that its author is still writing. `values` by the names of `models.rules.citation`.

    `letter` holds subject and text of a message that may be meant as a letter instead, and the numbers of the
    loose attachments that came with it.
    """

    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, related_name="drafts"
    )
    author_id: int
    supplying: fields.ForeignKeyNullableRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, null=True
    )
    supplying_id: int | None
    service = fields.CharEnumField(Service, max_length=16)
    values: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    reader = fields.CharField(max_length=200, null=True)
    step = fields.CharField(max_length=32, null=True)
    letter: Any = fields.JSONField(null=True, encoder=dump, decoder=load)
    previous_id = fields.IntField(null=True)
    origin = fields.CharField(max_length=120, null=True, db_index=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "draft"


class Request(Table):
    """One row per request, shared by both libraries.

    `flags` is a list of `Flag` values; `named_due`: the supplying library named the due date itself;
    `waits_for` is the side that must act (`requesting`, `supplying`, `both`), for the lists, as are the
    groups in which each side sees it; `search_key` is what it is found by (`models.rules.searching`);
    `waited_on`: the day on which the requesting library last chose to wait or to begin again; `look_at`: when
    the clocks have to look at the request next (null once it has ended);
    `terms` holds what the answer said (conditions, cost, note), `dispatch` how the parcel went.
    """

    number = fields.CharField(max_length=40, unique=True)
    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, db_index=True
    )
    agreement_id: int
    requesting: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="asked", db_index=True
    )
    requesting_id: int
    supplying: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="answered", db_index=True
    )
    supplying_id: int
    asker: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True, related_name="filed"
    )
    asker_id: int | None
    taker: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True, related_name="taken"
    )
    taker_id: int | None
    previous: fields.ForeignKeyNullableRelation["Request"] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, null=True, related_name="followers", db_index=True
    )
    previous_id: int | None
    service = fields.CharEnumField(Service, max_length=16)
    stage = fields.CharEnumField(Stage, max_length=16)
    resume = fields.CharEnumField(Stage, max_length=16, null=True)
    flags: Any = fields.JSONField(default=list, encoder=dump, decoder=load)
    waits_for = fields.CharField(max_length=16, null=True)
    group_requesting = fields.CharEnumField(Group, max_length=16)
    group_supplying = fields.CharEnumField(Group, max_length=16)
    version = fields.IntField(default=1)
    title = fields.TextField()
    values: Any = fields.JSONField(encoder=dump, decoder=load)
    search_key = fields.TextField(default="")
    reason = fields.CharEnumField(Reason, max_length=32, null=True)
    terms: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    dispatch: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    needed_by = fields.DateField(null=True)
    urgent = fields.BooleanField(default=False)
    until = fields.DateField(null=True)
    due = fields.DateField(null=True)
    named_due = fields.BooleanField(default=False)
    turn_since = fields.DatetimeField()
    stage_since = fields.DatetimeField()
    waited_on = fields.DateField(null=True)
    look_at = fields.DatetimeField(null=True, db_index=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "request"


class Event(BigTable):
    """One line of a request's history. (via, key) makes every outside event happen once.

    `before` is the request as it stood, so that the act can be undone; `details` are those of the act.
    `removed` is what a mail held beside its writer's words: quotes, signature.
    """

    request: fields.ForeignKeyRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, related_name="events", db_index=True
    )
    request_id: int
    act = fields.CharEnumField(Act, max_length=24)
    side = fields.CharEnumField(Side, max_length=16, null=True)
    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    actor_id: int | None
    signed_by = fields.CharField(max_length=200, null=True)
    for_partner = fields.BooleanField(default=False)
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    stage_from = fields.CharEnumField(Stage, max_length=16)
    stage_to = fields.CharEnumField(Stage, max_length=16)
    version = fields.IntField()
    details: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    language = fields.CharField(max_length=2, null=True)
    before: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    undone = fields.BooleanField(default=False)
    removed = fields.TextField(null=True)
    at = fields.DatetimeField()
    attachments: fields.ReverseRelation["Attachment"]

    class Meta:
        table = "event"
        unique_together = (("via", "key"),)


class Reminder(BigTable):
    """A step of a clock that was taken for a person, once: sent, or skipped for a more urgent one.

    `anchor` is the day from which the clock counts: a new due date starts a new round. `at` is when it may
    leave.
    """

    request: fields.ForeignKeyRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, related_name="reminders"
    )
    request_id: int
    clock = fields.CharEnumField(Clock, max_length=16)
    step = fields.CharField(max_length=24)
    anchor = fields.DateField()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    state = fields.CharField(max_length=8)
    at = fields.DatetimeField()

    class Meta:
        table = "reminder"
        unique_together = (("request", "clock", "step", "anchor", "person"),)


class Reader(Table):
    """The reader's reference: seen by the requesting library alone, wiped after the request ends."""

    request: fields.OneToOneRelation[Request] = fields.OneToOneField(
        "models.Request", on_delete=fields.RESTRICT, related_name="reader"
    )
    request_id: int
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "reader"


class OwnNumber(Table):
    """A library's own register number for a request: seen by that library alone."""

    request: fields.ForeignKeyRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, related_name="own_numbers", db_index=True
    )
    request_id: int
    side = fields.CharEnumField(Side, max_length=16)
    number = fields.CharField(max_length=100, db_index=True)

    class Meta:
        table = "own_number"
        unique_together = (("request", "side"),)


class File(BigTable):
    """Bytes kept once: the name of the file on disk is its SHA-256. `locked`: it opens with a password only.

    The bytes lie there as long as an attachment that has not expired refers to them.
    """

    sha256 = fields.CharField(max_length=64, unique=True)
    size = fields.BigIntField()
    mime = fields.CharField(max_length=100)
    locked = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "file"


class Attachment(BigTable):
    """A kept file in the hands of a person or a request: `event` and `letter` are null until it is attached.

    `telegram_file_id` lets the bot send the same file again without an upload. `since` is when it was kept,
    then when it was attached: its thirty days count from there. `reached_at`: the other side first had it, in
    a chat, in a mail or by a completed download. `expired_at`: the program keeps it no longer. `note`: words
    that came with it while no request has it.
    """

    file: fields.ForeignKeyRelation[File] = fields.ForeignKeyField(
        "models.File", on_delete=fields.RESTRICT, db_index=True
    )
    file_id: int
    event: fields.ForeignKeyNullableRelation[Event] = fields.ForeignKeyField(
        "models.Event", on_delete=fields.RESTRICT, null=True, related_name="attachments", db_index=True
    )
    event_id: int | None
    letter: fields.ForeignKeyNullableRelation[Letter] = fields.ForeignKeyField(
        "models.Letter", on_delete=fields.RESTRICT, null=True, related_name="files", db_index=True
    )
    letter_id: int | None
    owner: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    owner_id: int | None
    name = fields.CharField(max_length=200)
    telegram_file_id = fields.CharField(max_length=200, null=True)
    note = fields.CharField(max_length=3000, null=True)
    since = fields.DatetimeField(db_index=True)
    reached_at = fields.DatetimeField(null=True)
    warned_at = fields.DatetimeField(null=True)
    expired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "attachment"
