"""What was confirmed of reports; their figures are counted anew whenever they are read."""

from tortoise import fields

from models.tables.agreements import Agreement
from models.tables.base import Table
from models.tables.libraries import Library, Person


class ReportConfirmation(Table):
    """A library's word that the figures of a span are right; `digest` is that of the figures it saw."""

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="confirmed_reports"
    )
    agreement_id: int
    first_day = fields.DateField()
    last_day = fields.DateField()
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    digest = fields.CharField(max_length=16)
    at = fields.DatetimeField()

    class Meta:
        table = "report_confirmation"
        unique_together = (("agreement", "first_day", "last_day", "library"),)
