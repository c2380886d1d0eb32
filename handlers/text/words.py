"""The words by which a mail acts, in four languages: `locales/words.tsv` is their only source.

A phrase is compared folded, so that a keyboard without ə, ı or қ says the same.
"""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from models.rules.vocabulary import Language

_LETTERS = str.maketrans("əıәғқңөұүһіёй", "eiагкноуухиеи")


@dataclass(frozen=True, slots=True)
class Word:
    """One row of the table: the name of the act and what people write for it, the displayed phrase first."""

    name: str
    phrases: Mapping[Language, tuple[str, ...]]


def fold(text: str) -> str:
    """The form in which words are compared: NFKC, caseless, no accents, no letters of neighbours."""
    if text.isascii():
        return text.lower()
    caseless = unicodedata.normalize("NFKC", text).replace("İ", "i").casefold()
    bare = unicodedata.normalize("NFD", caseless.translate(_LETTERS))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def display(name: str, language: Language) -> str:
    """The phrase that people are told to write; KeyError for a name that the table does not have."""
    return table()[name].phrases[language][0]


@cache
def table() -> Mapping[str, Word]:
    """Every word by its name, in the order of the file."""
    return MappingProxyType({row["word"]: _word(row["word"], row) for row in read("words.tsv")})


@cache
def phrases() -> Mapping[tuple[str, ...], str]:
    """Folded phrase, as its words, to the name of the act."""
    return MappingProxyType(dict(spellings()))


def spellings() -> Iterable[tuple[tuple[str, ...], str]]:
    """Every folded phrase with its name; a phrase of two languages comes twice."""
    for word in table().values():
        for group in word.phrases.values():
            for phrase in group:
                yield tuple(fold(phrase).split()), word.name


def read(name: str) -> list[dict[str, str]]:
    """The rows of a table in `locales`, by column name."""
    with (resources.files("locales") / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def split(cell: str) -> tuple[str, ...]:
    """The phrases of one cell, which a comma divides."""
    return tuple(phrase.strip() for phrase in cell.split(",") if phrase.strip())


def _word(name: str, row: Mapping[str, str]) -> Word:
    return Word(name, MappingProxyType({language: split(row[language]) for language in Language}))
