"""Which requests each list holds, and in which order."""

from datetime import date

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from models.rules.vocabulary import Filter, Stage
from models.tables import Request


def chosen_by(chosen: Filter, library: int, today: date) -> QuerySet[Request]:
    """The requests of this library's list."""
    asked, answered = Q(requesting_id=library), Q(supplying_id=library)
    # In the words of the partial indexes: a list of stages would hide from the planner what it means.
    still_open = Q(ended_at__isnull=True)
    return Request.filter(
        {
            Filter.TO_DO: (asked & still_open & Q(waits_for__in=["requesting", "both"]))
            | (answered & still_open & Q(waits_for__in=["supplying", "both"])),
            Filter.MINE: asked & still_open,
            Filter.INCOMING: answered & still_open,
            Filter.OVERDUE: ((asked & still_open) | (answered & still_open))
            & Q(stage=Stage.ON_LOAN, due__lt=today),
            Filter.DONE: (asked | answered) & Q(ended_at__isnull=False),
        }[chosen]
    )


def order_of(chosen: Filter) -> tuple[str, ...]:
    """The columns a list is ordered by, most urgent first."""
    if chosen is Filter.TO_DO:
        return ("-urgent", "turn_since", "id")
    return ("due", "id") if chosen is Filter.OVERDUE else ("-updated_at", "-id")
