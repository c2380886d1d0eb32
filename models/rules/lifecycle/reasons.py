"""Which reasons belong to which answer: codes of ISO 18626, in three kinds that share none."""

from models.rules.vocabulary import Act, Reason

CONDITION_REASONS = frozenset(
    {
        Reason.COST,
        Reason.TOO_LATE,
        Reason.SERVICE,
        Reason.EDITION,
        Reason.FORMAT,
        Reason.VOLUME,
        Reason.MUST_MEET_CONDITION,
    }
)
"""Reasons that end in accept or decline."""

RETRY_REASONS = frozenset(
    {Reason.ON_LOAN, Reason.AT_BINDERY, Reason.ON_ORDER, Reason.IN_PROCESS, Reason.NOT_FOUND_AS_CITED}
)
"""Reasons with a date or a field, after which the requesting library may ask again."""

NO_REASONS = frozenset(Reason) - CONDITION_REASONS - RETRY_REASONS
"""Reasons of an answer that ends the search."""

REASONS: dict[Act, frozenset[Reason]] = {
    Act.NO: NO_REASONS,
    Act.LATER: RETRY_REASONS,
    Act.CONDITIONS: CONDITION_REASONS,
}
