"""Letters between two libraries: threads without stages."""

from typing import TYPE_CHECKING

from tortoise import fields

from models.rules.vocabulary import Via
from models.tables.base import BigTable, Table
from models.tables.libraries import Library, Person

if TYPE_CHECKING:
    from models.tables.requests import Attachment


class LetterThread(Table):
    """A correspondence of two libraries about one subject."""

    opened_by: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="letters_opened"
    )
    opened_by_id: int
    partner: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="letters_received"
    )
    partner_id: int
    subject = fields.TextField()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "letter_thread"


class Letter(BigTable):
    """What somebody wrote in a thread. (via, key) makes a redelivered message the same letter.

    `message_id` is that of the mail by which it came, for the threads of mail clients.
    """

    thread: fields.ForeignKeyRelation[LetterThread] = fields.ForeignKeyField(
        "models.LetterThread", on_delete=fields.RESTRICT, related_name="letters", db_index=True
    )
    thread_id: int
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    author_id: int
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    signed_by = fields.CharField(max_length=200, null=True)
    text = fields.TextField()
    language = fields.CharField(max_length=2, null=True)
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    message_id = fields.CharField(max_length=998, null=True)
    at = fields.DatetimeField()
    files: fields.ReverseRelation["Attachment"]

    class Meta:
        table = "letter"
        unique_together = (("via", "key"),)


class LetterCard(BigTable):
    """Which message of a chat shows which thread, so that a reply to it finds its way."""

    chat_id = fields.BigIntField()
    message_id = fields.BigIntField()
    thread: fields.ForeignKeyRelation[LetterThread] = fields.ForeignKeyField(
        "models.LetterThread", on_delete=fields.RESTRICT
    )
    thread_id: int

    class Meta:
        table = "letter_card"
        unique_together = (("chat_id", "message_id"),)
