"""One search key for four scripts: other spellings of the same name fold to the same letters.

Abay, Абай and Abai; Gəncəvi, Gencevi and Гянджеви; Әуезов and Auezov. The key is for finding, never for
showing.
"""

import re
import unicodedata

import anyascii

VERSION = 1
"""Stored beside the keys; a change of the recipe raises it, and the keys are made anew."""

_DOTTED_I = str.maketrans("İIı", "iii")
_COMBINING_DOT = "\u0307"

# Azerbaijani, Turkish and the Latin alphabets of Kazakh.
_LATIN_LETTERS = dict.fromkeys("əäáâ", "a") | dict.fromkeys("öó", "o") | dict.fromkeys("üú", "u")
_LATIN_LETTERS |= {"ç": "ch", "ş": "sh", "ğ": "g", "ñ": "n", "ń": "n"}
_RUSSIAN = dict(zip("абвгдежзийклмнопрстуфхыэ", "abvgdejziiklmnoprstufhie", strict=True))
_RUSSIAN |= {"ё": "yo", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
_KAZAKH = dict(zip("әғқңөұүһі", "agknouuhi", strict=True))
_AZERBAIJANI_CYRILLIC = dict(zip("ҝҹј", "gjy", strict=True))
_LETTERS = str.maketrans(_LATIN_LETTERS | _RUSSIAN | _KAZAKH | _AZERBAIJANI_CYRILLIC)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʹ`´", ""))
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_DIGRAPHS: tuple[tuple[str, str], ...] = (
    ("shch", "sh"),
    ("dzh", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ou", "u"),
)
# ch and sh are one letter each while single letters are merged: c must not turn ch into jh.
_KEPT = (("ch", "\x01"), ("sh", "\x02"))
_MERGED: tuple[tuple[str, str], ...] = (
    ("c", "j"),
    ("g", "k"),
    ("q", "k"),
    ("x", "h"),
    ("w", "v"),
    ("ya", "a"),
    ("yu", "u"),
    ("ye", "e"),
    ("yo", "o"),
    ("e", "a"),
    ("y", "i"),
    ("u", "o"),
)
_DOUBLE = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """The search key: words of [a-z0-9], one blank between them; empty without a letter or digit.

    The same for a text in NFC and in NFD, in capitals and in small letters. A key is not to be folded again.
    """
    latin = _latin(text)
    for written, key in _DIGRAPHS:
        latin = latin.replace(written, key)
    for letters, mark in _KEPT:
        latin = latin.replace(letters, mark)
    for written, key in _MERGED:
        latin = latin.replace(written, key)
    for letters, mark in _KEPT:
        latin = latin.replace(mark, letters)
    return " ".join(_squeeze(word) for word in latin.split())


def _latin(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DOTTED_I).casefold().replace(_COMBINING_DOT, "")
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).replace("дж", "ж")
    text = "".join(map(_letter, text.translate(_LETTERS)))
    return _NOT_KEY.sub(" ", text.casefold()).strip()


def _letter(letter: str) -> str:
    if letter.isascii():
        return letter
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else _plain(base)


def _plain(letter: str) -> str:
    ours = letter.translate(_LETTERS)
    return ours if ours.isascii() else anyascii.anyascii(letter)


def _squeeze(word: str) -> str:
    """Doubled letters once ("Mukhammad", "Muhamad"); doubled digits are a number and stay."""
    return word if word.isdigit() else _DOUBLE.sub(lambda run: run[0] if run[1].isdigit() else run[1], word)
