"""What was agreed before anybody answers: by the agreement itself, or by the request. Pure."""

from collections.abc import Collection
from dataclasses import replace

from models.rules.lifecycle import Details
from models.rules.vocabulary import Also, Condition, Reason, Service, StandingTerm

OTHER_SERVICE = {Service.LOAN: Also.COPY, Service.COPY: Also.LOAN}
"""What a request has to name as also acceptable, so that "only as the other" needs no second question."""


def beyond(details: Details, standing: Collection[StandingTerm]) -> Details:
    """The conditions of an answer without those that the agreement sets for every request."""
    further = tuple(one for one in details.conditions if one not in _conditions(standing))
    return replace(details, conditions=further)


def needs_consent(details: Details, standing: Collection[StandingTerm]) -> bool:
    """Whether an answer on conditions asks for anything that the agreement has not settled."""
    if details.reason is not Reason.MUST_MEET_CONDITION or not details.conditions:
        return True
    return bool(beyond(details, standing).conditions or details.note or details.cost)


def agreed_before(details: Details, also: Collection[Also], service: Service) -> bool:
    """Whether the request itself named the offered service as acceptable: then the supplier answers once."""
    return details.reason is Reason.SERVICE and OTHER_SERVICE.get(service) in also


def _conditions(standing: Collection[StandingTerm]) -> frozenset[Condition]:
    known = {one.value: one for one in Condition}
    return frozenset(known[one.value] for one in standing if one.value in known)
