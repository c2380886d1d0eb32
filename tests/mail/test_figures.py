"""Dates, numbers and sums as people of four languages write them."""

from datetime import date

import pytest

from handlers.mail import figures

SENT = date(2026, 11, 2)


@pytest.mark.parametrize(
    "text",
    [
        "14.01", "14/01", "14.01.2027", "14.1.2027", "14.01.27", "14/01/2027", "14-01-2027", "2027-01-14",
        "14 января 2027", "14 января 2027 г.", "14-го января", "14 янв. 2027", "до 14 января",
        "14 yanvar 2027-ci il", "14 yanvar", "yanvarın 14-ü", "2027-ci il 14 yanvar", "14 yanvaradək",
        "14 қаңтар 2027", "2027 жылғы 14 қаңтар", "2027 ж. 14 қаңтар", "14 қаңтарға дейін", "14 қаң.",
        "14 January", "14 Jan 2027", "January 14, 2027", "Jan 14", "14th January 2027", "14-Jan-2027",
        "the 14th of January",
    ],
)  # fmt: skip
def test_one_day_in_many_words(text: str) -> None:
    assert [found.day for found in figures.dates(text, sent=SENT)] == [date(2027, 1, 14)]


@pytest.mark.parametrize(
    "text",
    ["31.02.2027", "14.13.2027", "99 января", "10 marketing", "5 книг", "1.14", "14.30", "192.168.1.1"],
)
def test_what_is_no_date(text: str) -> None:
    assert figures.dates(text, sent=SENT) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [("02.11", date(2027, 11, 2)), ("03.11", date(2026, 11, 3)), ("29.02", date(2028, 2, 29))],
)
def test_without_a_year_the_next_such_day_after_the_mail(text: str, day: date) -> None:
    assert [found.day for found in figures.dates(text, sent=SENT)] == [day]


def test_without_a_year_and_without_a_date_of_the_mail_there_is_no_day() -> None:
    assert figures.dates("14.01", sent=None) == []


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("12 EUR", "12 EUR"), ("€12", "12 EUR"), ("12,50 евро", "12.50 EUR"), ("5 USD", "5 USD"),
        ("$5", "5 USD"),
        ("20 manat", "20 AZN"), ("3000 теңге", "3000 KZT"), ("3 000 тенге", "3000 KZT"),
        ("3000 ₸", "3000 KZT"),
        ("500 руб.", "500 RUB"), ("12 страниц", None), ("2027", None), ("12 europeans", None),
    ],
)  # fmt: skip
def test_sums(text: str, sum_: str | None) -> None:
    found = figures.cost(text)

    assert (found and found.value) == sum_


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("RR123456785KZ", "RR123456785KZ"),
        ("rr 123 456 785 kz", "RR123456785KZ"),
        ("RR123456789KZ", "RR123456789KZ"),
        ("РР123456785КZ", "RR123456785KZ"),
        ("RR12345678KZ", None),
        ("XRR123456785KZ", None),
    ],
)
def test_postal_numbers(text: str, number: str | None) -> None:
    found = figures.postal_number(text)

    assert (found and found.value) == number


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("pages 12-15", "12-15"), ("p. 5", "5"), ("стр. 5–8", "5-8"), ("с. 7", "7"), ("səh. 3, 5", "3, 5"),
        ("12-15 беттер", "12-15"), ("12-15 бет", "12-15"), ("12-15 pages", "12-15"), ("12", None),
    ],
)  # fmt: skip
def test_pages(text: str, range_: str | None) -> None:
    found = figures.pages(text)

    assert (found and found.value) == range_
