"""Details that travel inside a button while the rest is still being asked: `rOnLoan.d2026-12-01`.

A condition implies its reason, which is left out: both do not fit the 64 bytes of a button.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.text.screens import row_number
from models.rules.lifecycle import Details
from models.rules.vocabulary import Condition, Method, Phrase, Reason, ScanProblem, Settlement


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
        f"n{details.pieces}" if details.pieces else "",
        f"m{details.method}" if details.method else "",
        f"h{details.phrase}" if details.phrase else "",
        f"k{details.colleague}" if details.colleague else "",
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


def _person(value: str) -> int:
    number = row_number(value)
    if not number:
        raise ValueError(value)
    return number


_READERS: dict[str, Callable[[Details, str], Details]] = {
    "r": lambda details, value: replace(details, reason=Reason(value)),
    "c": lambda details, value: replace(details, conditions=(*details.conditions, Condition(value))),
    "p": lambda details, value: replace(details, problem=ScanProblem(value)),
    "s": lambda details, value: replace(details, settlement=Settlement(value)),
    "f": lambda details, value: replace(details, field=value),
    "d": lambda details, value: replace(details, until=date.fromisoformat(value)),
    "e": lambda details, value: replace(details, due=date.fromisoformat(value)),
    "n": lambda details, value: replace(details, pieces=int(value)),
    "m": lambda details, value: replace(details, method=Method(value)),
    "h": lambda details, value: replace(details, phrase=Phrase(value)),
    "k": lambda details, value: replace(details, colleague=_person(value)),
}
