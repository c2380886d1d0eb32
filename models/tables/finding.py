"""What finds a request, and what a person looked at last."""

from tortoise import fields

from models.rules.vocabulary import Filter
from models.tables.base import BigTable, Table
from models.tables.libraries import Person
from models.tables.requests import Request


class RequestKey(BigTable):
    """Something that names a request exactly or nearly so: an identifier, a folded title.

    `isbn:…`, `issn:…`, `doi:…`, `own:<library>:…` (a register number, for that library alone), `title:…`.
    """

    request: fields.ForeignKeyRelation[Request] = fields.ForeignKeyField(
        "models.Request", on_delete=fields.RESTRICT, related_name="keys"
    )
    request_id: int
    value = fields.CharField(max_length=300)

    class Meta:
        table = "request_key"
        unique_together = (("request", "value"),)


class Term(BigTable):
    """A word of the search keys and one of its runs of three letters: from a slip to the word meant."""

    word = fields.CharField(max_length=64)
    gram = fields.CharField(max_length=3)

    class Meta:
        table = "term"
        unique_together = (("word", "gram"),)


class Search(BigTable):
    """What a person looked for, so that the button "Next" knows the words."""

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, db_index=True
    )
    person_id: int
    words = fields.CharField(max_length=200)
    at = fields.DatetimeField()

    class Meta:
        table = "search"


class LastList(Table):
    """The list that a person opened last: it opens again. `narrowing` as a button carries it."""

    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "models.Person", on_delete=fields.RESTRICT, related_name="last_list"
    )
    person_id: int
    chosen = fields.CharEnumField(Filter, max_length=16)
    narrowing = fields.CharField(max_length=48, default="")
    page = fields.IntField(default=0)

    class Meta:
        table = "last_list"
