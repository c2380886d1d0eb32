"""What each language is written with: its letters, names that are alike everywhere, neighbours' words."""

import re
import unicodedata

from models.rules.vocabulary import Language

COMBINING_DOT = "\u0307"
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
KAZAKH = frozenset("әғқңөұүһі")
ALPHABETS: dict[Language, frozenset[str]] = {
    # Casefolding leaves the dot of İ as a sign of its own.
    Language.AZ: frozenset("abcçdeəfgğhxıijkqlmnoöprsştuüvyz" + COMBINING_DOT),
    Language.KK: RUSSIAN | KAZAKH,
    Language.RU: RUSSIAN,
    Language.EN: frozenset("abcdefghijklmnopqrstuvwxyz"),
}
OWN_LETTERS: dict[Language, frozenset[str]] = {
    Language.AZ: frozenset("əqx"),
    Language.KK: KAZAKH,
    Language.RU: RUSSIAN,
}
"""Letters of which a longer text shows at least one."""

LONG = 25


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEIGHBOURS: dict[Language, frozenset[str]] = {
    Language.AZ: _words(
        "iade kullanıcı yenile yenileme lütfen kütüphane ödünç talep istek evet hayır değil dosya iptal ekle "
        "süre süresi için ile ve tarih tarihi gönder gönderildi başvuru sayfa yazar yazıcı müştəri"
    ),
    Language.KK: _words(
        "заказ срок запрос библиотека отмена отправить получено возврат читатель копия страница ответ "
        "кнопка письмо договор шарт қолданушы баспагер лакуна"
    ),
}
"""Turkish in Azerbaijani, Russian in Kazakh, and what the glossary calls wrong."""

EVERYWHERE = _words(
    "PDF DOCX JPEG TIFF PNG DjVu ZIP ISBN ISSN DOI EMS EUR Telegram START MB kB "
    "XLSX XLS CSV MARC UNIMARC MARCXML UTF ISO"
)
"""Names that no language translates or transcribes."""

_CODE = re.compile(r"\{[^}]*\}|/[a-z]+|https?://\S+|\S+@\S+")
_WORD = re.compile(r"(?:[^\W\d_]|\u0307)+")


def plain_words(text: str) -> list[str]:
    """The words that are the language's own: no placeholders, commands, addresses or names."""
    return [word for word in _WORD.findall(_CODE.sub(" ", text)) if word not in EVERYWHERE]


def letters(text: str) -> str:
    """The small letters of those words, one after another."""
    return "".join(plain_words(text)).casefold()


def is_misspelt(language: Language, text: str) -> bool:
    """Not composed (NFC), or with a letter that the alphabet does not have."""
    return not unicodedata.is_normalized("NFC", text) or not set(letters(text)) <= ALPHABETS[language]


def is_another_language(language: Language, text: str) -> bool:
    """Long enough to tell, and without a letter that shows the language, or with one that denies it."""
    found = set(letters(text))
    if language is Language.RU and found & KAZAKH:
        return True
    return len(letters(text)) >= LONG and not found & OWN_LETTERS[language]


def borrowed(language: Language, text: str) -> frozenset[str]:
    """Words of a neighbour."""
    return NEIGHBOURS[language] & {word.casefold() for word in plain_words(text)}
