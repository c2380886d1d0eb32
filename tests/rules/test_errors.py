"""Refusals travel as facts and come back the same."""

import json
from datetime import UTC, datetime

import pytest

from models.rules import errors
from models.rules.errors import Refusal
from models.rules.vocabulary import Act, Side, Stage

SAMPLES: dict[type[Refusal], Refusal] = {
    type(sample): sample
    for sample in (
        errors.NotPossibleNow(act=Act.SHIP, stage=Stage.SHIPPED),
        errors.OtherSide(act=Act.ACCEPT, stage=Stage.CONDITIONAL, side=Side.REQUESTING),
        errors.Stale(number="NLRK-2028-0007", act=Act.YES, by="Aygün", at="2028-08-08T05:00:00+00:00"),
        errors.Missing(act=Act.NO, detail="reason"),
        errors.TooLate(act=Act.UNDO, limit=24),
        errors.NothingToUndo(),
        errors.UnknownRequest(),
        errors.NotAllowed(),
        errors.NoAgreement(),
        errors.CodeUnknown(),
        errors.CodeExpired(),
        errors.TooManyCodes(),
        errors.AlreadyMember(library=2),
        errors.BadField(field="title", kind="too_long", limit=1000),
        errors.FileTooLarge(name="скан.pdf", limit=20),
        errors.FileWrongKind(name="скан.exe"),
        errors.EmptyReply(),
        errors.DraftGone(),
        errors.Damaged(),
    )
}


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
