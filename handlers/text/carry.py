"""Details that travel inside a button while the rest is still being asked: `rOnLoan.d2026-12-01`.

A condition implies its reason, which is left out: both do not fit the 64 bytes of a button.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from models.rules.lifecycle import Details
from models.rules.vocabulary import Condition, Reason, ScanProblem, Settlement


def pack(details: Details) -> str:
    """The details that a button can carry, in the alphabet of callback data."""
    implied = bool(details.conditions) and details.reason is Reason.MUST_MEET_CONDITION
    parts = [
        f"r{details.reason}" if details.reason and not implied else "",
        *(f"c{condition}" for condition in details.conditions),
        f"p{details.problem}" if details.problem else "",
        f"s{details.settlement}" if details.settlement else "",
        f"f{details.field}" if details.field else "",
        f"d{details.until.isoformat()}" if details.until else "",
        f"e{details.due.isoformat()}" if details.due else "",
    ]
    return ".".join(part for part in parts if part)


def unpack(carried: str) -> Details | None:
    """What `pack` wrote; None when it is damaged."""
    details = Details()
    try:
        for part in filter(None, carried.split(".")):
            details = _READERS[part[0]](details, part[1:])
    except (KeyError, ValueError):
        return None
    if details.conditions and details.reason is None:
        return replace(details, reason=Reason.MUST_MEET_CONDITION)
    return details


_READERS: dict[str, Callable[[Details, str], Details]] = {
    "r": lambda details, value: replace(details, reason=Reason(value)),
    "c": lambda details, value: replace(details, conditions=(*details.conditions, Condition(value))),
    "p": lambda details, value: replace(details, problem=ScanProblem(value)),
    "s": lambda details, value: replace(details, settlement=Settlement(value)),
    "f": lambda details, value: replace(details, field=value),
    "d": lambda details, value: replace(details, until=date.fromisoformat(value)),
    "e": lambda details, value: replace(details, due=date.fromisoformat(value)),
}
