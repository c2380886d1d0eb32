"""The table itself: "What coordinators receive", a row a step, in the order of their days."""

from models.rules.renewal.shape import Row
from models.rules.vocabulary import RenewalGroup, RenewalStep

S, G = RenewalStep, RenewalGroup


def _asked(step: RenewalStep, *, months: int = 0, days: int = 0) -> Row:
    """A step towards the last day for a notice."""
    return Row(step=step, group=G.NOTICE_DAY, months=months, days=days, asks=True)


ROWS: tuple[Row, ...] = (
    _asked(S.MONTHS_12, months=12),
    _asked(S.MONTHS_6, months=6),
    _asked(S.DAYS_90, days=90),
    _asked(S.DAYS_30, days=30),
    _asked(S.DAYS_14, days=14),
    _asked(S.DAYS_7, days=7),
    _asked(S.DAYS_1, days=1),
    _asked(S.LAST_DAY),
    Row(step=S.CLOSED, group=G.RENEWAL, days=-1, backward=False),
    Row(step=S.RENEWED, group=G.RENEWAL, backward=False),
    Row(step=S.ENDS_60, group=G.END, days=60),
    Row(step=S.ENDS_30, group=G.END, days=30),
    Row(step=S.ENDS_14, group=G.END, days=14),
    Row(step=S.ENDS_7, group=G.END, days=7),
    Row(step=S.ENDS_1, group=G.END, days=1),
    Row(step=S.ENDED, group=G.END, days=-1, backward=False),
)
"""The anchor is the last day for a notice; of RENEWED the first day of the new term; of END the last day."""

LAST_FOUR = frozenset({S.DAYS_14, S.DAYS_7, S.DAYS_1, S.LAST_DAY})
"""What is still said to a library that wants to talk."""


def row_of(step: RenewalStep) -> Row:
    """The row of a step."""
    return next(row for row in ROWS if row.step is step)
