"""What the agreement or the request settled beforehand needs nobody's consent."""

import pytest

from models.rules.agreeing import agreed_before, beyond, needs_consent
from models.rules.lifecycle import Details
from models.rules.vocabulary import Also, Condition, Reason, Service, StandingTerm

STANDING = (StandingTerm.LIBRARY_USE_ONLY, StandingTerm.OWN_POSTAGE)


def _offer(*conditions: Condition, **more: str) -> Details:
    return Details(reason=Reason.MUST_MEET_CONDITION, conditions=conditions, **more)


def test_condition_of_the_agreement_asks_for_nothing() -> None:
    assert not needs_consent(_offer(Condition.LIBRARY_USE_ONLY), STANDING)
    assert needs_consent(_offer(Condition.LIBRARY_USE_ONLY), ())


@pytest.mark.parametrize(
    "details",
    [
        _offer(Condition.LIBRARY_USE_ONLY, Condition.SUPERVISED),
        _offer(Condition.LIBRARY_USE_ONLY, note="gloves"),
        _offer(Condition.LIBRARY_USE_ONLY, cost="12 EUR"),
        _offer(),
        Details(reason=Reason.COST, conditions=(Condition.LIBRARY_USE_ONLY,)),
    ],
)
def test_anything_further_asks(details: Details) -> None:
    assert needs_consent(details, STANDING)


def test_only_what_goes_further_is_left() -> None:
    offered = _offer(Condition.LIBRARY_USE_ONLY, Condition.SUPERVISED)

    assert beyond(offered, STANDING).conditions == (Condition.SUPERVISED,)
    assert beyond(offered, ()) == offered


@pytest.mark.parametrize(
    ("service", "also", "agreed"),
    [
        (Service.LOAN, {Also.COPY}, True),
        (Service.COPY, {Also.LOAN}, True),
        (Service.LOAN, {Also.LOAN, Also.MICROFILM}, False),
        (Service.LOAN, set(), False),
    ],
)
def test_only_as_the_other_service_is_agreed_where_the_request_named_it(
    service: Service, also: set[Also], *, agreed: bool
) -> None:
    assert agreed_before(Details(reason=Reason.SERVICE), also, service) is agreed
    assert not agreed_before(Details(reason=Reason.EDITION), also, service)
