"""Information for colleagues: what was shared, who follows which topic, which forum groups are linked."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.rules.vocabulary import Language, Pace, SharedChange, Topic, Via
from models.tables.base import BigTable, Table
from models.tables.libraries import Library, Person
from models.tables.requests import Attachment


class Bulletin(Table):
    """Something worth knowing, in one language or two. (via, key) makes it be shared once.

    `version` counts what changed since; who was told of it is told of each change.
    """

    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    author_id: int
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, db_index=True
    )
    library_id: int
    signed_by = fields.CharField(max_length=200, null=True)
    topics: Any = fields.JSONField(encoder=dump, decoder=load)
    language = fields.CharEnumField(Language, max_length=2)
    title = fields.CharField(max_length=300)
    text = fields.TextField()
    second_language = fields.CharEnumField(Language, max_length=2, null=True)
    second_title = fields.CharField(max_length=300, null=True)
    second_text = fields.TextField(null=True)
    link = fields.TextField(null=True)
    version = fields.IntField(default=1)
    withdrawn_at = fields.DatetimeField(null=True)
    files: fields.ReverseRelation["BulletinFile"]
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "bulletin"
        unique_together = (("via", "key"),)


class BulletinFile(Table):
    """A file that is shared with it."""

    bulletin: fields.ForeignKeyRelation[Bulletin] = fields.ForeignKeyField(
        "models.Bulletin", on_delete=fields.RESTRICT, related_name="files", db_index=True
    )
    bulletin_id: int
    attachment: fields.OneToOneRelation[Attachment] = fields.OneToOneField(
        "models.Attachment", on_delete=fields.RESTRICT, related_name="bulletin_file"
    )
    attachment_id: int
    version = fields.IntField()

    class Meta:
        table = "bulletin_file"


class BulletinChange(Table):
    """A correction, or the end of it; `before` is what it said until then. (via, key): done once."""

    bulletin: fields.ForeignKeyRelation[Bulletin] = fields.ForeignKeyField(
        "models.Bulletin", on_delete=fields.RESTRICT, related_name="changes", db_index=True
    )
    bulletin_id: int
    change = fields.CharEnumField(SharedChange, max_length=16)
    version = fields.IntField()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    before: Any = fields.JSONField(encoder=dump, decoder=load)
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    at = fields.DatetimeField()

    class Meta:
        table = "bulletin_change"
        unique_together = (("via", "key"),)


class Subscription(Table):
    """Somebody hears of a topic, at once or once a week; `since` is when they chose so."""

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, related_name="subscriptions", db_index=True
    )
    person_id: int
    topic = fields.CharEnumField(Topic, max_length=16)
    pace = fields.CharEnumField(Pace, max_length=8)
    since = fields.DatetimeField()

    class Meta:
        table = "subscription"
        unique_together = (("person", "topic"),)


class Weekly(Table):
    """The weekly digest of somebody who follows topics: up to when they know what was shared."""

    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "models.Person", on_delete=fields.RESTRICT, related_name="weekly"
    )
    person_id: int
    until = fields.DatetimeField()

    class Meta:
        table = "weekly"


class BulletinReply(BigTable):
    """What a colleague answered to the author. (via, key) makes it be said once."""

    bulletin: fields.ForeignKeyRelation[Bulletin] = fields.ForeignKeyField(
        "models.Bulletin", on_delete=fields.RESTRICT, related_name="replies", db_index=True
    )
    bulletin_id: int
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    to: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, related_name="bulletin_replies_received"
    )
    to_id: int
    signed_by = fields.CharField(max_length=200, null=True)
    text = fields.TextField()
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    at = fields.DatetimeField()

    class Meta:
        table = "bulletin_reply"
        unique_together = (("via", "key"),)


class Forum(Table):
    """A department's forum group, in which each topic is a thread."""

    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    chat_id = fields.BigIntField(unique=True)
    linked_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    linked_by_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "forum"


class ForumThread(Table):
    """The thread of a topic in a forum group (Bot API: message_thread_id)."""

    forum: fields.ForeignKeyRelation[Forum] = fields.ForeignKeyField(
        "models.Forum", on_delete=fields.CASCADE, related_name="threads"
    )
    forum_id: int
    topic = fields.CharEnumField(Topic, max_length=16)
    thread_id = fields.BigIntField()

    class Meta:
        table = "forum_thread"
        unique_together = (("forum", "topic"),)
