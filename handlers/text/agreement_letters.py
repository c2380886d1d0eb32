"""The words of an agreement's letters (clauses 5.1 and 5.2)."""

from handlers.text.voice import Label, label, message
from models.rules.papers import LetterKind

TITLES: dict[LetterKind, Label] = {
    LetterKind.NOTICE: label("letter", "notice of termination"),
    LetterKind.WITHDRAWAL: label("letter", "withdrawal of a notice of termination"),
    LetterKind.AMENDMENT: label("letter", "amendment of the agreement"),
}
OPENINGS: dict[LetterKind, str] = {
    LetterKind.NOTICE: message(
        "With this letter we give notice of termination of the agreement named below, as its clause 5.1 "
        "provides."
    ),
    LetterKind.WITHDRAWAL: message(
        "We withdraw our notice of termination of the agreement named below and ask for your written consent "
        "to this."
    ),
    LetterKind.AMENDMENT: message(
        "As clause 5.2 of the agreement named below provides, both sides amend it in writing as follows."
    ),
}
CLOSINGS: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.NOTICE: (
        message("If this letter is received later, the end is counted from the day of receipt."),
        message("Until the agreement ends, all obligations under it are fulfilled as before."),
    ),
    LetterKind.WITHDRAWAL: (
        message(
            "With the consent of the other side, given before the agreement ends, it stays in force as if no "
            "notice had been given."
        ),
    ),
    LetterKind.AMENDMENT: (
        message("All other provisions of the agreement remain unchanged."),
        message("The amendment takes effect once both sides have signed it."),
    ),
}
CLAUSES = {LetterKind.NOTICE: "5.1", LetterKind.WITHDRAWAL: "5.1", LetterKind.AMENDMENT: "5.2"}
MARK = message("DRAFT FOR SIGNATURE")
GREETING = message("Dear colleagues,")
CONSENT = message("We consent:")
CHANGE = label("letter", "text of the amendment")
NUMBER = label("letter", "number")
DATE = label("letter", "date")
PLACE = label("letter", "place")
AGREEMENT = label("letter", "agreement")
COOPERATION = label("letter", "cooperation agreement")
BETWEEN = label("letter", "parties")
SIGNED = label("letter", "signed on")
SIGNED_AT = label("letter", "signed in")
CLAUSE = label("letter", "clause")
NOTICE = label("letter", "period of notice")
LAST_DAY = label("letter", "last day of the current term")
DEADLINE = label("letter", "last day for a notice in this term")
RECEIVED_BY = label("letter", "if received not later than")
RECEIVED_ON = label("letter", "notice received on")
ENDS = label("letter", "last day in force")
WOULD_END = label("letter", "last day in force by that notice")
NEW_LAST_DAY = label("letter", "new last day of the current term")
NEW_DEADLINE = label("letter", "new last day for a notice")
POST = label("letter", "post")
NAME = label("letter", "name")
