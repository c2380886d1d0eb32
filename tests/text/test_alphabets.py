"""The eyes of the catalogue check: what it sees, and what it lets pass."""

import pytest

from models.rules.vocabulary import Language
from tests.text.alphabets import borrowed, is_another_language, is_misspelt, letters

AZ, KK, RU, EN = Language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (RU, "Кoпия"),
        (KK, "Кiтап"),
        (AZ, "lüğәt"),
        (AZ, "window"),
        (RU, "кітап"),
        (EN, "müqavilə"),
        (RU, "Мои\u0306"),
    ],
)
def test_a_letter_of_another_alphabet_is_seen(language: Language, text: str) -> None:
    assert is_misspelt(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (RU, "Возможны PDF, JPEG и DjVu: {name}, /new, 12–40."),
        (KK, "Сұраныс Telegram арқылы, ISBN {isbn}"),
        (AZ, "İSTİFADƏÇİ Xəmsə, START"),
        (EN, "Paste an ISBN or a DOI."),
    ],
)
def test_names_commands_and_placeholders_are_let_pass(language: Language, text: str) -> None:
    assert not is_misspelt(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (AZ, "Bu metin Türkçe yazilmis bir metin gibi duruyor"),
        (KK, "Библиотека партнёр получит сообщение об отмене"),
        (RU, "Кітап"),
    ],
)
def test_a_text_in_a_neighbours_language_is_seen(language: Language, text: str) -> None:
    assert is_another_language(language, text)


@pytest.mark.parametrize(
    ("language", "text"), [(AZ, "Sil"), (KK, "Копия"), (RU, "Библиотека-партнёр получит сообщение")]
)
def test_a_short_text_or_the_own_language_is_let_pass(language: Language, text: str) -> None:
    assert not is_another_language(language, text)


def test_borrowed_words_are_seen_whole_only() -> None:
    assert borrowed(AZ, "Lütfen, iadeyi gözləyin") == {"lütfen"}
    assert borrowed(KK, "Заказ берілді") == {"заказ"}
    assert borrowed(KK, "Тапсырыс берілді") == frozenset()


def test_letters_are_those_of_plain_words() -> None:
    assert letters("Ə {n} /new PDF kB!") == "ə"
