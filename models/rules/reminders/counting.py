"""From which day a clock counts, and how its days are counted."""

from datetime import date, timedelta
from operator import attrgetter

from models.rules.hours import Place
from models.rules.reminders.shape import Case, Day, Length
from models.rules.vocabulary import Flag, Method, Side, Stage


def limit(name: str) -> Length:
    """A length of the agreement by its name."""
    read: Length = attrgetter(f"limits.{name}")
    return read


def working(length: Length, *, times: int = 1) -> Day:
    """So many working days after the start."""
    return lambda case, place, start: place.calendar.add_working_days(start, length(case) * times)


def working_before(length: Length) -> Day:
    """So many working days before the start."""
    return lambda case, place, start: place.calendar.add_working_days(start, -length(case))


def days(length: Length, *, times: int = 1) -> Day:
    """So many calendar days after the start (before it, with -1 times)."""
    return lambda case, _place, start: start + timedelta(days=length(case) * times)


def open_days(length: Length, *, times: int = 1) -> Day:
    """So many calendar days after the start, the library's closures not counted."""
    return lambda case, place, start: place.open_days_after(start, length(case) * times)


def expected(first: Length, length: Length, *, percent: int = 100) -> Day:
    """Working days after the start; counted from an expected date, the first period is already behind."""

    def day(case: Case, place: Place, start: date) -> date:
        behind = first(case) if start == case.until else 0
        return place.calendar.add_working_days(start, -(-length(case) * percent // 100) - behind)

    return day


def itself(_case: Case, _place: Place, start: date) -> date:
    """The day from which the clock counts."""
    return start


def _latest(*given: date | None) -> date:
    return max(day for day in given if day)


def answer_length(case: Case) -> int:
    return case.limits.answer_urgent if case.urgent else case.limits.answer


def transit(case: Case) -> int:
    days_on_the_way: int = getattr(case.limits, f"transit_{case.method or Method.REGISTERED}")
    return days_on_the_way


def stage_day(case: Case, place: Place) -> date:
    return place.day(case.stage_since)


def asked_for_answer(case: Case, place: Place) -> date:
    return _latest(place.day(case.turn_since), case.waited_on, case.until)


def asked_to_decide(case: Case, place: Place) -> date:
    until = case.until if case.stage is Stage.RETRY else None
    return _latest(place.day(case.stage_since), case.waited_on, until)


def promised(case: Case, place: Place) -> date:
    return _latest(place.day(case.stage_since), case.until)


def dispatched(case: Case, place: Place) -> date:
    return case.sent_on or place.day(case.stage_since)


def renewal_asked(case: Case, place: Place) -> date | None:
    return place.day(case.renewal_asked_at) if case.renewal_asked_at else None


def recalled(case: Case, place: Place) -> date | None:
    return place.day(case.recalled_at) if case.recalled_at else None


def touched(case: Case, place: Place) -> date:
    return place.day(case.touched_at)


def late(length: Length) -> Day:
    """Days after the due date; while a renewal is asked, not before the days of grace are over."""

    def day(case: Case, place: Place, start: date) -> date:
        planned = start + timedelta(days=length(case))
        if Flag.RENEWAL_ASKED not in case.flags or case.renewal_asked_at is None:
            return planned
        grace = timedelta(days=case.limits.renewal_grace)
        return max(planned, place.day(case.renewal_asked_at) + grace)

    return day


def unanswered_question(case: Case, _place: Place, _start: date) -> date | None:
    """Some days after the question was put, unless it was answered; silence alone ends nothing (rule 9)."""
    if case.asked_on is None or (case.waited_on and case.waited_on >= case.asked_on):
        return None
    place = case.places[Side.REQUESTING]
    return place.open_days_after(case.asked_on, case.limits.needed_by_question)
