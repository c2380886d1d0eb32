"""What accompanies an act, and how it is stored."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from models.rules.vocabulary import Condition, Method, Phrase, Reason, ScanProblem, Settlement


class Detail(StrEnum):
    """The details that acts need or take: the fields of `Details`."""

    REASON = "reason"
    CONDITIONS = "conditions"
    NOTE = "note"
    DUE = "due"
    UNTIL = "until"
    PARCEL = "parcel"
    METHOD = "method"
    PIECES = "pieces"
    PROBLEM = "problem"
    PAGES = "pages"
    SETTLEMENT = "settlement"
    COST = "cost"
    FIELD = "field"
    CONTENT = "content"
    PHRASE = "phrase"
    MORE = "more"
    COLLEAGUE = "colleague"
    WISHED = "wished"
    VALUE = "value"
    INSURED = "insured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What accompanies an act. `files` are ids of kept files, `url` a pasted link; together: content.

    `more` says of a copy whether further files will follow; None says nothing.
    `colleague` is a person of the own library. `wished` is the due date before it was cut to the end of the
    agreement. `value` and `insured` are sums of money: what is declared of a parcel, and for what it is
    insured.
    """

    reason: Reason | None = None
    conditions: tuple[Condition, ...] = ()
    note: str | None = None
    due: date | None = None
    until: date | None = None
    parcel: str | None = None
    method: Method | None = None
    pieces: int | None = None
    problem: ScanProblem | None = None
    pages: str | None = None
    settlement: Settlement | None = None
    cost: str | None = None
    field: str | None = None
    files: tuple[int, ...] = ()
    url: str | None = None
    phrase: Phrase | None = None
    more: bool | None = None
    colleague: int | None = None
    wished: date | None = None
    value: str | None = None
    insured: str | None = None

    def has(self, detail: Detail) -> bool:
        """Whether the detail was given."""
        if detail is Detail.CONTENT:
            return bool(self.files or self.url)
        return bool(getattr(self, detail.value))

    def given(self, detail: Detail, value: object) -> "Details":
        """The same with one detail more."""
        changes: dict[str, Any] = {detail.value: value}
        return replace(self, **changes)

    def as_json(self) -> dict[str, Any]:
        """The given details as plain JSON values; what was not given is left out."""
        return {f.name: _plain(value) for f in fields(self) if (value := getattr(self, f.name))}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Details":
        """Rebuild what `as_json()` wrote; unknown names raise `KeyError`."""
        return cls(**{name: _READERS[name](value) for name, value in values.items()})


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


_READERS: dict[str, Any] = {
    "reason": Reason,
    "conditions": lambda values: tuple(Condition(value) for value in values),
    "note": str,
    "due": date.fromisoformat,
    "until": date.fromisoformat,
    "parcel": str,
    "method": Method,
    "pieces": int,
    "problem": ScanProblem,
    "pages": str,
    "settlement": Settlement,
    "cost": str,
    "field": str,
    "files": tuple,
    "url": str,
    "phrase": Phrase,
    "more": bool,
    "colleague": int,
    "wished": date.fromisoformat,
    "value": str,
    "insured": str,
}
