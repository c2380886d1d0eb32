"""Short forms: their order, what may be skipped, how answers are read."""

from datetime import date

import pytest

from models.rules import asking
from models.rules.asking import FORMS
from models.rules.citation import ProblemKind
from models.rules.errors import BadAnswer
from models.rules.vocabulary import FormName

TODAY = date(2026, 3, 2)
LONGEST_CALLBACK_WORD, LONGEST_CALLBACK_EXTRA = 24, 48


def test_every_form_asks_something() -> None:
    assert set(FORMS) == set(FormName)


@pytest.mark.parametrize("form", FormName)
def test_a_choice_fits_on_a_button(form: FormName) -> None:
    for ask in FORMS[form]:
        assert len(f"{form}.pick") <= LONGEST_CALLBACK_WORD
        assert all(len(f"{ask.name}.{one}") <= LONGEST_CALLBACK_EXTRA for one in ask.choices)


def test_questions_come_in_order_and_answered_ones_are_passed() -> None:
    values = {"title": "A seminar"}

    assert asking.next_ask(FormName.ITEM, {}, after=None) == "kind"
    assert asking.next_ask(FormName.ITEM, values, after="kind") == "description"
    assert asking.previous_ask(FormName.ITEM, "title") == "kind"
    assert asking.previous_ask(FormName.ITEM, "kind") is None
    assert asking.lacking(FormName.ITEM, values) == "kind"


def test_a_second_language_is_asked_for_its_words_only_where_there_is_one() -> None:
    alone = {"topics": ["research"], "title": "-", "text": "-", "link": "", "language": "az", "second": ""}

    assert asking.next_ask(FormName.BULLETIN, alone, after="second") is None
    assert asking.next_ask(FormName.BULLETIN, {**alone, "second": "ru"}, after="second") == "second_title"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14.05.2027", "2027-05-14"),
        ("2027-05-14", "2027-05-14"),
        ("14 mayıs 2027", None),
        ("14 мая 2027 г.", "2027-05-14"),
        ("14 may 2027", "2027-05-14"),
        ("Q2 2027", "2027-Q2"),
        ("2027-Q3", "2027-Q3"),
        ("II квартал 2027", "2027-Q2"),
        ("2 кв. 2027", "2027-Q2"),
        ("IV rüb 2027", "2027-Q4"),
        ("2027 жылғы 3-тоқсан", "2027-Q3"),
        ("1-ci rüb 2027", "2027-Q1"),
        ("14.05.2020", None),
        ("soon", None),
    ],
)
def test_days_and_quarters_are_understood_as_people_write_them(typed: str, read: str | None) -> None:
    found = asking.read_time(typed, today=TODAY)

    assert (None if isinstance(found, ProblemKind) else found) == read


@pytest.mark.parametrize(
    ("typed", "read"), [("2027", "2027-2027"), ("2027–2029", "2027-2029"), ("2027 - 2028", "2027-2028")]
)
def test_the_years_of_a_plan(typed: str, read: str) -> None:
    assert asking.read_answer(FormName.PLAN, "years", typed, today=TODAY) == read


@pytest.mark.parametrize("typed", ["1999", "2025", "2027-2040", "2029-2027", "next year"])
def test_years_that_no_plan_can_have(typed: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        asking.read_answer(FormName.PLAN, "years", typed, today=TODAY)

    assert caught.value.kind == ProblemKind.NOT_A_YEAR


@pytest.mark.parametrize(
    ("form", "field", "typed", "kind"),
    [
        (FormName.ITEM, "kind", "party", ProblemKind.NOT_A_CHOICE),
        (FormName.ITEM, "title", "x" * 301, ProblemKind.TOO_LONG),
        (FormName.ITEM, "title", "  ", ProblemKind.EMPTY),
        (FormName.ITEM, "link", "not a link", ProblemKind.NOT_AN_ADDRESS),
        (FormName.ITEM, "when", "01.03.2026", ProblemKind.PAST_DATE),
        (FormName.ITEM, "colour", "red", ProblemKind.UNKNOWN_FIELD),
        (FormName.RESULT, "ours", "many", ProblemKind.NOT_A_QUANTITY),
        (FormName.BULLETIN, "topics", "sport", ProblemKind.NOT_A_CHOICE),
    ],
)
def test_what_cannot_be_is_told(form: FormName, field: str, typed: str, kind: ProblemKind) -> None:
    with pytest.raises(BadAnswer) as caught:
        asking.read_answer(form, field, typed, today=TODAY)

    assert (caught.value.field, caught.value.kind) == (field, kind)
