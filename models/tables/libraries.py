"""Libraries, their people, and the invitations by which people join."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.rules.vocabulary import DayKind, Language, Reach, Role
from models.rules.workdays import SATURDAY, SUNDAY
from models.tables.base import Table


def default_weekend() -> list[int]:
    """Saturday and Sunday, as numbers of `date.weekday`."""
    return [SATURDAY, SUNDAY]


class Library(Table):
    """A library that asks and answers. `names` holds its name in each of the desk's languages.

    `domains` are mail domains that belong to it alone; with `bridge` its mailbox gets a Russian line as well;
    `weekend` holds numbers of `date.weekday`, Monday 0; `addresses` its postal address by language.
    An original older than `export_years` leaves its country only with a permission; None: no such rule.
    """

    code = fields.CharField(max_length=16, unique=True)
    names: Any = fields.JSONField(encoder=dump, decoder=load)
    country = fields.CharField(max_length=2)
    timezone = fields.CharField(max_length=64)
    language = fields.CharEnumField(Language, max_length=2)
    email = fields.CharField(max_length=320, null=True)
    domains: Any = fields.JSONField(default=list, encoder=dump, decoder=load)
    bridge = fields.BooleanField(default=False)
    weekend: Any = fields.JSONField(default=default_weekend, encoder=dump, decoder=load)
    addresses: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    export_years = fields.SmallIntField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "library"


class Closure(Table):
    """Announced days of a library, both ends included: closed, or open beside its week."""

    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="closures", db_index=True
    )
    library_id: int
    first_day = fields.DateField()
    last_day = fields.DateField()
    kind = fields.CharEnumField(DayKind, max_length=8)
    note = fields.CharField(max_length=200, null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "closure"


class MonthlyClosure(Table):
    """A day closed every month: the `nth` `weekday` (-1: the last), or day number `day`."""

    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="monthly_closures", db_index=True
    )
    library_id: int
    weekday = fields.SmallIntField(null=True)
    nth = fields.SmallIntField(null=True)
    day = fields.SmallIntField(null=True)
    note = fields.CharField(max_length=200, null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "monthly_closure"


class Counter(Table):
    """The running number of a library's requests in a year."""

    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    year = fields.IntField()
    reached = fields.IntField(default=0)

    class Meta:
        table = "counter"
        unique_together = (("library", "year"),)


class Person(Table):
    """Somebody on the desk: a colleague in chat, a mail writer, or a library's shared mailbox.

    `epoch` is part of every signed reply address of the person: raising it revokes them all.
    `digested_on` is the day of the latest morning digest, at the person's library.
    `chat_closed_at` tells since when Telegram refuses to deliver, `mail_bad_at` since when the address does.
    """

    library: fields.ForeignKeyNullableRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, null=True
    )
    library_id: int | None
    role = fields.CharEnumField(Role, max_length=16)
    name = fields.CharField(max_length=200)
    language = fields.CharEnumField(Language, max_length=2)
    telegram_id = fields.BigIntField(null=True, unique=True)
    email = fields.CharField(max_length=320, null=True, db_index=True)
    is_mailbox = fields.BooleanField(default=False)
    reach = fields.CharEnumField(Reach, max_length=8, default=Reach.CHAT)
    epoch = fields.IntField(default=1)
    settings: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    chat_closed_at = fields.DatetimeField(null=True)
    mail_bad_at = fields.DatetimeField(null=True)
    left_at = fields.DatetimeField(null=True)
    digested_on = fields.DateField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "person"


class Invitation(Table):
    """A one-time code, of which only the hash is kept. `origin` is the tap or mail that made it, once."""

    code_hash = fields.CharField(max_length=64, unique=True)
    library: fields.ForeignKeyNullableRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, null=True
    )
    library_id: int | None
    role = fields.CharEnumField(Role, max_length=16)
    email = fields.CharField(max_length=320, null=True)
    is_mailbox = fields.BooleanField(default=False)
    invited_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True, related_name="invitations"
    )
    invited_by_id: int | None
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    used_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True, related_name="joined_by"
    )
    used_by_id: int | None
    revoked_at = fields.DatetimeField(null=True)
    origin = fields.CharField(max_length=120, null=True, unique=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "invitation"


class WrongCode(Table):
    """A code that opened nothing: five in an hour, then silence."""

    telegram_id = fields.BigIntField(db_index=True)
    at = fields.DatetimeField()

    class Meta:
        table = "wrong_code"
