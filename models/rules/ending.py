"""What the end of an agreement does to requests under it: loans are due by then, afterwards only returns."""

from datetime import date

from models.rules.vocabulary import Act

RETURNS = frozenset(
    {
        Act.OPEN,
        Act.COMMENT,
        Act.RECEIVE,
        Act.RECEIVE_DAMAGED,
        Act.CLAIM,
        Act.RECALL,
        Act.SEND_BACK,
        Act.DETAIL_DISPATCH,
        Act.CHECK_IN,
        Act.CHECK_IN_DAMAGED,
        Act.CLAIM_RETURN,
        Act.LOSE,
        Act.FIND,
        Act.PROPOSE_SETTLEMENT,
        Act.AGREE_SETTLEMENT,
        Act.HAND_OVER,
        Act.UNDO,
    }
)
"""What goes on after the end: what is under way or with a reader comes home, or is settled."""


def due_by(due: date | None, last_day: date | None, today: date) -> date | None:
    """A due date within the agreement; one that lies after its last day is cut to that."""
    if due is None or last_day is None or not today <= last_day < due:
        return due
    return last_day
