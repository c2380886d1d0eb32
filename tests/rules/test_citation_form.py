"""The guided form: what it asks for, what it takes, and the line that edits one field."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.citation import (
    FIELD_WORDS,
    FIELDS,
    FieldProblem,
    ProblemKind,
    edit_line,
    missing,
    parse_field,
)
from models.rules.vocabulary import Service

TODAY = date(2026, 3, 2)
GLOSSARY = Path(__file__).parents[2] / "locales" / "glossary.tsv"
GLOSSARY_TERMS = {
    "title": "title",
    "author": "author",
    "part_title": "article_title",
    "journal": "journal_title",
    "publisher": "publisher",
    "place": "place_of_publication",
    "year": "year_of_publication",
    "edition": "edition",
    "volume": "volume",
    "pages": "pages",
    "isbn": "isbn",
    "issn": "issn",
    "shelf_mark": "shelf_mark",
    "language": "document_language",
    "source": "source_of_citation",
    "needed_by": "needed_by",
    "our_number": "our_number",
    "note": "note",
}


def test_every_service_asks_for_its_fields() -> None:
    assert set(FIELDS) == set(Service)
    assert [field.name for field in FIELDS[Service.LOAN] if field.mandatory] == ["title"]
    assert "pages" not in {field.name for field in FIELDS[Service.LOAN]}


def test_a_loan_lacks_only_its_title() -> None:
    assert missing(Service.LOAN, {}) == ("title",)
    assert missing(Service.LOAN, {"title": "Abay"}) == ()


def test_a_copy_lacks_pages_until_pages_or_the_part_is_named() -> None:
    assert missing(Service.COPY, {}) == ("title", "pages")
    assert missing(Service.COPY, {"title"}) == ("pages",)
    assert missing(Service.COPY, {"title", "pages"}) == ()
    assert missing(Service.COPY, {"title", "part_title"}) == ()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title", "  Абай <b>жолы</b> 📚 ", "Абай <b>жолы</b> 📚"),
        ("year", "1998", 1998),
        ("year", "1998 ж.", 1998),
        ("pages", "12-40, 55", "12–40, 55"),
        ("pages", "səh. 12 - 40", "12–40"),
        ("pages", "345-52", "345–52"),
        ("pages", "ix-xv", "ix–xv"),
        ("pages", "15-32 б.", "15–32"),
        ("isbn", "978-5-17-080115-2", "9785170801152"),
        ("isbn", "0-8044-2957-Х", "080442957X"),
        ("issn", "0042 8779", "0042-8779"),
        ("doi", "https://doi.org/10.1000/xyz123", "10.1000/xyz123"),
        ("url", "https://anl.example/a", "https://anl.example/a"),
        ("quantity", "2", 2),
        ("needed_by", "12.05.2026", date(2026, 5, 12)),
        ("needed_by", "12 мамыр", date(2026, 5, 12)),
        ("needed_by", "1 mart", date(2027, 3, 1)),
        ("needed_by", "29 февраля", date(2028, 2, 29)),
        ("issue_date", "12 мая 1998 г.", date(1998, 5, 12)),
        ("issue_date", "1998-ci il, 12 may", date(1998, 5, 12)),
        ("issue_date", "May 12, 1998", date(1998, 5, 12)),
        ("issue_date", "1998 жылғы 12 мамыр", date(1998, 5, 12)),
    ],
)
def test_a_value_is_stored_in_one_form(name: str, text: str, value: str | int | date) -> None:
    assert parse_field(name, text, today=TODAY) == value


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("title", "   ", ProblemKind.EMPTY),
        ("colour", "red", ProblemKind.UNKNOWN_FIELD),
        ("year", "98", ProblemKind.NOT_A_YEAR),
        ("year", "2199", ProblemKind.NOT_A_YEAR),
        ("pages", "all", ProblemKind.NOT_PAGES),
        ("pages", "40-12", ProblemKind.NOT_PAGES),
        ("isbn", "978-5-17-080115-3", ProblemKind.NOT_AN_ISBN),
        ("issn", "0042-8778", ProblemKind.NOT_AN_ISSN),
        ("doi", "11.1000/x", ProblemKind.NOT_A_DOI),
        ("url", "library", ProblemKind.NOT_AN_ADDRESS),
        ("needed_by", "soon", ProblemKind.NOT_A_DATE),
        ("needed_by", "31.02.2027", ProblemKind.NOT_A_DATE),
        ("needed_by", "01.03.2026", ProblemKind.PAST_DATE),
    ],
)
def test_a_value_that_cannot_be_stored_says_why(name: str, text: str, kind: ProblemKind) -> None:
    assert parse_field(name, text, today=TODAY) == FieldProblem(name, kind)


def test_a_title_of_a_thousand_characters_is_taken_and_a_longer_one_is_not_cut() -> None:
    assert parse_field("title", "ә" * 1000) == "ә" * 1000
    assert parse_field("title", "ә" * 1001) == FieldProblem("title", ProblemKind.TOO_LONG, 1000)


def test_a_quantity_names_its_limit() -> None:
    assert parse_field("quantity", "0") == FieldProblem("quantity", ProblemKind.NOT_A_QUANTITY, 99)


def test_a_day_without_a_year_needs_today() -> None:
    assert parse_field("issue_date", "12 May") == FieldProblem("issue_date", ProblemKind.NOT_A_DATE)


@pytest.mark.parametrize(
    ("line", "edit"),
    [
        ("pages: 12-40", ("pages", "12-40")),
        ("страницы: 12-40", ("pages", "12-40")),
        ("səh.: 12-40", ("pages", "12-40")),
        ("Беттер : 12-40", ("pages", "12-40")),
        ("год: 1998", ("year", "1998")),
        ("İl: 1998", ("year", "1998")),
        ("Журнал: Жұлдыз", ("title", "Жұлдыз")),
        ("Название статьи: Абай: жизнь", ("part_title", "Абай: жизнь")),
        ("ISBN: 978-5-17-080115-2", ("isbn", "978-5-17-080115-2")),
        ("№: 5", ("issue", "5")),
    ],
)
def test_a_line_edits_one_field(line: str, edit: tuple[str, str]) -> None:
    assert edit_line(line) == edit


@pytest.mark.parametrize(
    "line", ["", "pages:", "Путь Абая: роман", "12:30", "pages 12-40", "title: a\nyear: 1998", ":" * 5000]
)
def test_another_line_edits_nothing(line: str) -> None:
    assert edit_line(line) is None


def test_field_words_are_those_of_the_glossary() -> None:
    with GLOSSARY.open(encoding="utf-8") as file:
        terms = {row["term_id"]: row for row in csv.DictReader(file, delimiter="\t")}
    ours = {
        name: {language: words[0] for language, words in FIELD_WORDS[name].items()} for name in GLOSSARY_TERMS
    }
    theirs = {
        name: {language: terms[term][language].casefold() for language in ("en", "ru", "az", "kk")}
        for name, term in GLOSSARY_TERMS.items()
    }
    assert ours == theirs


def test_every_field_word_has_four_languages_and_one_field() -> None:
    asked = {field.name for fields in FIELDS.values() for field in fields} | {"journal"}
    assert {name: tuple(words) for name, words in FIELD_WORDS.items()} == dict.fromkeys(
        FIELD_WORDS, ("en", "ru", "az", "kk")
    )
    assert set(FIELD_WORDS) <= asked
    assert {
        word: edit_line(f"{word}: 1")
        for words in FIELD_WORDS.values()
        for line in words.values()
        for word in line
    }


@given(st.sampled_from(sorted(FIELD_WORDS)), st.text(max_size=200))
def test_any_text_for_a_field_is_a_value_or_a_problem(name: str, text: str) -> None:
    assert parse_field(name, text, today=TODAY) != ""
