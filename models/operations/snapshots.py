"""A request as it stood before an act: what an undo restores."""

from datetime import datetime
from typing import Any

from models.rules.effects import Changes
from models.tables import Request

UNDO_COLUMNS = (
    "stage",
    "resume",
    "flags",
    "waits_for",
    "group_requesting",
    "group_supplying",
    "service",
    "reason",
    "terms",
    "dispatch",
    "until",
    "due",
    "named_due",
    "taker_id",
    "turn_since",
    "ended_at",
)
DATES = frozenset({"until", "due"})
MOMENTS = frozenset({"turn_since", "ended_at"})


def of(request: Request) -> dict[str, Any]:
    """The columns that an undo restores, as plain JSON values."""
    values = {name: getattr(request, name) for name in UNDO_COLUMNS}
    return {n: v.isoformat() if v is not None and n in DATES | MOMENTS else v for n, v in values.items()}


def restored(before: dict[str, Any]) -> Changes:
    """The columns as they were."""
    return {name: _restored(name, before[name]) for name in UNDO_COLUMNS}


def _restored(name: str, value: Any) -> Any:
    if value is None or name not in DATES | MOMENTS:
        return value
    moment = datetime.fromisoformat(value)
    return moment if name in MOMENTS else moment.date()
