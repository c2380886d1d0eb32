"""How long each clock runs: the defaults of the desk, and what an agreement settles otherwise. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


class UnknownLimitError(ValueError):
    """No clock has a length of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Days, by name; an agreement's `clocks` holds those that differ.

    `answer…`, `decision…`, `needed_by_warning`, `supply…`, `renewal`, `recall…`, `cancellation` and `resend`
    are working days of the library whose turn it is. `transit_…`, `settlement`, `copy` and `unfilled` are
    calendar days without its announced closures, the others plain calendar days.
    """

    answer: int = 8
    answer_urgent: int = 3
    decision: int = 4
    decision_coordinator: int = 8
    needed_by_warning: int = 3
    needed_by_question: int = 5
    supply: int = 10
    supply_coordinator: int = 20
    transit_registered: int = 30
    transit_ems: int = 15
    transit_courier: int = 10
    transit_diplomatic: int = 45
    transit_by_hand: int = 10
    transit_other_library: int = 30
    due_first: int = 10
    due_second: int = 3
    overdue_first: int = 1
    overdue_second: int = 7
    overdue_third: int = 14
    overdue_coordinators: int = 21
    overdue_lost: int = 60
    renewal: int = 3
    renewal_grace: int = 5
    recall: int = 10
    recall_every: int = 3
    cancellation: int = 3
    resend: int = 5
    settlement: int = 30
    copy: int = 14
    unfilled: int = 14

    @classmethod
    def of(cls, settled: Mapping[str, Any]) -> Self:
        """The defaults with what was settled; raises `UnknownLimitError`."""
        unknown = set(settled) - {one.name for one in fields(cls)}
        if unknown:
            raise UnknownLimitError(min(unknown))
        return cls(**{name: int(days) for name, days in settled.items()})
