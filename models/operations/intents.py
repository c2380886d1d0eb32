"""What a door asks of the desk, and what came of it."""

from dataclasses import dataclass, field

from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Language, Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One act, as a door understood it.

    `seen` is the version of the request that the actor had before them (None: the current one);
    `language` is that of the note, if there is one;
    (`via`, `key`) makes a redelivered tap or mail the same act; `actor` None is the clock.
    """

    request: int
    act: Act
    actor: int | None
    via: Via
    key: str
    seen: int | None = None
    details: Details = field(default_factory=Details)
    for_partner: bool = False
    signed_by: str | None = None
    removed: str | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The event that the act became; `repeated` when it had happened before and nothing changed."""

    request: int
    number: str
    event: int
    version: int
    repeated: bool = False
