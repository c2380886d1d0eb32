"""Delivery reports in every form, and what they say."""

from pathlib import Path

import pytest

from handlers.mail.bounces import Failure
from handlers.mail.parse import read

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.mark.parametrize(
    ("name", "failures"),
    [
        ("bounce-dsn-postfix", (Failure("gone@nlrk.example", "5.1.1"),)),
        ("bounce-dsn-delayed", (Failure("gone@nlrk.example", "4.4.1", delayed=True),)),
        ("bounce-exchange-ru", (Failure("gone@nlrk.example", "5.1.1"),)),
        ("bounce-exim", (Failure("gone@nlrk.example", "5.1.1"),)),
        ("bounce-qmail", (Failure("gone@nlrk.example"),)),
        ("bounce-yandex-ru", ()),
        ("bounce-no-message-id", (Failure("gone@nlrk.example", "5.1.1"),)),
    ],
)
def test_whom_a_report_names(name: str, failures: tuple[Failure, ...]) -> None:
    assert read((CORPUS / f"{name}.eml").read_bytes()).failures == failures


def test_the_mail_that_came_back_is_known_by_its_id() -> None:
    assert read((CORPUS / "bounce-dsn-postfix.eml").read_bytes()).returned_id == "<m1@desk.example>"


@pytest.mark.parametrize(
    ("failure", "permanent"),
    [
        (Failure("a", "5.1.1"), True),
        (Failure("a", "4.2.2"), False),
        (Failure("a"), False),
        (Failure("a", "5.0.0", delayed=True), False),
    ],
)
def test_permanence(failure: Failure, *, permanent: bool) -> None:
    assert failure.permanent is permanent
