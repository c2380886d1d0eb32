"""A coordinator confirms a report for their library."""

from datetime import datetime

from models.engines import transaction
from models.queries import reports
from models.queries.parties import PersonView
from models.rules.errors import NoAgreement, NotAllowed
from models.rules.permissions import Right, Standpoint, may
from models.rules.report import Span
from models.tables import ReportConfirmation


async def confirm(agreement: int, span: Span, person: PersonView, now: datetime) -> None:
    """Keep that the person's library holds the figures, as they are now, for right; a later word replaces it.

    Raises `NoAgreement` for somebody who is no party, `NotAllowed` for who is no coordinator.
    """
    async with transaction():
        view = await reports.report(agreement, span, viewer=person)
        if view is None:
            raise NoAgreement
        if not may(Right.CONFIRM_REPORT, Standpoint(person.role)):
            raise NotAllowed
        await ReportConfirmation.update_or_create(
            agreement_id=agreement,
            first_day=span.first,
            last_day=span.last,
            library_id=person.library,
            defaults={"person_id": person.id, "digest": view.digest, "at": now},
        )
