"""Words to a colleague are told from something to file."""

import pytest

from models.rules.citation import understand
from models.rules.filing import values_of
from models.rules.prose import MOST_WORDS, looks_like_citation

CITATIONS = [
    "978-9952-8100-0-1",
    "10.1000/182",
    "Ауэзов М. О. Путь Абая : роман. — Алма-Ата : Жазушы, 1977. — 480 с.",
    "Дала уалаяты газеті, 1894, № 12",
    "Abay yolu",
    "Қазақ әдебиетінің тарихы",
    "Иванов И. И. Спасибо за книгу // Вопросы истории. — 1998. — № 5. — С. 12–40.",
]
LETTERS = [
    "Здравствуйте! Когда Вы сможете прислать программу семинара?",
    "Hörmətli həmkarlar, seminarın proqramını göndərə bilərsinizmi?",
    "Құрметті әріптестер! Семинарға шақырамыз.",
    "Dear colleagues, thank you for the books of 2025.",
    "Мы переехали в новое здание. Просим изменить адрес для посылок.",
    "Есть ли у Вас каталог выставки?",
]


def _files(text: str) -> bool:
    return looks_like_citation(text, values_of(understand(text)))


@pytest.mark.parametrize("text", CITATIONS)
def test_citation_is_filed(text: str) -> None:
    assert _files(text)


@pytest.mark.parametrize("text", LETTERS)
def test_letter_is_asked_about(text: str) -> None:
    assert not _files(text)


def test_identifier_is_filed_whatever_stands_around_it() -> None:
    assert _files("Добрый день! Нужна книга, ISBN 978-3-16-148410-0. Спасибо!")


def test_bare_words_are_a_title_only_up_to_a_length() -> None:
    words = ["слово"] * MOST_WORDS

    assert looks_like_citation(" ".join(words), {})
    assert not looks_like_citation(" ".join([*words, "слово"]), {})


def test_two_facts_of_an_edition_outweigh_a_greeting_and_one_does_not() -> None:
    text = "Добрый день, коллеги"

    assert looks_like_citation(text, {"author": "Ауэзов", "year": "1977"})
    assert not looks_like_citation(text, {"year": "1977"})
