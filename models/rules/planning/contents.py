"""What an item says, and the text of a plan over which both sides agree. Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from models.rules.vocabulary import ItemKind

BOTH = "both"
"""The lead of an item that both libraries lead together."""
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """A day, a quarter, or still open: the first and the last day on which an item may take place."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last


def read_when(text: str | None) -> When | None:
    """`2027-05-14` or `2027-Q2`; None while it is open. Raises ValueError for anything else."""
    if not text:
        return None
    quarter = _QUARTER.fullmatch(text)
    if quarter is None:
        day = date.fromisoformat(text)
        return When(day, day)
    year, number = int(quarter[1]), int(quarter[2])
    ends = date(year + number // 4, number * 3 % 12 + 1, 1) - timedelta(days=1)
    return When(date(year, number * 3 - 2, 1), ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One edition of an item. `lead` is a library's code or `BOTH`; `when` as `read_when` takes it."""

    kind: ItemKind
    title: str
    description: str = ""
    lead: str = BOTH
    when: str = ""
    place: str = ""
    link: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """From stored JSON; unknown keys are those of later versions and are left alone."""
        names = ("title", "description", "lead", "when", "place", "link")
        given = {name: str(values[name]) for name in names if values.get(name)}
        return cls(kind=ItemKind(values["kind"]), **given)

    def as_json(self) -> dict[str, str]:
        """What is stored; empty fields are left out."""
        pairs = {
            "kind": self.kind.value,
            "title": self.title,
            "description": self.description,
            "lead": self.lead,
            "when": self.when,
            "place": self.place,
            "link": self.link,
        }
        return {name: value for name, value in pairs.items() if value}

    def with_changes(self, changes: Mapping[str, Any]) -> "Contents":
        """The same with some fields anew; an empty value clears one."""
        return Contents.read({**self.as_json(), **changes})


@dataclass(frozen=True, slots=True)
class PlanTerm:
    """The years of a plan, inclusive."""

    first: int
    last: int

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return date(self.last, 12, 31)

    @property
    def is_one_year(self) -> bool:
        """An annual plan; a longer one is long-term."""
        return self.first == self.last

    def __str__(self) -> str:
        """`2027` or `2027–2029`, the same in every language."""
        return str(self.first) if self.is_one_year else f"{self.first}–{self.last}"


def plan_text(term: PlanTerm, parties: tuple[str, str], items: Iterable[tuple[int, Contents]]) -> str:
    """The text that both sides agree to, letter for letter: one spelling, whatever language shows it.

    It holds the accepted edition of every item by number, and no contacts: those may change without a new
    agreement.
    """
    head = f"plan {term} {' '.join(sorted(parties))}"
    lines = (f"{number} {_one(contents)}" for number, contents in sorted(items, key=lambda one: one[0]))
    return "\n".join((head, *lines))


def _one(contents: Contents) -> str:
    return " | ".join(f"{name}: {' '.join(value.split())}" for name, value in contents.as_json().items())


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
