"""What stood beside the word of a mail, as the lifecycle takes it."""

from handlers.mail import details as said_details
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Reason, ScanProblem

DUE_ACTS = frozenset({Act.CHANGE_DUE, Act.ASK_RENEWAL, Act.GRANT_RENEWAL})
"""Acts to which "until" a day is the due date."""


def details_of(said: said_details.Details, act: Act) -> Details:
    """The details of the act; defaults where a word says enough."""
    reason = said.reason if isinstance(said.reason, Reason) else None
    problem = said.reason if isinstance(said.reason, ScanProblem) else None
    if act is Act.CONDITIONS and reason is None:
        reason = Reason.MUST_MEET_CONDITION
    if act is Act.LATER and reason is None:
        reason = Reason.IN_PROCESS
    if act is Act.PROBLEM and problem is None:
        problem = ScanProblem.PAGES_MISSING if said.pages else ScanProblem.UNREADABLE
    if act is Act.NO and reason is None:
        reason = Reason.OTHER if said.note else None
    return Details(
        reason=reason,
        problem=problem,
        conditions=(said.condition,) if said.condition else (),
        due=said.due_date or (said.until if act in DUE_ACTS else None),
        until=said.until,
        parcel=said.parcel,
        cost=said.cost,
        pages=said.pages,
        note=said.note,
    )
