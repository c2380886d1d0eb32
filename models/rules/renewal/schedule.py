"""From the facts of an agreement to what a library is told of it, day by day on its own calendar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from models.rules.renewal.shape import Row
from models.rules.renewal.table import LAST_FOUR, ROWS, row_of
from models.rules.term import Duration, Term, term_on, terms
from models.rules.vocabulary import RenewalAnswer, RenewalGroup, RenewalStep
from models.rules.workdays import Calendar

_LONGEST_LADDER = timedelta(days=800)
"""Nothing is said earlier before its day: a year, and as long as a library may announce to be closed."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a library answered to a renewal, and on which of its days."""

    answer: RenewalAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """An agreement as one library's calendar sees it.

    `since`: nothing is said of days before it; the facts are known, or as they are, only since then.
    `end` is the last day where a notice runs, or has run out. `stands` are the library's own answers, by the
    deadline that they are about.
    """

    duration: Duration
    since: date
    end: date | None = None
    stands: Mapping[date, Stand] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A step, told on `day`. `anchor` is the day that it is about: by it a moved date begins anew."""

    row: Row
    anchor: date
    day: date
    nominal: date

    @property
    def step(self) -> RenewalStep:
        """Which."""
        return self.row.step


def schedule(watch: Watch, calendar: Calendar, *, today: date) -> tuple[Announced, ...]:
    """Everything that is said from `since` on, as far as is known today, by day.

    Two reminders of one group never fall on one day: the one nearer to its anchor stays.
    """
    steps = _to_the_end(watch.end) if watch.end is not None else _by_term(watch.duration, today)
    found: dict[tuple[StrEnum, date], Announced] = {}
    for row, anchor in steps:
        nominal = row.day(anchor)
        if nominal < watch.since or not _wanted(watch, row, anchor):
            continue
        day = calendar.previous_working(nominal) if row.backward else calendar.next_working(nominal)
        if day >= watch.since:
            key = (row.group, day) if row.backward else (row.step, anchor)
            found[key] = Announced(row=row, anchor=anchor, day=day, nominal=nominal)
    return tuple(sorted(found.values(), key=lambda one: (one.day, ROWS.index(one.row))))


def _rows(*groups: RenewalGroup) -> Iterator[Row]:
    return (row for row in ROWS if row.group in groups)


def _to_the_end(end: date) -> Iterator[tuple[Row, date]]:
    """A notice runs: nothing renews any more."""
    return ((row, end) for row in _rows(RenewalGroup.END))


def _by_term(duration: Duration, today: date) -> Iterator[tuple[Row, date]]:
    previous: Term | None = None
    for term in terms(duration):
        if previous is not None:
            yield from _renewing(previous, term)
        if _lies_ahead(term, today):
            return
        previous = term
    if previous is not None:
        yield from _to_the_end(previous.last_day)


def _lies_ahead(term: Term, today: date) -> bool:
    """Whether nothing is said of the term's end yet."""
    return (term.last_day_for_notice or term.last_day) - _LONGEST_LADDER > today


def _renewing(term: Term, following: Term) -> Iterator[tuple[Row, date]]:
    """What is said of a term that another one follows, unless a notice comes."""
    if deadline := term.last_day_for_notice:
        ladder = ((row, deadline) for row in _rows(RenewalGroup.NOTICE_DAY))
        yield from (one for one in ladder if one[0].day(deadline) >= term.first_day)
        yield row_of(RenewalStep.CLOSED), deadline
    yield row_of(RenewalStep.RENEWED), following.first_day


def _wanted(watch: Watch, row: Row, anchor: date) -> bool:
    """Whether the library's answer leaves the step standing; what was due before the answer is not undone."""
    stand = watch.stands.get(anchor) if row.group is RenewalGroup.NOTICE_DAY else None
    if stand is None or row.day(anchor) < stand.on:
        return True
    match stand.answer:
        case RenewalAnswer.RENEW:
            return False
        case RenewalAnswer.TALK:
            return row.step in LAST_FOUR
        case RenewalAnswer.NOTICE:
            return True


def due(watch: Watch, calendar: Calendar, *, today: date) -> tuple[Announced, ...]:
    """What has come by today."""
    return tuple(one for one in schedule(watch, calendar, today=today) if one.day <= today)


def ladder_ended(watch: Watch, deadline: date) -> bool:
    """Whether the library has answered that it lets the agreement renew."""
    stand = watch.stands.get(deadline)
    return stand is not None and stand.answer is RenewalAnswer.RENEW


def matters(watch: Watch, step: RenewalStep, anchor: date, *, today: date) -> bool:
    """Whether a step that was planned still says something true and useful on the day on which it is read."""
    group = row_of(step).group
    if group is RenewalGroup.END:
        last = watch.end if watch.end is not None else _last_day(watch.duration, today)
        return anchor == last and (step is RenewalStep.ENDED or today <= anchor)
    if watch.end is not None:
        return False
    if group is RenewalGroup.NOTICE_DAY:
        term = term_on(watch.duration, anchor)
        holds = term is not None and term.last_day_for_notice == anchor
        return holds and today <= anchor and not ladder_ended(watch, anchor)
    term = term_on(watch.duration, today)
    if step is RenewalStep.CLOSED:
        return term is not None and term.last_day_for_notice == anchor
    return term is not None and term.first_day == anchor


def _last_day(duration: Duration, today: date) -> date | None:
    """The last day of an agreement that is not renewed any more; None while further terms follow."""
    found = None
    for term in terms(duration):
        if _lies_ahead(term, today):
            return None
        found = term.last_day
    return found
