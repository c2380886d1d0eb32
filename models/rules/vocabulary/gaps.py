"""Gap lists: what libraries lack and what they have twice, and how a document changes hands for good."""

from enum import StrEnum


class Holding(StrEnum):
    """What a line of a list says of a library's holdings."""

    MISSING = "missing"
    SPARE = "spare"

    @property
    def other(self) -> "Holding":
        """What would answer it."""
        return Holding.SPARE if self is Holding.MISSING else Holding.MISSING


class ItemState(StrEnum):
    """Where a line of a list stands."""

    OPEN = "open"
    PROMISED = "promised"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """What the giving library can do about a gap, in the order in which it is offered."""

    ORIGINAL = "original"
    COPY = "copy"
    LOAN = "loan"


class ExchangeStage(StrEnum):
    """Where an exchange of one document stands."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    WANTED = "wanted"
    SENT = "sent"
    DELIVERED = "delivered"
    RECEIVED = "received"
    REFUSED = "refused"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LOST = "lost"


class ExchangeAct(StrEnum):
    """What can be done with an exchange; PROPOSE and FOLLOW are the desk's own."""

    PROPOSE = "propose"
    OFFER = "offer"
    REFUSE = "refuse"
    WANT = "want"
    DECLINE = "decline"
    SEND = "send"
    RECEIVE = "receive"
    LOSE = "lose"
    CANCEL = "cancel"
    COMMENT = "comment"
    FOLLOW = "follow"
    UNDO = "undo"


class ExchangeStep(StrEnum):
    """What the clock says of an exchange that stands still."""

    DECIDE = "decide"
    SEND = "send"
    SEND_LATE = "send_late"
    ARRIVED = "arrived"
    MISSING = "missing"


class GapList(StrEnum):
    """The lists that staff open."""

    OURS = "ours"
    THEIRS = "theirs"
    OUR_SPARES = "our_spares"
    THEIR_SPARES = "their_spares"
    EXCHANGES = "exchanges"


class RowProblem(StrEnum):
    """Why a row of an imported list is not stored."""

    NO_TITLE = "no_title"
    BAD_ISBN = "bad_isbn"
    BAD_ISSN = "bad_issn"
    BAD_YEAR = "bad_year"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"


class ListProblem(StrEnum):
    """Why a file is not read as a list at all."""

    UNKNOWN = "unknown"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    BOMB = "bomb"
    LOCKED = "locked"
    EMPTY = "empty"
    BROKEN = "broken"


class ListFormat(StrEnum):
    """How a list came."""

    XLSX = "XLSX"
    CSV = "CSV"
    MARC = "MARC 21"
    UNIMARC = "UNIMARC"
    MARCXML = "MARCXML"
    TEXT = "text"
