"""What coordinators are told of an agreement, and when: a table of steps, moved over closed days. Pure."""

from models.rules.renewal.derivation import Derivation, derivation
from models.rules.renewal.escalation import Escalation, escalations
from models.rules.renewal.schedule import Announced, Stand, Watch, due, ladder_ended, matters, schedule
from models.rules.renewal.shape import Row
from models.rules.renewal.table import ROWS, row_of

__all__ = [
    "ROWS",
    "Announced",
    "Derivation",
    "Escalation",
    "Row",
    "Stand",
    "Watch",
    "derivation",
    "due",
    "escalations",
    "ladder_ended",
    "matters",
    "row_of",
    "schedule",
]
