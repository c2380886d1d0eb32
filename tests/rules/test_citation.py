"""What is read in a pasted line, measured over the hand-written table, and what holds for any text at all."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from models.rules.citation import Doubt, DoubtKind, as_json, understand
from models.rules.vocabulary import Kind, Language, Service
from tests.rules.citation_table import CASES, MEASURED

_ENOUGH = {"service": 0.98, "kind": 0.95, **dict.fromkeys(MEASURED, 0.95)}
_PIECES = (
    *(
        "Ауэзов М. О.",
        "Путь Абая",
        " // ",
        ". — ",
        "№ 5",
        "С. 12–40",
        "(1998)",
        "ISBN ",
        "12(3):",
        "\n",
        "Bakı: ",
    ),
    *(
        "…",
        "“",
        "«",
        "0",
        " / ",
        "In: ",
        "дис. ",
        "12 мая",
        "https://",
        "10.1000/",
        "İ",
        "\x1f",
        "\x00",
        "\ud800",
    ),
)


def test_the_table_is_read_as_a_librarian_reads_it() -> None:
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for case in CASES:
        got = as_json(understand(case.text))
        for name, value in case.fields.items():
            if value is None and got[name] is None:
                continue
            asked[name] += 1
            right[name] += got[name] == value
            if got[name] != value:
                wrong.append(f"{name} {got[name]!r}, not {value!r}, in {case.text}")

    shares = {name: right[name] / asked[name] for name in asked}
    table = "\n".join(
        f"{name:12} {right[name]:4} of {asked[name]:4}  {share:6.1%}" for name, share in shares.items()
    )
    too_low = [name for name, enough in _ENOUGH.items() if shares[name] < enough]
    assert (too_low, len(CASES) >= 120) == ([], True), "\n".join(("", table, *wrong))


def test_the_table_has_every_language() -> None:
    by_language = Counter(case.language for case in CASES)
    assert min(by_language[language] for language in Language) >= 25


def test_the_pasted_text_is_kept_as_it_was() -> None:
    raw = "  1. Путь\u00a0Абая\n\n"
    assert (understand(raw).raw, understand(raw).title) == (raw, "Путь Абая")


def test_an_isbn_with_a_wrong_check_digit_is_a_doubt_and_not_a_field() -> None:
    citation = understand("Путь Абая. ISBN 978-5-17-080115-3")
    assert (citation.isbn, citation.title) == (None, "Путь Абая")
    assert citation.doubts == (Doubt("isbn", DoubtKind.CHECK_DIGIT, "978-5-17-080115-3"),)


def test_an_issn_with_a_wrong_check_digit_is_a_doubt() -> None:
    assert understand("ISSN 0042-8778").doubts == (Doubt("issn", DoubtKind.CHECK_DIGIT, "0042-8778"),)


def test_a_title_keeps_markup_and_pictures() -> None:
    assert understand("<b>Абай</b> & 📚 жолы").title == "<b>Абай</b> & 📚 жолы"


def test_a_title_over_the_limit_is_doubted_and_never_shortened() -> None:
    citation = understand("ә" * 1001)
    assert (citation.title, citation.raw) == (None, "ә" * 1001)
    assert citation.doubts == (Doubt("title", DoubtKind.TOO_LONG, "ә" * 1001),)


def test_a_line_that_is_only_a_number_is_a_title() -> None:
    assert [understand(line).title for line in ("1984", "Kitab 2", "Том 2")] == ["1984", "Kitab 2", "Том 2"]


def test_a_filled_form_is_read_line_by_line() -> None:
    citation = understand(
        "Автор: Иванов И. И.\nНазвание: Статья\nЖурнал: Простор\nГод: 1998\nСтраницы: 12-40\nСрочно!"
    )
    assert (citation.part_author, citation.part_title, citation.title) == (
        "Иванов И. И.",
        "Статья",
        "Простор",
    )
    assert (citation.year, citation.pages, citation.rest) == (1998, "12–40", "Срочно!")
    assert (citation.service, citation.kind) == (Service.COPY, Kind.ARTICLE)


def test_a_filled_form_with_a_wrong_isbn_is_doubted() -> None:
    citation = understand("Müəllif: Anar\nAdı: Dədə Qorqud\nISBN: 978-5-17-080115-3")
    assert (citation.author, citation.title, citation.isbn) == ("Anar", "Dədə Qorqud", None)
    assert citation.doubts == (Doubt("isbn", DoubtKind.CHECK_DIGIT, "978-5-17-080115-3"),)


def test_nothing_pasted_is_nothing_understood() -> None:
    fields = as_json(understand(" \n"))
    assert {name for name, value in fields.items() if value is not None} == {"raw", "service", "kind"}


def test_the_object_has_the_fields_of_the_contract_in_their_order() -> None:
    assert tuple(as_json(understand("Абай"))) == (
        *(
            "raw",
            "service",
            "kind",
            "author",
            "title",
            "part_author",
            "part_title",
            "publisher",
            "place",
            "year",
        ),
        *(
            "edition",
            "volume",
            "issue",
            "pages",
            "issue_date",
            "extent",
            "isbn",
            "issn",
            "doi",
            "url",
            "rest",
        ),
    )


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=12), max_size=25).map("".join))
def test_any_text_is_understood_somehow(text: str) -> None:
    citation = understand(text)
    values = [value for name, value in as_json(citation).items() if name != "raw"]
    assert citation.raw == text
    assert all(value is None or str(value).strip() for value in values)


@given(st.sampled_from(_PIECES), st.integers(1, 100_000))
def test_a_hundred_thousand_characters_are_taken(piece: str, length: int) -> None:
    text = (piece * length)[:100_000]
    assert understand(text).raw == text
