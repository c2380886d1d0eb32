"""The cooperation plan as pure rules: the life of an item, its fields, its text, its clock."""

from models.rules.planning.clauses import CLAUSES
from models.rules.planning.clock import (
    DUE_DATES,
    ItemStep,
    YearStep,
    item_steps,
    latest,
    year_steps,
    years_ahead,
)
from models.rules.planning.contents import BOTH, Contents, PlanTerm, When, digest, plan_text, read_when
from models.rules.planning.life import (
    IN_TEXT,
    OPEN_ITEMS,
    ROWS,
    UNFINISHED,
    ItemRow,
    ItemStanding,
    Who,
    move_item,
    possible_acts,
)

__all__ = [
    "BOTH",
    "CLAUSES",
    "DUE_DATES",
    "IN_TEXT",
    "OPEN_ITEMS",
    "ROWS",
    "UNFINISHED",
    "Contents",
    "ItemRow",
    "ItemStanding",
    "ItemStep",
    "PlanTerm",
    "When",
    "Who",
    "YearStep",
    "digest",
    "item_steps",
    "latest",
    "move_item",
    "plan_text",
    "possible_acts",
    "read_when",
    "year_steps",
    "years_ahead",
]
