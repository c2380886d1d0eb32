"""One key for four scripts: the same name in another spelling is the same key."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.fold import fold


@pytest.mark.parametrize(
    "spellings",
    [
        ("Abay", "Абай", "Abai", "ABAY", "Abaĭ"),
        ("Gəncəvi", "Gencevi", "Гянджеви", "Ganjavi", "GƏNCƏVİ"),
        ("Әуезов", "Auezov", "Ауезов", "Äuezov"),
        ("İstanbul", "Istanbul", "ıstanbul", "istanbul", "Истанбул"),
        ("Bakı", "BAKI", "Baki", "Бакы"),
        ("Şəki", "Sheki", "Шеки", "Шәки"),
        ("Füzuli", "Fuzuli", "Фүзули"),
        ("Құнанбаев", "Кунанбаев", "Kunanbayev", "Qunanbaev"),
        ("Мұхтар", "Мухтар", "Mukhtar", "Muxtar", "Muhtar"),
        ("Xəmsə", "Хамса", "Khamsa", "Hamsa"),
        ("Жамбыл", "Джамбыл", "Zhambyl", "Jambyl"),
        ("Çingiz", "Чингиз", "Chingiz"),
        ("Mahmud", "Махмуд", "Makhmud"),
        ("Muhammad", "Muhamad", "Мухаммад"),
        ("Шоқан", "Шокан", "Shokan", "Şoqan"),
        ("Ғабит", "Габит", "Gabit", "Ghabit"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"), [("чай", "шай"), ("Abay", "Abaz"), ("1998", "1989"), ("Baku", "Almaty"), ("11", "1")]
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Abay", "abai"),
        ("Путь Абая: роман-эпопея", "pot aba roman apopa"),
        ("№ 5 (1998)", "no 5 1998"),
        ("İ", "i"),
        ("I", "i"),
        ("ı", "i"),
        ("", ""),
        ("— …", ""),
        ("2000", "2000"),
    ],
)
def test_the_key_is_plain(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text(max_size=200))
def test_any_text_has_a_key_of_latin_letters_and_digits(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", fold(text))


@given(st.text(alphabet="əğıöüçşİIабвгжийқңөұүһіёыабАБ aeiou", max_size=60))
def test_composed_and_decomposed_text_have_one_key(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(
    st.text(
        alphabet="abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяəğıöüçşәғқңөұүһі", max_size=30
    )
)
def test_capitals_do_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text)
