"""The calendar of an agreement: its terms, the last day for a notice, what a notice does.

Clause 5.1 of the agreement of 2013-11-08 is the model: five years; renewed for five years unless one side
gives at least three months' notice. Whole civil days throughout; a day of receipt is that of the receiving
side's time zone. Weekends and holidays move neither a term nor a deadline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from models.rules.period import Period, TermRefusalKind, TermRefusedError
from models.rules.workdays import Calendar

_ONE_DAY = timedelta(days=1)
_LONGEST_MONTH = 31
_FIVE_YEARS = Period(months=60)
_THREE_MONTHS = Period(months=3)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A written change agreed on a day (clause 5.2): the term that runs on that day gets a new last day."""

    agreed_on: date
    last_day: date
    by_both: bool


@dataclass(frozen=True, slots=True)
class RenewalChange:
    """A written change agreed by both on a day: the terms that begin after it are so long."""

    agreed_on: date
    renewal: Period


@dataclass(frozen=True, slots=True)
class Duration:
    """How long an agreement lasts. `renewal` None: not renewed; `renewals` None: any number of times."""

    signed_on: date
    term: Period = _FIVE_YEARS
    renewal: Period | None = _FIVE_YEARS
    renewals: int | None = None
    notice: Period = _THREE_MONTHS
    amendments: tuple[Amendment, ...] = ()
    renewed: tuple[RenewalChange, ...] = ()
    """In the order of their days."""

    def __post_init__(self) -> None:
        earlier = self.signed_on
        for amendment in self.amendments:
            if not amendment.by_both:
                raise TermRefusedError(TermRefusalKind.ONE_SIDED, amendment.agreed_on)
            if amendment.agreed_on < earlier:
                raise TermRefusedError(TermRefusalKind.BEFORE_SIGNING, earlier)
            if amendment.last_day < amendment.agreed_on:
                raise TermRefusedError(TermRefusalKind.LAST_DAY_TOO_EARLY, amendment.agreed_on)
            earlier = amendment.agreed_on


@dataclass(frozen=True, slots=True)
class Term:
    """One term, both days in force. `last_day_for_notice` is None when even the signing day is too late.

    `counted_from` + `counted` is where the last day comes from; an amended last day comes from nothing else.
    """

    number: int
    first_day: date
    last_day: date
    last_day_for_notice: date | None
    counted_from: date
    counted: Period


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of termination, received by the other side on a day, perhaps naming a later end."""

    received: date
    named_end: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a notice does: `ends` is the last day in force; in time, it keeps the term from renewing."""

    received: date
    earliest_end: date
    ends: date
    in_time_for_term_end: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The agreement on one day; outside its life all is None. A notice's end is then the `last_day`."""

    day: date
    in_force: bool
    term: int | None = None
    last_day: date | None = None
    deadline: date | None = None
    days_to_deadline: int | None = None
    days_to_last_day: int | None = None
    window_open: bool | None = None


def last_day_for_notice(last_day: date, notice: Period, *, signed_on: date) -> date | None:
    """The latest day of receipt whose notice still ends by `last_day`; None if all are before signing.

    Found by searching forward: three months back and three forward again is another day for 1.3 % of days.
    """
    # So many days before the last one every notice ends in time; the search is short.
    ahead = min(notice.months * _LONGEST_MONTH + notice.days, (last_day - signed_on).days)
    latest = None
    for day in (last_day - timedelta(days=back) for back in range(ahead, -1, -1)):
        if not _ends_by(last_day, notice, day):
            break
        latest = day
    return latest


def _ends_by(last_day: date, notice: Period, received: date) -> bool:
    try:
        return notice.after(received) <= last_day
    except TermRefusedError:
        return False  # past the last year there is, so past the last day too


def terms(duration: Duration) -> Iterator[Term]:
    """The terms in order, as if no notice were given. Refused where the next would leave the calendar."""
    first_day, anchor, counted, number = duration.signed_on, duration.signed_on, duration.term, 1
    while True:
        last_day = counted.after(anchor)
        amended = _amended(duration, first_day, last_day)
        if amended:
            last_day, anchor, counted = amended, amended, Period()
        deadline = last_day_for_notice(last_day, duration.notice, signed_on=duration.signed_on)
        yield Term(number, first_day, last_day, deadline, counted_from=anchor, counted=counted)
        renewal = _renewal(duration, last_day)
        if renewal is None or number - 1 == duration.renewals:
            return
        first_day, counted, number = last_day + _ONE_DAY, counted.then(renewal), number + 1


def _renewal(duration: Duration, last_day: date) -> Period | None:
    """The length of what follows a term: as last agreed by its end."""
    if duration.renewal is None:
        return None
    agreed = [one.renewal for one in duration.renewed if one.agreed_on <= last_day]
    return agreed[-1] if agreed else duration.renewal


def _amended(duration: Duration, first_day: date, last_day: date) -> date | None:
    """The last day that amendments give to the term; a longer term may meet a further amendment."""
    amended = None
    for amendment in duration.amendments:
        if first_day <= amendment.agreed_on <= (amended or last_day):
            amended = amendment.last_day
    return amended


def term_on(duration: Duration, day: date) -> Term | None:
    """The term that runs on the day, notices left aside; None before signing and after the last term."""
    if day < duration.signed_on:
        return None
    for term in terms(duration):
        if day <= term.last_day:
            return term
    return None


def effect(duration: Duration, notice: Notice) -> Effect:
    """What one notice does by itself. A named end before the minimum is moved to that."""
    if notice.received < duration.signed_on:
        raise TermRefusedError(TermRefusalKind.BEFORE_SIGNING, duration.signed_on)
    term = term_on(duration, notice.received)
    if term is None:
        raise TermRefusedError(TermRefusalKind.AFTER_THE_END, notice.received)
    earliest = duration.notice.after(notice.received)
    return Effect(
        notice.received,
        earliest_end=earliest,
        ends=max(earliest, notice.named_end or earliest),
        in_time_for_term_end=earliest <= term.last_day,
    )


def effects(
    duration: Duration, notices: Sequence[Notice], *, today: date | None = None
) -> tuple[Effect, ...]:
    """What the notices do, in the order of their receipt.

    Refused: one before signing, later than `today`, or received after an earlier one ended the agreement.
    """
    found: list[Effect] = []
    ends: list[tuple[Notice, date]] = []
    for notice in sorted(notices, key=lambda notice: notice.received):
        if today is not None and notice.received > today:
            raise TermRefusedError(TermRefusalKind.IN_THE_FUTURE, today)
        ended = min(
            (end for earlier, end in ends if _counts(earlier, notice.received)), default=notice.received
        )
        if ended < notice.received:
            raise TermRefusedError(TermRefusalKind.AFTER_THE_END, ended)
        found.append(effect(duration, notice))
        ends.append((notice, found[-1].ends))
    return tuple(found)


def end_by_notice(duration: Duration, notices: Sequence[Notice], *, day: date) -> date | None:
    """The earliest end that the notices set, as known on `day`: received and not withdrawn by then."""
    known = [notice for notice in notices if notice.received <= day and _counts(notice, day)]
    return min((each.ends for each in effects(duration, known)), default=None)


def _counts(notice: Notice, day: date) -> bool:
    return notice.withdrawn_on is None or notice.withdrawn_on > day


def withdraw(
    duration: Duration, notices: Sequence[Notice], withdrawn: Notice, *, day: date, other_side_consents: bool
) -> tuple[Notice, ...]:
    """The notices with one of them withdrawn on `day`.

    Refused without the other side's consent, and once the agreement has ended.
    """
    if not other_side_consents:
        raise TermRefusedError(TermRefusalKind.NO_CONSENT)
    if withdrawn.withdrawn_on is not None:
        raise TermRefusedError(TermRefusalKind.ALREADY_WITHDRAWN, withdrawn.withdrawn_on)
    if day < withdrawn.received:
        raise TermRefusedError(TermRefusalKind.IN_THE_FUTURE, day)
    if not standing(duration, notices, day=day).in_force:
        raise TermRefusedError(TermRefusalKind.AFTER_THE_END, end_by_notice(duration, notices, day=day))
    return tuple(replace(notice, withdrawn_on=day) if notice == withdrawn else notice for notice in notices)


def standing(duration: Duration, notices: Sequence[Notice], *, day: date) -> Standing:
    """The agreement on `day`. Between the deadline and the end of a term it is still that term's deadline."""
    term = term_on(duration, day)
    if term is None:
        return Standing(day, in_force=False)
    end = _end(duration, notices, term, day=day)
    if end < day:
        return Standing(day, in_force=False)
    deadline = term.last_day_for_notice
    return Standing(
        day,
        in_force=True,
        term=term.number,
        last_day=end,
        deadline=deadline,
        days_to_deadline=(deadline - day).days if deadline else None,
        days_to_last_day=(end - day).days,
        window_open=deadline is not None and day <= deadline,
    )


def _end(duration: Duration, notices: Sequence[Notice], term: Term, *, day: date) -> date:
    by_notice = end_by_notice(duration, notices, day=day)
    if by_notice is None:
        return term.last_day
    # An agreement that is not renewed any more ends with its last term even if the notice runs longer.
    return by_notice if term_on(duration, by_notice) else _final_day(duration)


def _final_day(duration: Duration) -> date:
    *_, last = terms(duration)
    return last.last_day


def ended_on(duration: Duration, notices: Sequence[Notice], *, day: date) -> date | None:
    """The last day of an agreement that is over by `day`; None before signing and while it is in force."""
    if day < duration.signed_on or standing(duration, notices, day=day).in_force:
        return None
    by_notice = end_by_notice(duration, notices, day=day)
    if by_notice is not None and term_on(duration, by_notice):
        return by_notice
    return _final_day(duration)


def advised_day(deadline: date, calendar: Calendar) -> date:
    """The day to aim at: a working day of the receiving side, at least one day before the deadline.

    Advice only: a notice that is received up to the deadline itself is in time.
    """
    return calendar.previous_working(deadline - _ONE_DAY)


def as_json(
    duration: Duration, notices: Sequence[Notice] = (), *, on: date | None = None, count: int = 4
) -> dict[str, object]:
    """The object that `term --json` prints, dates in ISO 8601. Raises TermRefusedError for what cannot be.

    `terms` ignores notices, `on` applies them; a notice later than `on` is refused.
    """
    return {
        "terms": [
            {
                "term": term.number,
                "first_day": term.first_day.isoformat(),
                "last_day": term.last_day.isoformat(),
                "last_day_for_notice": _iso(term.last_day_for_notice),
            }
            for term in islice(terms(duration), count)
        ],
        "on": _standing_json(standing(duration, notices, day=on)) if on else None,
        "notices": [
            {
                "received": each.received.isoformat(),
                "earliest_end": each.earliest_end.isoformat(),
                "ends": each.ends.isoformat(),
                "in_time_for_term_end": each.in_time_for_term_end,
            }
            for each in effects(duration, notices, today=on)
        ],
    }


def _standing_json(standing: Standing) -> dict[str, object]:
    return {
        "date": standing.day.isoformat(),
        "in_force": standing.in_force,
        "term": standing.term,
        "last_day": _iso(standing.last_day),
        "deadline": _iso(standing.deadline),
        "days_to_deadline": standing.days_to_deadline,
        "days_to_last_day": standing.days_to_last_day,
        "window_open": standing.window_open,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
