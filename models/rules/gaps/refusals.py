"""Why something about a gap list is not done."""

from dataclasses import dataclass

from models.rules.errors import Refusal
from models.rules.vocabulary import ExchangeAct, ExchangeStage, ItemState, ListProblem


@dataclass(eq=True, kw_only=True)
class UnknownItem(Refusal):
    """No such line or exchange, or not one that concerns the person's library."""


@dataclass(eq=True, kw_only=True)
class ItemTaken(Refusal):
    """The line is promised, filled or withdrawn, so that nothing more can be said to it."""

    number: int
    state: ItemState


@dataclass(eq=True, kw_only=True)
class ExchangeNotNow(Refusal):
    """The table of exchanges has no such row for this side at this stage."""

    act: ExchangeAct
    stage: ExchangeStage


@dataclass(eq=True, kw_only=True)
class ExchangeMoved(Refusal):
    """Somebody else changed the exchange after the person last saw it."""

    act: ExchangeAct
    by: str
    at: str


@dataclass(eq=True, kw_only=True)
class BadList(Refusal):
    """The file is not read as a list; `limit` is the number of rows or megabytes it may have."""

    name: str
    why: ListProblem
    limit: int | None = None


@dataclass(eq=True, kw_only=True)
class ImportOver(Refusal):
    """The import was stored or dropped already, or another file took its place."""
