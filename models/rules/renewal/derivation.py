"""Where a deadline comes from, as data: "signed 8 November 2013 + 15 years; three months before"."""

from dataclasses import dataclass
from datetime import date

from models.rules.period import Period
from models.rules.term import Duration, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """`signed_on` + `counted` is the last day; None where an amendment set it. `notice` lies before it."""

    signed_on: date
    counted: Period | None
    agreed_last_day: date | None
    later: Period
    last_day: date
    notice: Period
    deadline: date | None


def derivation(duration: Duration, term: Term) -> Derivation:
    """How the dates of a term were counted."""
    amended = term.counted_from != duration.signed_on or term.counted == Period()
    return Derivation(
        signed_on=duration.signed_on,
        counted=None if amended else term.counted,
        agreed_last_day=term.counted_from if amended else None,
        later=term.counted if amended else Period(),
        last_day=term.last_day,
        notice=duration.notice,
        deadline=term.last_day_for_notice,
    )
