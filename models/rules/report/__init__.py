"""What the libraries did for each other in a span of days, as figures behind which stand requests. Pure."""

from models.rules.report.figures import (
    Answer,
    Entry,
    Figure,
    Matter,
    Outcome,
    Turnaround,
    entries,
    turnaround,
)
from models.rules.report.spans import Span, SpanError

__all__ = [
    "Answer",
    "Entry",
    "Figure",
    "Matter",
    "Outcome",
    "Span",
    "SpanError",
    "Turnaround",
    "entries",
    "turnaround",
]
