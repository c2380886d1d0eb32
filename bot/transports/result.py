"""What became of one message on its way out. A transport returns one of these; it does not raise."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side has taken the message over; `reference` is its name for it (an id, or its answer)."""

    reference: str


@dataclass(frozen=True, slots=True)
class Temporary:
    """Not now. The same bytes may be offered again, in `retry_after` seconds where the other side named them.

    It may have arrived all the same: a connection lost between the last byte and the answer tells nothing.
    """

    reason: str
    retry_after: float | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Permanent:
    """Never to this recipient in this form; offering it again is pointless.

    `of_content`: what was said was refused, not whom it was for.
    """

    reason: str
    code: int | None = None
    of_content: bool = False


@dataclass(frozen=True, slots=True)
class Paused:
    """The other side wants silence from all of us for `retry_after` seconds, whatever the message."""

    retry_after: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Flooded:
    """The other side wants silence for `retry_after` seconds about this target alone."""

    retry_after: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The target is another one from now on; the message goes there."""

    target: str
    reason: str = "moved"


@dataclass(frozen=True, slots=True)
class Held:
    """We ourselves keep this message back for `seconds`, so as not to flood; what is behind it goes on."""

    seconds: float
    reason: str = "held back"


@dataclass(frozen=True, slots=True)
class AccountTrouble:
    """The way itself is shut (password, certificate, right to send): stop it and tell the operator."""

    reason: str
    code: int | None = None


Result = Delivered | Temporary | Permanent | Paused | Flooded | Moved | Held | AccountTrouble
