"""What a line of the table says: the act, who does it, from where to where, and who hears of it."""

from dataclasses import dataclass
from enum import StrEnum

from models.rules.lifecycle.details import Detail
from models.rules.lifecycle.standing import NO_FLAGS, Flags, Stages, Standing
from models.rules.vocabulary import Act, Service, Side, Stage


class Back(StrEnum):
    """A next stage that depends on where the request came from."""

    RESUME = "resume"  # the stage before cancellation was asked, or before the request ended
    BEFORE = "before"  # the stage before the act that is undone


class Tell(StrEnum):
    """Whom an act is news to. The actor's own side is never told what it did itself."""

    NOBODY = "nobody"
    PARTNER = "partner"
    BOTH = "both"
    KEEPERS = "keepers"  # who looks after the request on the own side now, and who did before


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. `by` is None for the clock; `quiet` acts leave the version as it is."""

    act: Act
    by: Side | None
    at: Stages
    to: Stage | Back | None = None
    services: frozenset[Service] = frozenset(Service)
    when: Flags = NO_FLAGS
    unless: Flags = NO_FLAGS
    raises: Flags = NO_FLAGS
    lowers: Flags = NO_FLAGS
    needs: tuple[Detail, ...] = ()
    takes: tuple[Detail, ...] = ()
    tells: Tell = Tell.PARTNER
    quiet: bool = False

    def fits(self, standing: Standing) -> bool:
        """Whether the row applies to a request that stands so, whoever acts."""
        return (
            standing.stage in self.at
            and standing.service in self.services
            and self.when <= standing.flags
            and not self.unless & standing.flags
        )
