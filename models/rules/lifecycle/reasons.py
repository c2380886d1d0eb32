"""Which reasons belong to which answer: codes of ISO 18626, in three kinds that share none."""

from models.rules.vocabulary import Act, Reason, Service

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

ACQUISITION_REASONS = frozenset(
    {Reason.OUT_OF_PRINT, Reason.NOT_FOR_SALE, Reason.EXPORT_FORBIDDEN, Reason.NO_FUNDS}
)
"""Reasons of a library that can't buy or obtain a document."""

HOLDINGS_REASONS = frozenset(
    {
        *(Reason.NOT_HELD, Reason.NOT_ON_SHELF, Reason.LOST, Reason.NON_CIRCULATING),
        *(Reason.POOR_CONDITION, Reason.NOT_FOR_ILL, Reason.ON_LOAN, Reason.AT_BINDERY, Reason.SERVICE),
    }
)
"""Reasons of a library that looks for the document among its own holdings."""


def fits(reason: Reason, service: Service) -> bool:
    """Whether a reason can be given to a request for this service."""
    others = HOLDINGS_REASONS if service is Service.ACQUISITION else ACQUISITION_REASONS
    return reason not in others


REASONS: dict[Act, frozenset[Reason]] = {
    Act.NO: NO_REASONS,
    Act.LATER: RETRY_REASONS,
    Act.CONDITIONS: CONDITION_REASONS,
}
