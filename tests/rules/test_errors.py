"""Refusals travel as facts and come back the same."""

import json
from datetime import UTC, datetime

import pytest

from models.rules import errors
from models.rules.errors import Refusal
from models.rules.vocabulary import Act, Stage
from tests.rules.refusals import SAMPLES


def test_every_kind_of_refusal_has_a_sample() -> None:
    assert set(SAMPLES) == set(Refusal.kinds.values())


@pytest.mark.parametrize("refusal", SAMPLES.values(), ids=lambda refusal: type(refusal).__name__)
def test_a_refusal_survives_a_row_of_the_outbox(refusal: Refusal) -> None:
    stored = json.loads(json.dumps(refusal.facts()))

    assert Refusal.from_facts(stored) == refusal


def test_facts_name_the_kind_and_hold_plain_values() -> None:
    refusal = errors.NotPossibleNow(act=Act.SHIP, stage=Stage.SHIPPED)

    assert refusal.facts() == {"refusal": "NotPossibleNow", "act": "ship", "stage": "shipped"}


def test_a_moment_is_kept_in_iso_8601() -> None:
    refusal = errors.Stale(number="1", act=Act.YES, by="", at=datetime(2028, 8, 8, tzinfo=UTC).isoformat())

    assert refusal.facts()["at"] == "2028-08-08T00:00:00+00:00"


def test_an_unknown_kind_is_not_read() -> None:
    with pytest.raises(KeyError):
        Refusal.from_facts({"refusal": "Whim"})


def test_refusals_are_equal_by_their_facts() -> None:
    assert errors.Missing(act=Act.NO, detail="reason") != errors.Missing(act=Act.NO, detail="note")
