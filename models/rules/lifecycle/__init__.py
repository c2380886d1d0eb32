"""The life of a request as a table: stage × act × side → next stage, what it needs, whom it tells.

Pure: nothing here reads a clock or a database. Whatever `ROWS` does not list is refused; nothing moves a
request outside it.
"""

from models.rules.lifecycle.details import Detail, Details
from models.rules.lifecycle.moves import Move, move, possible
from models.rules.lifecycle.reasons import (
    ACQUISITION_REASONS,
    CONDITION_REASONS,
    HOLDINGS_REASONS,
    NO_REASONS,
    REASONS,
    RETRY_REASONS,
    fits,
)
from models.rules.lifecycle.shape import Back, Row, Tell
from models.rules.lifecycle.standing import (
    FINAL,
    OPEN,
    TURNS,
    Flags,
    Standing,
    group,
    status,
    turn,
    waits_for,
)
from models.rules.lifecycle.table import (
    REOPEN_DAYS,
    ROWS,
    UNDO_HOURS,
    UNDOABLE,
)

__all__ = [
    "ACQUISITION_REASONS",
    "CONDITION_REASONS",
    "FINAL",
    "HOLDINGS_REASONS",
    "NO_REASONS",
    "OPEN",
    "REASONS",
    "REOPEN_DAYS",
    "RETRY_REASONS",
    "ROWS",
    "TURNS",
    "UNDOABLE",
    "UNDO_HOURS",
    "Back",
    "Detail",
    "Details",
    "Flags",
    "Move",
    "Row",
    "Standing",
    "Tell",
    "fits",
    "group",
    "move",
    "possible",
    "status",
    "turn",
    "waits_for",
]
