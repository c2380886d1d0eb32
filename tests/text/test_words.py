"""The words of a mail: one meaning each, in every language."""

from enum import StrEnum

import pytest

from handlers.text import labels, phrases, words
from handlers.text.phrases import Kind
from handlers.text.voice import Voice
from models.rules.vocabulary import Condition, Language, Reason, ScanProblem, Settlement


def test_no_two_words_collide_across_languages() -> None:
    meanings: dict[tuple[str, ...], set[str]] = {}
    for phrase, name in words.spellings():
        meanings.setdefault(phrase, set()).add(name)

    assert {phrase: names for phrase, names in meanings.items() if len(names) > 1} == {}


def test_every_word_is_said_in_every_language() -> None:
    silent = [
        (word.name, language)
        for word in words.table().values()
        for language in Language
        if not word.phrases[language]
    ]

    assert silent == []


def test_display_is_the_first_phrase() -> None:
    assert [words.display("sent", language) for language in Language] == [
        "göndərildi",
        "жіберілді",
        "отправлено",
        "sent",
    ]


def test_display_of_an_unknown_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        words.display("dance", Language.EN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BƏLİ", "beli"),
        ("İTİB", "itib"),
        ("ALINDI", "alındı"),
        ("Жіберілді", "жиберилди"),
        ("ҚАЙТАРЫЛДЫ", "кайтарылды"),
        ("ОТЧЁТ", "отчет"),
        ("мой", "мои"),
        ("ＹＥＳ", "yes"),
        ("müzakirə", "muzakire"),
    ],
)
def test_fold_makes_equal_what_people_mean_equally(typed: str, meant: str) -> None:
    assert words.fold(typed) == words.fold(meant)


@pytest.mark.parametrize(
    ("kind", "values", "unsaid"),
    [
        (Kind.REASON, Reason, {Reason.MUST_MEET_CONDITION}),
        (Kind.CONDITION, Condition, {Condition.WATCHED, Condition.OTHER}),
        (Kind.PROBLEM, ScanProblem, set()),
        (Kind.SETTLEMENT, Settlement, set()),
    ],
)
def test_every_value_has_phrases_and_no_phrase_an_unknown_value(
    kind: Kind, values: type[StrEnum], unsaid: set[str]
) -> None:
    assert set(phrases.phrases(kind).values()) == {str(value) for value in values} - unsaid


def test_every_phrase_is_short_enough_to_be_found() -> None:
    lengths = {len(phrase) for kind in Kind for phrase in phrases.phrases(kind)}

    assert max(lengths) <= phrases.LONGEST


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("settlement", Settlement)
def test_a_settlement_is_understood_by_its_label(settlement: Settlement, language: Language) -> None:
    label = Voice(language).label(labels.SETTLEMENTS[settlement])

    found = phrases.begins(words.fold(label).split(), Kind.SETTLEMENT)

    assert found is not None
    assert found[0] == settlement


def test_reasons_of_the_glossary_are_understood() -> None:
    labels = {
        "reason_not_held": Reason.NOT_HELD,
        "reason_not_on_shelf": Reason.NOT_ON_SHELF,
        "reason_lost": Reason.LOST,
        "reason_non_circulating": Reason.NON_CIRCULATING,
        "reason_not_for_ill": Reason.NOT_FOR_ILL,
        "reason_poor_condition": Reason.POOR_CONDITION,
        "reason_policy": Reason.POLICY_PROBLEM,
        "reason_copyright": Reason.COPYRIGHT,
        "reason_on_loan": Reason.ON_LOAN,
        "reason_at_bindery": Reason.AT_BINDERY,
        "reason_on_order": Reason.ON_ORDER,
        "reason_in_process": Reason.IN_PROCESS,
        "reason_not_found_as_cited": Reason.NOT_FOUND_AS_CITED,
        "reason_cost": Reason.COST,
        "reason_too_late": Reason.TOO_LATE,
        "reason_copy_only": Reason.SERVICE,
        "reason_loan_only": Reason.SERVICE,
        "reason_other_edition": Reason.EDITION,
        "reason_which_volume": Reason.VOLUME,
        "reason_free_online": Reason.FREE_ONLINE,
        "reason_library_closed": Reason.LIBRARY_CLOSED,
        "reason_other": Reason.OTHER,
    }
    rows = {row["term_id"]: row for row in words.read("glossary.tsv")}

    misread = [
        (key, language)
        for key, reason in labels.items()
        for language in Language
        if (found := phrases.begins(_folded(rows[key][language]), Kind.REASON)) is None or found[0] != reason
    ]

    assert misread == []


def _folded(label: str) -> list[str]:
    return words.fold(label).replace(",", "").replace("?", "").split()
