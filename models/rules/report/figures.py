"""The figures of a report, each with the requests that it counts.

Terms and ratios as in ISO 11620 and ISO 2789 for interlibrary lending: a request is filled when the item was
dispatched or the copy delivered; the fill rate is filled / (filled + unfilled); turnaround runs from the
sending of a request to that supply.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from statistics import median

from models.rules.vocabulary import Act, Reason, Service, Stage


class Outcome(StrEnum):
    """What became of a request, as a report counts it."""

    FILLED = "filled"
    UNFILLED = "unfilled"
    WITHDRAWN = "withdrawn"
    OPEN = "open"


class Answer(StrEnum):
    """The first answer that the supplying library gave."""

    YES = "yes"
    CONDITIONS = "conditions"
    LATER = "later"
    NO = "no"


class Figure(StrEnum):
    """What is counted of the requests of one library."""

    ASKED = "asked"
    OUTCOME = "outcome"
    ANSWER = "answer"
    REASON = "reason"
    LANGUAGE = "language"
    OVERDUE = "overdue"
    LOST = "lost"


FIRST_ANSWERS: dict[Act, Answer] = {
    Act.YES: Answer.YES,
    Act.SHIP: Answer.YES,
    Act.DELIVER: Answer.YES,
    Act.CONDITIONS: Answer.CONDITIONS,
    Act.LATER: Answer.LATER,
    Act.NO: Answer.NO,
}
SUPPLIES = frozenset({Act.SHIP, Act.DELIVER})
LENDING = frozenset({Service.LOAN, Service.COPY})
"""What is counted together: book exchange and exchange of electronic copies (clause 2.3)."""
OVER = frozenset({Stage.CANCELLED, Stage.CLOSED, Stage.EXPIRED, Stage.DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A request as a report sees it. `firsts` is when each act first happened and was not taken back.

    `library` asked; `language` is that of the document where the request names it.
    """

    id: int
    library: int
    service: Service
    stage: Stage
    asked_at: datetime
    reason: Reason | None = None
    language: str | None = None
    number: str = ""
    title: str = ""
    firsts: dict[Act, datetime]

    @property
    def supplied_at(self) -> datetime | None:
        """When the item left or the copy was delivered."""
        return min((at for act, at in self.firsts.items() if act in SUPPLIES), default=None)

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        if self.supplied_at:
            return Outcome.FILLED
        if self.stage is Stage.UNFILLED or (self.stage in OVER and Act.NO in self.firsts):
            return Outcome.UNFILLED
        return Outcome.WITHDRAWN if self.stage in OVER else Outcome.OPEN

    @property
    def answer(self) -> Answer | None:
        """The first answer."""
        given = [(at, act) for act, at in self.firsts.items() if act in FIRST_ANSWERS]
        return FIRST_ANSWERS[min(given)[1]] if given else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One number: how many requests of a library, of a service (None: loans and copies), are so."""

    figure: Figure
    library: int
    service: Service | None
    value: str
    requests: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number itself."""
        return len(self.requests)

    @property
    def key(self) -> str:
        """The entry's name within a report, for a button."""
        return ".".join((self.figure, str(self.library), self.service or "all", self.value or "-"))


Values = Callable[[Matter], str | None]
COUNTS: dict[Figure, Values] = {
    Figure.ASKED: lambda _one: "",
    Figure.OUTCOME: lambda one: one.outcome,
    Figure.ANSWER: lambda one: one.answer,
    Figure.REASON: lambda one: one.reason if one.outcome is Outcome.UNFILLED else None,
    Figure.LANGUAGE: lambda one: one.language,
    Figure.OVERDUE: lambda one: "" if Act.MARK_OVERDUE in one.firsts else None,
    Figure.LOST: lambda one: "" if Act.LOSE in one.firsts else None,
}
"""What each figure sorts a request by; None where it does not count."""


def entries(matters: Sequence[Matter], libraries: Iterable[int]) -> tuple[Entry, ...]:
    """Every number of the report, library by library; a count of none is left out, except what was asked."""
    return tuple(entry for library in libraries for entry in _of_library(matters, library))


def _of_library(matters: Sequence[Matter], library: int) -> Iterator[Entry]:
    own = [one for one in matters if one.library == library]
    for service in (None, *Service):
        served = [one for one in own if one.service in (LENDING if service is None else {service})]
        for figure, value_of in COUNTS.items():
            yield from _counted(figure, served, value_of, library=library, service=service)


def _counted(
    figure: Figure, served: Sequence[Matter], value_of: Values, *, library: int, service: Service | None
) -> Iterator[Entry]:
    found: dict[str, list[int]] = {"": []} if figure is Figure.ASKED else {}
    for one in served:
        value = value_of(one)
        if value is not None:
            found.setdefault(value, []).append(one.id)
    for value in sorted(found, key=lambda value: (-len(found[value]), value)):
        yield Entry(
            figure=figure, library=library, service=service, value=value, requests=tuple(found[value])
        )


@dataclass(frozen=True, slots=True)
class Turnaround:
    """Days from the sending of a request to its supply, with their fraction; `count` supplied requests."""

    count: int
    median: float
    ninety: float


def turnaround(matters: Iterable[Matter], library: int) -> Turnaround | None:
    """How long the library waited for what it got; None where it got nothing.

    The 90 % is the smallest time within which nine in ten were supplied (nearest rank).
    """
    taken = sorted(
        (one.supplied_at - one.asked_at).total_seconds() / 86_400
        for one in matters
        if one.library == library and one.supplied_at
    )
    if not taken:
        return None
    return Turnaround(len(taken), median(taken), taken[ceil(0.9 * len(taken)) - 1])


def fill_rate(found: Iterable[Entry], library: int, service: Service | None = None) -> float | None:
    """Filled out of filled and unfilled; None where nothing was decided."""
    counts = {
        entry.value: entry.count
        for entry in found
        if entry.figure is Figure.OUTCOME and entry.library == library and entry.service is service
    }
    filled, unfilled = counts.get(Outcome.FILLED, 0), counts.get(Outcome.UNFILLED, 0)
    return filled / (filled + unfilled) if filled + unfilled else None
