"""Why something is not done. A refusal carries data; `handlers.text.refusals` finds the sentence."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from models.rules.vocabulary import Act, FormName, Service, Side, Stage

Facts = dict[str, Any]


@dataclass(eq=True, kw_only=True)
class Refusal(Exception):
    """Something a person asked for that will not happen, and why."""

    kinds: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Refusal.kinds[cls.__name__] = cls

    def facts(self) -> Facts:
        """The refusal as plain JSON values, for a row of the outbox."""
        return {"refusal": type(self).__name__, **{k: _plain(v) for k, v in asdict(self).items()}}

    @classmethod
    def from_facts(cls, facts: Facts) -> "Refusal":
        """Rebuild what `facts()` wrote."""
        kind = cls.kinds[facts["refusal"]]
        return kind.read({k: v for k, v in facts.items() if k != "refusal"})

    @classmethod
    def read(cls, values: Facts) -> Self:
        """Build from JSON values; kinds with dates or enums override it."""
        return cls(**values)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


@dataclass(eq=True, kw_only=True)
class NotPossibleNow(Refusal):
    """The lifecycle table has no such row at this stage (whoever acts)."""

    act: Act
    stage: Stage


@dataclass(eq=True, kw_only=True)
class OtherSide(Refusal):
    """The act exists at this stage, but it is the other library's."""

    act: Act
    stage: Stage
    side: Side


@dataclass(eq=True, kw_only=True)
class Stale(Refusal):
    """The request moved on after the person last saw it."""

    number: str
    act: Act
    by: str
    at: str


@dataclass(eq=True, kw_only=True)
class Missing(Refusal):
    """The act needs a detail that was not given; `detail` names a field of `Details`."""

    act: Act
    detail: str


@dataclass(eq=True, kw_only=True)
class TooLate(Refusal):
    """The time for the act is over; `limit` in days, or hours for an undo."""

    act: Act
    limit: int


@dataclass(eq=True, kw_only=True)
class NothingToUndo(Refusal):
    """The last act is not this side's, or cannot be taken back."""


@dataclass(eq=True, kw_only=True)
class UnknownRequest(Refusal):
    """No such request, or not one of the person's library: the sentence is the same for both."""


@dataclass(eq=True, kw_only=True)
class NotAllowed(Refusal):
    """The person's role does not include this."""


@dataclass(eq=True, kw_only=True)
class NoAgreement(Refusal):
    """The library has no agreement in force with anybody, so nobody can be asked."""


@dataclass(eq=True, kw_only=True)
class AlreadyAsked(Refusal):
    """The same library was asked for the same document: `on` is the day, `stage` what became of it."""

    request: int
    number: str
    on: str
    stage: Stage
    service: Service


@dataclass(eq=True, kw_only=True)
class CodeUnknown(Refusal):
    """No invitation has this code, or it was used."""


@dataclass(eq=True, kw_only=True)
class CodeExpired(Refusal):
    """The invitation is older than its seven days."""


@dataclass(eq=True, kw_only=True)
class TooManyCodes(Refusal):
    """Five wrong codes within the hour."""


@dataclass(eq=True, kw_only=True)
class AlreadyMember(Refusal):
    """The person who opened the link is already on the desk."""

    library: int


@dataclass(eq=True, kw_only=True)
class BadField(Refusal):
    """A field of a request cannot hold this value; `kind` is a `FieldProblemKind`, `limit` its number."""

    field: str
    kind: str
    limit: int | None = None


@dataclass(eq=True, kw_only=True)
class FileTooLarge(Refusal):
    """`limit` in megabytes of the channel the file came by."""

    name: str
    limit: int


@dataclass(eq=True, kw_only=True)
class FileWrongKind(Refusal):
    """The content is none of the kinds that the desk carries."""

    name: str


@dataclass(eq=True, kw_only=True)
class NoRoom(Refusal):
    """The desk's disk has no room for the file now."""

    name: str


@dataclass(eq=True, kw_only=True)
class EmptyReply(Refusal):
    """A mail without a word or a file of the person's own."""


@dataclass(eq=True, kw_only=True)
class DraftGone(Refusal):
    """The draft was sent or deleted meanwhile."""


@dataclass(eq=True, kw_only=True)
class Damaged(Refusal):
    """A button or address that is not ours, or not whole."""


@dataclass(eq=True, kw_only=True)
class NobodyElse(Refusal):
    """Every library with an agreement in force was asked already."""


@dataclass(eq=True, kw_only=True)
class UnknownLetter(Refusal):
    """No such correspondence, or not one of the person's library."""


@dataclass(eq=True, kw_only=True)
class LetterTooLong(Refusal):
    """A letter that a chat could not show whole; `limit` in characters."""

    limit: int


@dataclass(eq=True, kw_only=True)
class Failed(Refusal):
    """A fault of the program's own: what was sent is kept, and was tried several times."""


@dataclass(eq=True, kw_only=True)
class LastCoordinator(Refusal):
    """A library keeps at least one coordinator."""


@dataclass(eq=True, kw_only=True)
class NotColleague(Refusal):
    """The person chosen is not, or no longer, on the staff of the same library."""


@dataclass(eq=True, kw_only=True)
class BadAddress(Refusal):
    """No mail can be written to this address; `address` as it was typed."""

    address: str


@dataclass(eq=True, kw_only=True)
class InvitationOver(Refusal):
    """The invitation was used, withdrawn or has run out meanwhile."""


@dataclass(eq=True, kw_only=True)
class NoSuchAgreement(Refusal):
    """No such agreement, or not one of the person's library."""


@dataclass(eq=True, kw_only=True)
class TermRefused(Refusal):
    """What the agreement's calendar does not allow; `kind` is a `TermRefusalKind`, `day` what decides it."""

    kind: str
    day: str | None = None


@dataclass(eq=True, kw_only=True)
class WindowClosed(Refusal):
    """The last day for a notice is over, or a notice runs: the question of renewal is decided."""


@dataclass(eq=True, kw_only=True)
class SettledMeanwhile(Refusal):
    """What was to be consented to was settled or taken back by somebody, or never asked."""


@dataclass(eq=True, kw_only=True)
class ProposalOpen(Refusal):
    """The other side has proposed a change that waits for an answer."""


@dataclass(eq=True, kw_only=True)
class OtherSidesWord(Refusal):
    """The word on this is the other library's."""


@dataclass(eq=True, kw_only=True)
class NotADay(Refusal):
    """What was typed is no day."""


@dataclass(eq=True, kw_only=True)
class WrongNumber(Refusal):
    """What was typed is not the number that confirms; nothing was recorded."""


@dataclass(eq=True, kw_only=True)
class AgreementEnded(Refusal):
    """The agreement of the request has ended `on` a day: only returns go on."""

    on: str


@dataclass(eq=True, kw_only=True)
class BadAnswer(Refusal):
    """A question of a short form cannot take this; `kind` is a `ProblemKind`, `limit` its number."""

    form: FormName
    field: str
    kind: str
    limit: int | None = None


@dataclass(eq=True, kw_only=True)
class UnknownBulletin(Refusal):
    """No such information, or not for the person's library."""


@dataclass(eq=True, kw_only=True)
class BulletinWithdrawn(Refusal):
    """The information was withdrawn by its library, so that nothing more can be done with it."""


@dataclass(eq=True, kw_only=True)
class BulletinMoved(Refusal):
    """Somebody of the own library corrected the information after the person last saw it."""


@dataclass(eq=True, kw_only=True)
class NotUnderstood(Refusal):
    """A mail about a plan or about shared information that plainly says nothing that can be done."""


@dataclass(eq=True, kw_only=True)
class BadSpan(Refusal):
    """The words name no days that a report could be about."""
