"""Agreements between two libraries. Requests belong to the one in force."""

from typing import Any

from tortoise import fields

from models.engines.document import dump, load
from models.rules.vocabulary import AgreementAct, AmendmentState, RenewalAnswer, RenewalStep, Told, Via
from models.tables.base import BigTable, Table
from models.tables.libraries import Library, Person


class Agreement(Table):
    """A bilateral agreement; the periods are written as in the settings: `5y`, `3m`, `30d`.

    `clocks` holds what differs from the defaults of the lifecycle's clocks. `standing` lists `StandingTerm`
    values; `costs` tells whether the libraries charge each other, so that cost is asked for at all.
    `renewals` None: any number. `confirmed_by` are the libraries that confirmed the reading of repeated
    renewal. `edition` rises with every change of its dates, which hold since `dated_at`. `look_at` is when
    the planner has to look at it next, None once it has ended.
    """

    party_a: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="agreements_a"
    )
    party_a_id: int
    party_b: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, related_name="agreements_b"
    )
    party_b_id: int
    signed_on = fields.DateField()
    place: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    term = fields.CharField(max_length=8)
    renewal = fields.CharField(max_length=8, null=True)
    renewals = fields.IntField(null=True)
    notice = fields.CharField(max_length=8)
    clocks: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    ended_on = fields.DateField(null=True)
    standing: Any = fields.JSONField(default=list, encoder=dump, decoder=load)
    costs = fields.BooleanField(default=False)
    confirmed_by: Any = fields.JSONField(default=list, encoder=dump, decoder=load)
    edition = fields.IntField(default=1)
    dated_at = fields.DatetimeField()
    look_at = fields.DatetimeField(null=True, db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "agreement"


class AgreementParty(Table):
    """How a library stands in an agreement: full official name and address per language, contacts as text."""

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="parties", db_index=True
    )
    agreement_id: int
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    names: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    address: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    contacts: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)

    class Meta:
        table = "agreement_party"
        unique_together = (("agreement", "library"),)


class Signatory(Table):
    """Who signs for a library, since when. `original`: signed the agreement itself, and signs no letter."""

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="signatories", db_index=True
    )
    agreement_id: int
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    names: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    post: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    since = fields.DateField()
    original = fields.BooleanField(default=False)

    class Meta:
        table = "signatory"


class AgreementText(Table):
    """A language version of the agreement, kept as long as the agreement is."""

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="texts"
    )
    agreement_id: int
    language = fields.CharField(max_length=8)
    name = fields.CharField(max_length=200)
    sha256 = fields.CharField(max_length=64, db_index=True)
    size = fields.BigIntField()
    mime = fields.CharField(max_length=100)
    at = fields.DatetimeField()

    class Meta:
        table = "agreement_text"
        unique_together = (("agreement", "language"),)


class TerminationNotice(Table):
    """A notice that a library gave; the program records notices and never gives one.

    `received_on` is the civil day at the receiving library. It is withdrawn once the other side has consented
    to what `asked_by` asked.
    """

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="termination_notices", db_index=True
    )
    agreement_id: int
    given_by: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    given_by_id: int
    received_on = fields.DateField()
    named_end = fields.DateField(null=True)
    recorded_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, related_name="notices_recorded"
    )
    recorded_by_id: int
    recorded_at = fields.DatetimeField()
    asked_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True, related_name="withdrawals_asked"
    )
    asked_by_id: int | None
    asked_at = fields.DatetimeField(null=True)
    consented_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True, related_name="withdrawals_consented"
    )
    consented_by_id: int | None
    withdrawn_on = fields.DateField(null=True)

    class Meta:
        table = "termination_notice"


class AgreementAmendment(Table):
    """A change proposed by one side (clause 5.2): it holds from `agreed_on`, when the other has consented."""

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="amendments", db_index=True
    )
    agreement_id: int
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    last_day = fields.DateField(null=True)
    settings: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    state = fields.CharEnumField(AmendmentState, max_length=16)
    proposed_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, related_name="amendments_proposed"
    )
    proposed_by_id: int
    proposed_at = fields.DatetimeField()
    settled_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True, related_name="amendments_settled"
    )
    settled_by_id: int | None
    agreed_on = fields.DateField(null=True)

    class Meta:
        table = "agreement_amendment"


class RenewalStand(Table):
    """What a library answered to the renewal that a deadline decides; a later answer replaces it."""

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT
    )
    agreement_id: int
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    deadline = fields.DateField()
    answer = fields.CharEnumField(RenewalAnswer, max_length=8)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT
    )
    person_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "renewal_stand"
        unique_together = (("agreement", "library", "deadline"),)


class AgreementEvent(BigTable):
    """One line of an agreement's history; it is only ever added to. (via, key) makes it happen once."""

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="history", db_index=True
    )
    agreement_id: int
    act = fields.CharEnumField(AgreementAct, max_length=24)
    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    actor_id: int | None
    library: fields.ForeignKeyNullableRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT, null=True
    )
    library_id: int | None
    via = fields.CharEnumField(Via, max_length=16)
    key = fields.CharField(max_length=120)
    details: Any = fields.JSONField(default=dict, encoder=dump, decoder=load)
    at = fields.DatetimeField()

    class Meta:
        table = "agreement_event"
        unique_together = (("via", "key"),)


class AgreementReminder(BigTable):
    """A step that a recipient is told of, once. `day` is the one planned, `at` when it was told.

    `recipient` is `person:7`, or `library:2` for an address of record that is nobody's. `seen_at`: said to be
    seen, or its calendar entry accepted.
    """

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", on_delete=fields.RESTRICT, related_name="reminders"
    )
    agreement_id: int
    step = fields.CharEnumField(RenewalStep, max_length=16)
    anchor = fields.DateField()
    recipient = fields.CharField(max_length=24)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", on_delete=fields.RESTRICT, null=True
    )
    person_id: int | None
    library: fields.ForeignKeyRelation[Library] = fields.ForeignKeyField(
        "models.Library", on_delete=fields.RESTRICT
    )
    library_id: int
    told_as = fields.CharEnumField(Told, max_length=16)
    day = fields.DateField()
    at = fields.DatetimeField()
    seen_at = fields.DatetimeField(null=True)

    class Meta:
        table = "agreement_reminder"
        unique_together = (("agreement", "step", "anchor", "recipient"),)
