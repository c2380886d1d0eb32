"""Which papers there are, when; and what may not leave without a permission."""

from itertools import product

import pytest

from models.rules.papers import Paper, permission_awaited, possible
from models.rules.vocabulary import Service, Side, Stage


@pytest.mark.parametrize(
    ("service", "stage", "side", "papers"),
    [
        (
            Service.LOAN,
            Stage.RECEIVED,
            Side.SUPPLYING,
            (Paper.PULL_SLIP, Paper.DISPATCH_SLIP, Paper.LABEL, Paper.CUSTOMS, Paper.REQUEST_FORM),
        ),
        (Service.LOAN, Stage.RECEIVED, Side.REQUESTING, (Paper.REQUEST_FORM,)),
        (
            Service.LOAN,
            Stage.ON_LOAN,
            Side.REQUESTING,
            (Paper.RETURN_SLIP, Paper.LABEL, Paper.CUSTOMS, Paper.REQUEST_FORM),
        ),
        (Service.LOAN, Stage.DONE, Side.SUPPLYING, (Paper.REQUEST_FORM,)),
        (
            Service.COPY,
            Stage.WILL_SUPPLY,
            Side.SUPPLYING,
            (Paper.PULL_SLIP, Paper.COVER_SHEET, Paper.REQUEST_FORM),
        ),
        (Service.COPY, Stage.DONE, Side.REQUESTING, (Paper.COVER_SHEET, Paper.REQUEST_FORM)),
        (Service.COPY, Stage.DRAFT, Side.REQUESTING, ()),
    ],
)
def test_a_side_has_the_papers_of_the_moment_first(
    service: Service, stage: Stage, side: Side, papers: tuple[Paper, ...]
) -> None:
    assert possible(service, stage, side) == papers


def test_every_paper_can_be_printed_at_some_time() -> None:
    moments = product(Service, Stage, Side)
    found = {paper for service, stage, side in moments for paper in possible(service, stage, side)}

    assert found == set(Paper)


AWAITED = [
    (Service.LOAN, Stage.WILL_SUPPLY, 1975, 50),
    (Service.LOAN, Stage.WILL_SUPPLY, "1975", 50),
]
NOT_AWAITED = [
    (Service.LOAN, Stage.WILL_SUPPLY, 1976, 50),
    (Service.LOAN, Stage.SHIPPED, 1900, 50),
    (Service.COPY, Stage.WILL_SUPPLY, 1900, 50),
    (Service.LOAN, Stage.WILL_SUPPLY, 1900, None),
    (Service.LOAN, Stage.WILL_SUPPLY, None, 50),
    (Service.LOAN, Stage.WILL_SUPPLY, "[18—?]", 50),
]


@pytest.mark.parametrize(("service", "stage", "year", "older_than"), AWAITED)
def test_an_old_original_awaits_a_permission_before_it_is_sent(
    service: Service, stage: Stage, year: object, older_than: int
) -> None:
    assert permission_awaited(service, stage, year=year, older_than=older_than, now=2026)


@pytest.mark.parametrize(("service", "stage", "year", "older_than"), NOT_AWAITED)
def test_anything_else_may_be_sent_as_it_is(
    service: Service, stage: Stage, year: object, older_than: int | None
) -> None:
    assert not permission_awaited(service, stage, year=year, older_than=older_than, now=2026)
