"""Sums that a person states of a parcel."""

from datetime import date

import pytest

from handlers.mail.commands import command

SENT = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "act", "value", "insured"),
    [
        ("value 50 EUR", "value", "50 EUR", None),
        ("Dəyəri 50 avro", "value", "50 EUR", None),
        ("Құны: 12 000 теңге", "value", "12000 KZT", None),
        ("Объявленная ценность 50 EUR, страховая сумма 70 EUR", "value", "50 EUR", "70 EUR"),
        ("Insured 70 EUR", "insured", None, "70 EUR"),
        ("Sent RR123456785KZ value 50 EUR", "sent", "50 EUR", None),
        ("Отправлено RR123456785KZ\nценность: 50 EUR\nстраховка 70 EUR", "sent", "50 EUR", "70 EUR"),
        ("Sent", "sent", None, None),
        ("Value of such cooperation between us is far above 50 EUR", None, None, None),
        ("Value your answer", None, None, None),
    ],
)
def test_values_are_read_where_they_are_named(
    text: str, act: str | None, value: str | None, insured: str | None
) -> None:
    read = command(text, sent=SENT)

    assert read.act == act
    if act:
        assert (read.details.value, read.details.insured) == (value, insured)


def test_a_price_beside_other_acts_is_a_cost() -> None:
    read = command("Conditions 12 EUR", sent=SENT)

    assert (read.details.cost, read.details.value) == ("12 EUR", None)
