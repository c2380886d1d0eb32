"""Files on their way in: albums whose pictures come one by one, uploads that come in pieces."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.tables.base import BigTable
from models.tables.libraries import Person
from models.tables.requests import Request


class Album(BigTable):
    """The files of one Telegram album (Bot API: Message.media_group_id), which come as separate messages.

    `files` are attachments in the order of their messages; `quiet_until` is machine time (Unix seconds): when
    nothing more has come by then, the album is whole. `letter` says in which thread or to which partner it is
    a letter, and is empty where it is none.
    """

    chat_id = fields.BigIntField()
    media_group = fields.CharField(max_length=64)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    request: fields.ForeignKeyNullableRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, null=True
    )
    request_id: int | None
    letter: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    caption = fields.CharField(max_length=1024, null=True)
    files: Any = fields.JSONField(default=list, encoder=dump, decoder=load)
    quiet_until = fields.FloatField()
    attempts = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)
    lease_until = fields.FloatField(null=True)
    lease_token = fields.CharField(max_length=32, null=True)

    class Meta:
        table = "album"
        unique_together = (("chat_id", "media_group"),)


class Upload(BigTable):
    """A file that comes in pieces by the upload page; how much has come is the size of its part on disk."""

    request: fields.ForeignKeyRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, db_index=True
    )
    request_id: int
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    name = fields.CharField(max_length=200)
    size = fields.BigIntField()
    created_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "upload"
