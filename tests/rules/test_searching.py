"""What a request is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.searching import (
    extended,
    grams,
    identifiers,
    named_by,
    nearest,
    number_in,
    own_number,
    party,
    search_key,
    terms,
    words_of,
)


def test_a_key_holds_the_parties_the_number_the_citation_and_the_comments_each_word_once() -> None:
    key = search_key(
        {"title": "Абай жолы", "author": "Әуезов М.", "publisher": "Жазушы", "our_number": "АБ-17"},
        number="ANL-2026-0042",
        parties=(1, 2),
        notes=["Абай, 2-том"],
    )

    assert key == "q1 q2 anl 2026 0042 abai joli aoazov m 2 tom"


def test_a_comment_adds_its_new_words() -> None:
    assert extended("q1 q2 abai", "Абай — шкаф 7") == "q1 q2 abai shkaf 7"


@given(st.text())
def test_no_text_is_taken_for_a_library(text: str) -> None:
    assert not any(word.startswith("q") for word in words_of(text))
    assert party(7) not in words_of(text)


@given(st.text(max_size=300))
def test_a_search_is_plain_words_whatever_was_typed(text: str) -> None:
    for word in words_of(text):
        assert word.isascii()
        assert word.isalnum()
        assert len(word) <= 64


@pytest.mark.parametrize("typed", ["ANL-2026-0042", "anl-2026-42", " ANL – 2026 – 0042 ", "Anl‑2026‑042"])
def test_a_request_number_is_read_however_it_is_typed(typed: str) -> None:
    assert number_in(typed) == "ANL-2026-0042"


@pytest.mark.parametrize(
    "typed", ["", "2026-0042", "ANL-2026", "ANL-2026-0042 please", "978-5-02-012345-6", "0042-8779"]
)
def test_what_is_more_or_less_than_a_number_is_none(typed: str) -> None:
    assert number_in(typed) is None


def test_an_isbn_is_one_in_either_form_and_a_doi_in_any_case() -> None:
    short = identifiers({"isbn": "5-02-013850-9", "doi": "10.1000/ABC", "issn": "00428779"})
    long = identifiers({"isbn": "9785020138506", "doi": "10.1000/abc", "issn": "0042-8779"})

    assert short == long == ("isbn:9785020138506", "issn:0042-8779", "doi:10.1000/abc")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("ISBN 978-5-02-013850-6", "isbn:9785020138506"),
        ("5-02-013850-9", "isbn:9785020138506"),
        ("issn: 0042-8779", "issn:0042-8779"),
        ("https://doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ("АБ-17", own_number(1, "ab 17")),
    ],
)
def test_an_identifier_typed_alone_is_read(typed: str, named: str) -> None:
    assert named in named_by(typed, library=1)


def test_an_identifier_beside_words_is_words() -> None:
    assert named_by("Наука 5-02-013850-9", library=1) == (own_number(1, "Наука 5-02-013850-9"),)
    assert named_by("?!", library=1) == ()


def test_a_register_number_is_another_for_another_library() -> None:
    assert own_number(1, "АБ-17") != own_number(2, "АБ-17")
    assert own_number(1, "АБ-17") == own_number(1, "ab 17")


def test_a_term_is_a_word_that_can_be_mistyped() -> None:
    assert terms("q1 q2 anl 2026 a ab abai 7tom") == ("anl", "abai")


def test_words_that_look_alike_share_runs_of_letters() -> None:
    assert grams("abai") == ("_ab", "aba", "bai", "ai_")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("aoazof", "aoazov"),
        ("kanjvai", "kanjavi"),
        ("kitab", "kitabhana"),
        ("abi", "abai"),
        ("torkistan", "torkstan"),
    ],
)
def test_a_slip_is_near_what_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, ["bambashka", meant, "zzz"]) == (meant,)


def test_the_nearest_comes_first_and_a_few_are_enough() -> None:
    near = nearest("tarihi", ["tarihov", "tarihin", "tarihi", "tarika", "tarihim", "tarihik", "tarihia"])

    assert near[0] == "tarihi"
    assert len(near) == 5


def test_a_short_word_is_near_to_little() -> None:
    assert nearest("abc", ["xyz", "axx", "abcdefgh"]) == ()
