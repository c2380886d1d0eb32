"""The catalogues: whole, current, in their own alphabet, and in the words of the glossary."""

import gettext
import re
from collections.abc import Callable
from functools import partial
from string import Formatter

import polib
import pytest
from babel import Locale

from handlers.text.words import read
from models.rules.vocabulary import Language
from tests.text.alphabets import NEIGHBOURS, borrowed, is_another_language, is_misspelt, plain_words
from tests.text.catalogues import extracted, path_of, updated, written

LANGUAGES = pytest.mark.parametrize("language", Language)
TRANSLATED = pytest.mark.parametrize("language", [Language.AZ, Language.KK, Language.RU])
GLOSSARY = {(row["term_id"], row["en"]): row for row in read("glossary.tsv")}


def entries(language: Language) -> list[polib.POEntry]:
    """The catalogue's entries; a duplicate raises."""
    return list(polib.pofile(str(path_of(language)), check_for_duplicates=True))


def forms(entry: polib.POEntry) -> list[str]:
    """What the entry may say: the translation, or each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def sources(entry: polib.POEntry) -> list[str]:
    return [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]


def term(entry: polib.POEntry) -> dict[str, str] | None:
    """The glossary's row for a label that is a term."""
    return GLOSSARY.get((entry.msgctxt or "", entry.msgid))


def at_fault(language: Language, is_wrong: Callable[[str], object]) -> list[str]:
    """Every form of which `is_wrong` says something, named by its entry."""
    return [name(entry, form) for entry in entries(language) for form in forms(entry) if is_wrong(form)]


def name(entry: polib.POEntry, form: str) -> str:
    return f"{entry.msgctxt or ''}|{entry.msgid} → {form}"


@LANGUAGES
def test_the_header_names_language_charset_and_plural_forms(language: Language) -> None:
    header = polib.pofile(str(path_of(language))).metadata

    assert header["Language"] == language.value
    assert header["Content-Type"] == "text/plain; charset=utf-8"
    assert header["Plural-Forms"].startswith(f"nplurals={3 if language is Language.RU else 2};")


@LANGUAGES
def test_a_catalogue_is_current_with_the_sources(language: Language) -> None:
    assert path_of(language).read_bytes() == written(updated(language, extracted()))


@LANGUAGES
def test_nothing_is_fuzzy_obsolete_or_twice(language: Language) -> None:
    unfit = [entry.msgid for entry in entries(language) if entry.fuzzy or entry.obsolete]

    assert unfit == []


@LANGUAGES
def test_every_entry_is_translated_in_every_plural_form(language: Language) -> None:
    plurals = 3 if language is Language.RU else 2
    empty = [
        name(entry, form)
        for entry in entries(language)
        for form in forms(entry)
        if not form.strip() or len(forms(entry)) != (plurals if entry.msgid_plural else 1)
    ]

    assert empty == []


def placeholders(text: str) -> set[str]:
    """The names in braces; `""` or a number is a positional one."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


@LANGUAGES
def test_every_form_has_the_placeholders_of_its_source(language: Language) -> None:
    wrong = [
        name(entry, form)
        for entry in entries(language)
        for form in forms(entry)
        if placeholders(form) != set().union(*map(placeholders, sources(entry)))
    ]

    assert wrong == []


@LANGUAGES
def test_no_placeholder_is_positional(language: Language) -> None:
    assert at_fault(language, lambda form: not all(map(str.isidentifier, placeholders(form)))) == []


@LANGUAGES
def test_no_entry_holds_markup(language: Language) -> None:
    assert at_fault(language, lambda form: set("<>&") & set(form)) == []


@LANGUAGES
def test_texts_are_composed_and_in_the_letters_of_their_alphabet(language: Language) -> None:
    assert at_fault(language, partial(is_misspelt, language)) == []


@TRANSLATED
def test_a_sentence_shows_letters_that_only_its_language_has(language: Language) -> None:
    assert at_fault(language, partial(is_another_language, language)) == []


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_no_word_of_a_neighbour_is_used(language: Language) -> None:
    assert at_fault(language, partial(borrowed, language)) == []


SAME = {
    Language.AZ: {
        "Bot",
        "DOI",
        "EMS",
        "ISBN",
        "ISSN",
        "administrator",
        "media",
        "seminar",
        "{n} MB",
        "{n} kB",
    },
    Language.KK: {"DOI", "EMS", "ISBN", "ISSN"},
    Language.RU: {"DOI", "EMS", "ISBN", "ISSN"},
}
"""What is written alike in English."""


@TRANSLATED
def test_only_names_are_the_same_as_the_source(language: Language) -> None:
    same = {form for entry in entries(language) for form in forms(entry) if form in sources(entry)}

    assert same <= SAME[language]


MARKS = ".?!:…"


def shape(text: str) -> tuple[object, ...]:
    """The punctuation that a translation keeps: blanks around, lines, bullets, the mark at the end."""
    lines = text.split("\n")
    ends = [line[-1:] if line[-1:] in MARKS else "" for line in lines]
    return (text[:1].isspace(), text[-1:].isspace(), [line[:2] == "• " for line in lines], ends)


@TRANSLATED
def test_punctuation_and_blanks_are_those_of_the_source(language: Language) -> None:
    wrong = [
        name(entry, form)
        for entry in entries(language)
        for form in forms(entry)
        if term(entry) is None and shape(form) != shape(entry.msgid)
    ]

    assert wrong == []


@LANGUAGES
def test_blanks_are_single_and_stand_after_punctuation(language: Language) -> None:
    assert at_fault(language, lambda form: re.search(r"  | [,.;:?!]|[,;?!][^\W\d]|\t|\xa0", form)) == []


LENGTHS = (
    ("button", 24),
    ("reason_", 40),
    ("answer", 40),
    ("condition", 40),
    ("problem", 40),
    ("settlement", 40),
    ("news", 64),
    ("status_", 40),
)
"""The longest label by the beginning of its context; `news` is the answer to a tap."""

LONG_TERMS = {"Запросить досрочный возврат"}
"""The glossary's wording, alone in its row: 27 characters."""


def longest(context: str) -> int:
    return next((limit for start, limit in LENGTHS if context.startswith(start)), 80)


@LANGUAGES
def test_labels_are_no_longer_than_their_place(language: Language) -> None:
    wrong = [
        name(entry, form)
        for entry in entries(language)
        for form in forms(entry)
        if entry.msgctxt and len(form) > longest(entry.msgctxt) and form not in LONG_TERMS
    ]

    assert wrong == []


def test_no_russian_text_asks_for_a_gender() -> None:
    assert at_fault(Language.RU, lambda form: re.search(r"\w\((а|я|ла|ась|ая|ой|ей)\)", form)) == []


TITLES = {"xanım", "bəy", "ханым", "мырза", "господин", "госпожа", "г-н", "г-жа"}


@TRANSLATED
def test_nobody_has_a_title(language: Language) -> None:
    assert at_fault(language, lambda form: set(plain_words(form.casefold())) & TITLES) == []


@LANGUAGES
def test_labels_that_are_terms_say_what_the_glossary_says(language: Language) -> None:
    wrong = [
        name(entry, entry.msgstr)
        for entry in entries(language)
        if (row := term(entry)) is not None and entry.msgstr != row[language.value]
    ]

    assert wrong == []


def test_a_label_with_the_context_of_a_term_is_that_term() -> None:
    ids = {term_id for term_id, _ in GLOSSARY}
    others = {(entry.msgctxt, entry.msgid) for entry in entries(Language.EN) if entry.msgctxt in ids}

    assert others - set(GLOSSARY) == set()


def test_english_says_what_the_sources_say() -> None:
    wrong = [entry.msgid for entry in entries(Language.EN) if set(forms(entry)) - set(sources(entry))]

    assert wrong == []


CATEGORIES = {Language.RU: ("one", "few", "many")}


@LANGUAGES
def test_the_plural_form_is_that_of_cldr(language: Language) -> None:
    rule = polib.pofile(str(path_of(language))).metadata["Plural-Forms"].partition("plural=")[2].rstrip(";")
    index = gettext.c2py(rule)
    category = Locale.parse(language.value).plural_form
    order = CATEGORIES.get(language, ("one", "other"))

    assert [order[index(n)] for n in range(201)] == [category(n) for n in range(201)]


@LANGUAGES
@pytest.mark.parametrize("table", ["glossary.tsv", "words.tsv", "phrases.tsv"])
def test_the_tables_are_in_the_letters_of_their_alphabets(table: str, language: Language) -> None:
    assert [row[language] for row in read(table) if is_misspelt(language, row[language])] == []


@pytest.mark.parametrize("table", ["glossary.tsv", "words.tsv"])
@pytest.mark.parametrize("language", NEIGHBOURS)
def test_the_tables_have_no_word_of_a_neighbour(table: str, language: Language) -> None:
    assert [row[language] for row in read(table) if borrowed(language, row[language])] == []
