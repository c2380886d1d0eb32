"""Why something about a cooperation plan is not done."""

from dataclasses import dataclass

from models.rules.errors import Refusal
from models.rules.vocabulary import ItemAct, ItemStage


@dataclass(eq=True, kw_only=True)
class UnknownPlan(Refusal):
    """No such plan or item, or not one of the person's library: the sentence is the same for both."""


@dataclass(eq=True, kw_only=True)
class ItemNotPossible(Refusal):
    """Nobody may do this to an item of a plan at this stage."""

    act: ItemAct
    stage: ItemStage


@dataclass(eq=True, kw_only=True)
class ItemOtherSide(Refusal):
    """The act exists at this stage, but it is the other library's."""

    act: ItemAct


@dataclass(eq=True, kw_only=True)
class ItemLacks(Refusal):
    """The act needs something that was not given; `detail` names it."""

    act: ItemAct
    detail: str


@dataclass(eq=True, kw_only=True)
class ItemMoved(Refusal):
    """The item changed after the person last saw it; `at` is the moment."""

    title: str
    act: ItemAct
    by: str
    at: str


@dataclass(eq=True, kw_only=True)
class OlderText(Refusal):
    """Consent to a text of a plan that is no longer the one that stands."""

    term: str


@dataclass(eq=True, kw_only=True)
class NothingToAgree(Refusal):
    """A plan without an accepted item has no text to agree to."""
