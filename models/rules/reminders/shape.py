"""What a clock is made of: the facts it reads, its steps, whom they remind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from models.rules.ending import RETURNS
from models.rules.hours import Place
from models.rules.lifecycle import TURNS, Flags
from models.rules.limits import Limits
from models.rules.vocabulary import Act, Clock, Method, Side, Stage

NO_FLAGS: Flags = frozenset()


class Whom(StrEnum):
    """Whom a step reminds: those who look after the request on a side, or a side's coordinators."""

    REQUESTING = "requesting"
    SUPPLYING = "supplying"
    REQUESTING_COORDINATOR = "requesting_coordinator"
    SUPPLYING_COORDINATOR = "supplying_coordinator"

    @property
    def side(self) -> Side:
        """At which library."""
        return Side(self.value.partition("_")[0])

    @property
    def is_coordinator(self) -> bool:
        """Whether it is the coordinators and not those who look after the request."""
        return self in COORDINATORS


COORDINATORS = (Whom.REQUESTING_COORDINATOR, Whom.SUPPLYING_COORDINATOR)
REMINDER, COORDINATOR, WARNING, QUESTION, CLAIM = "reminder", "coordinator", "warning", "question", "claim"
"""Names of steps that several clocks have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts of one request, as far as clocks are concerned.

    `touched_at` is when anything last happened to it; `waited_on` the day on which the requesting library
    chose to wait or to begin again; `asked_on` the day on which it was asked whether it still waits although
    the needed-by date has come. `sent_on` and `method` are those of the parcel that is under way.
    """

    stage: Stage
    places: Mapping[Side, Place]
    turn_since: datetime
    stage_since: datetime
    touched_at: datetime
    flags: Flags = NO_FLAGS
    urgent: bool = False
    limits: Limits = field(default_factory=Limits)
    needed_by: date | None = None
    until: date | None = None
    due: date | None = None
    waited_on: date | None = None
    asked_on: date | None = None
    sent_on: date | None = None
    method: Method | None = None
    renewal_asked_at: datetime | None = None
    recalled_at: datetime | None = None
    over: bool = False
    """The agreement has ended: only returns go on."""


Length = Callable[[Case], int]
Start = Callable[[Case, Place], date | None]
Day = Callable[[Case, Place, date], date | None]
"""A step's day, from the case, the place whose days count, and the day from which its clock counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that a clock does on its day: reminds somebody and offers acts, or moves the request itself.

    `before_end`: true only until the clock's end, and pointless where the request came to its stage later.
    """

    name: str
    day: Day
    whom: tuple[Whom, ...] = ()
    offers: tuple[Act, ...] = ()
    moves: Act | None = None
    unless: Flags = NO_FLAGS
    before_end: bool = False

    def fits(self, case: Case) -> bool:
        """Whether what it asks for can still be done; a request that nobody can move any more may expire."""
        return not case.over or self.moves is not None or not RETURNS.isdisjoint(self.offers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clock. `number` is its line in the design's table; `ends` the day until which somebody has to act.

    `turn` is the library whose calendar counts (None: whose turn the stage is).
    """

    clock: Clock
    number: int
    at: frozenset[Stage]
    starts: Start
    ends: Day
    steps: tuple[Step, ...]
    turn: Side | None = None
    when: Flags = NO_FLAGS
    unless: Flags = NO_FLAGS
    sets_deadline: bool = True

    def side(self, stage: Stage) -> Side:
        """Whose days are counted."""
        return self.turn or TURNS[stage] or Side.REQUESTING

    def runs(self, case: Case) -> bool:
        """Whether the clock watches a request that stands so."""
        if not any(step.fits(case) for step in self.steps):
            return False
        return case.stage in self.at and self.when <= case.flags and not self.unless & case.flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A step with its day, as `side`'s calendar counts; `anchor` is where its clock began, `ends` its end."""

    clock: Clock
    step: Step
    anchor: date
    day: date
    ends: date
    side: Side

    def late_days(self, today: date) -> int:
        """Days since the end, on the reader's calendar; negative while it lies ahead."""
        return (today - self.ends).days
