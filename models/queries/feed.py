"""What a library's calendar holds: the days of its agreements, the due dates of open loans; no readers."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from models.queries import agreements
from models.queries.agreements import AgreementFacts
from models.queries.parties import LibraryView
from models.queries.standings import side_of
from models.rules.term import Term, terms
from models.rules.vocabulary import Side, Stage
from models.tables import Request

AHEAD = 2
"""Terms of an agreement that a calendar shows: the one that runs, and the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDays:
    """An agreement with `partner`. `edition` rises with every change of its days, which hold since `changed`.

    `end` is the last day that a notice sets; then there are no `terms` to come.
    """

    id: int
    partner: LibraryView
    terms: tuple[Term, ...]
    edition: int
    changed: datetime
    end: date | None = None


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


async def feed(library: LibraryView, now: datetime) -> FeedView:
    """The calendar of a library as of now."""
    return FeedView(
        library=library,
        agreements=tuple(await _agreements(library, now)),
        loans=tuple(await _loans(library)),
    )


async def _agreements(library: LibraryView, now: datetime) -> list[AgreementDays]:
    known = await agreements.facts_of(library.id, now)
    return [_days(one, library, now) for one in known if one.standing(now).in_force]


def _days(facts: AgreementFacts, library: LibraryView, now: datetime) -> AgreementDays:
    """The terms from now on; once a notice runs, the last day that it sets instead."""
    end, today = facts.end(now), facts.today(now, at=library.id)
    coming = (one for one in terms(facts.duration) if one.last_day >= today)
    return AgreementDays(
        id=facts.id,
        partner=facts.other(library.id),
        terms=() if end else tuple(islice(coming, AHEAD)),
        end=end,
        edition=facts.edition,
        changed=facts.dated_at,
    )


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
