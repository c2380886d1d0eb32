"""Whether the same document was asked for."""

from typing import Any

import pytest

from models.rules.duplicates import keys, same

BOOK: dict[str, Any] = {"title": "Путь Абая", "author": "Ауэзов М. О."}
ARTICLE: dict[str, Any] = {
    "title": "Вопросы истории",
    "part_title": "Название статьи",
    "part_author": "Иванов И. И.",
    "issn": "0042-8779",
    "year": "1998",
    "issue": "5",
    "pages": "12-40",
}


def is_seen(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Found by a key that both have, and the same when looked at."""
    return bool(set(keys(one)) & set(keys(other))) and same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BOOK, BOOK),
        (BOOK, {"title": "ПУТЬ АБАЯ", "author": "Auezov, Mukhtar"}),
        (BOOK, {"title": "Put Abaya"}),
        (BOOK, BOOK | {"pages": "12-40"}),
        (BOOK, BOOK | {"volume": "2"}),
        ({"title": "A", "isbn": "5-02-013850-9"}, {"title": "Б", "isbn": "978-5-02-013850-6"}),
        ({"title": "A", "doi": "10.1000/ABC"}, {"title": "Б", "doi": "10.1000/abc"}),
        (ARTICLE, ARTICLE | {"title": "Voprosy istorii", "issn": None}),
    ],
)
def test_the_same_document_is_seen_however_it_is_written(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert is_seen(one, other)
    assert is_seen(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BOOK, {"title": "Путь Абая", "author": "Петров П. П."}),
        (BOOK, {"title": "Абай", "author": "Ауэзов М. О."}),
        (BOOK | {"volume": "1"}, BOOK | {"volume": "2"}),
        (BOOK | {"pages": "1-9"}, BOOK | {"pages": "12-40"}),
        (
            {"title": "A", "isbn": "5-02-013850-9", "pages": "1-9"},
            {"title": "A", "isbn": "5-02-013850-9", "pages": "9-12"},
        ),
        (ARTICLE, ARTICLE | {"part_title": "Другая статья", "pages": "41-50"}),
        ({"title": "Tarix", "issue": "5", "pages": "1-9"}, {"title": "Tarix", "issue": "6", "pages": "1-9"}),
    ],
)
def test_another_document_or_another_piece_of_it_is_not(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not is_seen(one, other)
    assert not is_seen(other, one)


def test_a_journal_is_no_key_of_its_articles() -> None:
    assert keys(ARTICLE) == ("title:nazvania stati",)


def test_pages_without_a_title_of_their_own_are_named_by_the_issue() -> None:
    [key] = keys({"title": "Bakı", "issue_date": "1977-05-12", "pages": "3"})

    assert key == "title:baki 1977-05-12 3"


def test_nothing_is_the_same_as_nothing() -> None:
    assert keys({}) == keys({"title": "…"}) == ()
