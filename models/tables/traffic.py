"""What comes in and goes out: the durable inboxes, the outbox, and where a person saw what."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.rules.vocabulary import Channel, NoticeKind
from models.tables.base import BigTable, Table
from models.tables.libraries import Person
from models.tables.requests import Event, Request


class Update(BigTable):
    """A Telegram update as it came (Bot API object `Update`), stored before it is acknowledged.

    Whoever handles it holds a lease (`lease_until` is machine time, Unix seconds), as with mails and albums.
    """

    update_id = fields.BigIntField(unique=True)
    chat_id = fields.BigIntField()
    body: Any = fields.JSONField(encoder=dump, decoder=load)
    received_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    done_at = fields.DatetimeField(null=True)
    failure = fields.TextField(null=True)
    lease_until = fields.FloatField(null=True)
    lease_token = fields.CharField(max_length=32, null=True)

    class Meta:
        table = "update"


class Mail(BigTable):
    """A message as it came, stored before the `250`: raw bytes, envelope, and what became of it.

    `author`, `thread` (a request; less than nothing: another conversation) and `digest` (of the visible
    words) are what it was understood as: floods are counted by them. `ruling` is set where a person has let
    the mail through that was kept aside.
    """

    key = fields.CharField(max_length=64, unique=True)
    sender = fields.CharField(max_length=320)
    recipients: Any = fields.JSONField(encoder=dump, decoder=load)
    source = fields.CharField(max_length=32)
    body = fields.BinaryField()
    received_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    done_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(max_length=32, null=True)
    failure = fields.TextField(null=True)
    author = fields.CharField(max_length=320, null=True)
    thread = fields.IntField(null=True)
    digest = fields.CharField(max_length=64, null=True)
    ruling = fields.CharField(max_length=16, null=True)
    lease_until = fields.FloatField(null=True)
    lease_token = fields.CharField(max_length=32, null=True)

    class Meta:
        table = "mail"
        indexes = (("author", "received_at"),)


class Fetched(BigTable):
    """A message of an IMAP mailbox that was stored: no other has the same three (RFC 3501 §2.3.1.1)."""

    box = fields.CharField(max_length=500)
    validity = fields.BigIntField()
    uid = fields.BigIntField()
    at = fields.DatetimeField()

    class Meta:
        table = "fetched"
        unique_together = (("box", "validity", "uid"),)


class Aside(Table):
    """A mail that nobody may act on yet: kept with the reason, shown to coordinators, for thirty days.

    `person` is as whom it would be done, were it let through; `text` what its writer said.
    """

    mail: fields.OneToOneRelation[Mail] = fields.OneToOneField(
        "models.Mail", on_delete=fields.RESTRICT, related_name="aside"
    )
    mail_id: int
    verdict = fields.CharField(max_length=32)
    from_address = fields.CharField(max_length=320)
    subject = fields.TextField()
    excerpt = fields.TextField()
    attachments: Any = fields.JSONField(default=list, encoder=dump, decoder=load)
    request: fields.ForeignKeyNullableRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, null=True
    )
    request_id: int | None
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    person_id: int | None
    text = fields.TextField(default="")
    settled_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "aside"


class Blocked(Table):
    """A sender whose mail is kept aside without anybody being shown it."""

    address = fields.CharField(max_length=320, unique=True)
    by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    by_id: int | None
    at = fields.DatetimeField()

    class Meta:
        table = "blocked"


class Bounce(BigTable):
    """A mail of ours that did not arrive: whom it was for, and with which enhanced code (RFC 3463)."""

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, db_index=True
    )
    person_id: int
    address = fields.CharField(max_length=320)
    status = fields.CharField(max_length=16)
    key = fields.CharField(max_length=64, unique=True)
    at = fields.DatetimeField()

    class Meta:
        table = "bounce"


class Notice(BigTable):
    """A row of the outbox: facts for one target by one channel. Words are made when it leaves.

    `status` goes pending → sending → sent, dead or skipped; `lease_until` is machine time (Unix seconds), the
    other times are civil. `holds`: all other rows of the target wait until this one has left; else they leave
    by `rank` (`models.rules.urgency`) and in their order. `unpaced` ones need no room in the channel's pace.
    A mail's Message-ID follows from the row's id: a repeated mail is the same mail.
    """

    channel = fields.CharEnumField(Channel, max_length=8)
    target = fields.CharField(max_length=320)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    person_id: int | None
    kind = fields.CharEnumField(NoticeKind, max_length=16)
    facts: Any = fields.JSONField(encoder=dump, decoder=load)
    dedupe = fields.CharField(max_length=160, unique=True)
    status = fields.CharField(max_length=8, default="pending")
    attempts = fields.IntField(default=0)
    holds = fields.BooleanField(default=False)
    rank = fields.SmallIntField(default=0)
    unpaced = fields.BooleanField(default=False)
    next_at = fields.DatetimeField()
    lease_until = fields.FloatField(null=True)
    lease_token = fields.CharField(max_length=32, null=True)
    last_error = fields.TextField(null=True)
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    provider_id = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "notice"


class Pace(BigTable):
    """Until when a target rests (machine time): every process that sends looks here. `*` is all of them."""

    target = fields.CharField(max_length=64, unique=True)
    free_at = fields.FloatField()

    class Meta:
        table = "pace"


class Card(BigTable):
    """Which message of a chat shows which request, so that a reply to it finds its way.

    `live`: it is the whole card, as of `version`, or the news of an `event` with the acts of that moment, and
    follows what happens to the request.
    """

    chat_id = fields.BigIntField()
    message_id = fields.BigIntField()
    request: fields.ForeignKeyRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, db_index=True
    )
    request_id: int
    version = fields.IntField()
    live = fields.BooleanField(default=False)
    event: fields.ForeignKeyNullableRelation[Event] = fields.ForeignKeyField(
        "models.Event", on_delete=fields.RESTRICT, null=True
    )
    event_id: int | None
    at = fields.DatetimeField()

    class Meta:
        table = "card"
        unique_together = (("chat_id", "message_id"),)


class ThreadMail(BigTable):
    """A message of a request's mail thread, in or out: the basis of In-Reply-To and References.

    `version` is what the person saw of the request when an outgoing message was written; `index` is Outlook's
    Thread-Index, `tags` what the person's own system puts into the subject (`[Ticket#7]`).
    """

    message_id = fields.CharField(max_length=998, db_index=True)
    request: fields.ForeignKeyRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, db_index=True
    )
    request_id: int
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    person_id: int | None
    outgoing = fields.BooleanField()
    version = fields.IntField(null=True)
    index = fields.CharField(max_length=400, null=True)
    tags = fields.CharField(max_length=200, null=True)
    event: fields.ForeignKeyNullableRelation[Event] = fields.ForeignKeyField(
        "models.Event", on_delete=fields.RESTRICT, null=True
    )
    event_id: int | None
    at = fields.DatetimeField()

    class Meta:
        table = "thread_mail"


class Conversation(Table):
    """An open form or question of a person in a chat (the storage behind aiogram's FSM)."""

    key = fields.CharField(max_length=200, unique=True)
    state = fields.CharField(max_length=100, null=True)
    data: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)

    class Meta:
        table = "conversation"


class Setting(Table):
    """Something the installation learned: the bot's username, the last successful poll."""

    name = fields.CharField(max_length=64, unique=True)
    value = fields.TextField()

    class Meta:
        table = "setting"


class MatterCard(BigTable):
    """Which message of a chat shows a plan, its item, an exchange or information: a reply finds its way."""

    chat_id = fields.BigIntField()
    message_id = fields.BigIntField()
    matter = fields.CharField(max_length=16)
    ref = fields.BigIntField()

    class Meta:
        table = "matter_card"
        unique_together = (("chat_id", "message_id"),)
