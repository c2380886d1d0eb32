"""What a library's calendar holds: the days of its agreements, the due dates of open loans; no readers."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from models.queries.parties import LibraryView
from models.queries.standings import side_of
from models.rules.period import Period
from models.rules.term import Duration, Term, terms
from models.rules.vocabulary import Side, Stage
from models.tables import Agreement, Request

AHEAD = 2
"""Terms of an agreement that a calendar shows: the one that runs, and the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDays:
    """An agreement with `partner`; `changed` is when its days were last set."""

    id: int
    partner: LibraryView
    signed_on: date
    terms: tuple[Term, ...]
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanDue:
    """A loan that is out; `version` is the request's, which rises with every change."""

    number: str
    side: Side
    partner: LibraryView
    values: dict[str, Any]
    due: date
    version: int
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A library's calendar."""

    library: LibraryView
    agreements: tuple[AgreementDays, ...]
    loans: tuple[LoanDue, ...]


async def feed(library: LibraryView, today: date) -> FeedView:
    """The calendar of a library as of a day of its own."""
    return FeedView(
        library=library,
        agreements=tuple(await _agreements(library, today)),
        loans=tuple(await _loans(library)),
    )


async def _agreements(library: LibraryView, today: date) -> list[AgreementDays]:
    rows = await Agreement.filter(ended_on=None).order_by("id").prefetch_related("party_a", "party_b")
    return [
        AgreementDays(
            id=row.id,
            partner=LibraryView.of(row.party_b if row.party_a_id == library.id else row.party_a),
            signed_on=row.signed_on,
            terms=_terms(row, today),
            changed=row.created_at,
        )
        for row in rows
        if library.id in (row.party_a_id, row.party_b_id)
    ]


def _terms(row: Agreement, today: date) -> tuple[Term, ...]:
    duration = Duration(
        signed_on=row.signed_on,
        term=Period.parse(row.term),
        renewal=Period.parse(row.renewal) if row.renewal else None,
        notice=Period.parse(row.notice),
    )
    return tuple(islice((one for one in terms(duration) if one.last_day >= today), AHEAD))


async def _loans(library: LibraryView) -> list[LoanDue]:
    both = {"stage__in": [Stage.SHIPPED.value, Stage.ON_LOAN.value], "due__not_isnull": True}
    own = await Request.filter(requesting_id=library.id, **both).prefetch_related("requesting", "supplying")
    lent = await Request.filter(supplying_id=library.id, **both).prefetch_related("requesting", "supplying")
    rows = sorted({row.id: row for row in (*own, *lent)}.values(), key=lambda row: row.id)
    return [_loan(row, library) for row in rows]


def _loan(row: Request, library: LibraryView) -> LoanDue:
    side = side_of(row, library.id) or Side.REQUESTING
    return LoanDue(
        number=row.number,
        side=side,
        partner=LibraryView.of(row.supplying if side is Side.REQUESTING else row.requesting),
        values=row.values,
        due=row.due or date.max,
        version=row.version,
        changed=row.updated_at,
    )
