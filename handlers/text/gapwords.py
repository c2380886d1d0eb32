"""The words by which a mail answers lines of gap lists: `locales/gaps.tsv` is their only source."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from handlers.text.phrases import longest
from handlers.text.words import fold, read, split
from models.rules.vocabulary import Language


@cache
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return {
        row["word"]: {language.value: split(row[language]) for language in Language}
        for row in read("gaps.tsv")
    }


def names() -> frozenset[str]:
    """Every word of the table."""
    return frozenset(_table())


def display(name: str, language: Language) -> str:
    """The phrase that people are told to write; KeyError for a name that the table does not have."""
    return _table()[name][language.value][0]


@cache
def spellings() -> Mapping[tuple[str, ...], str]:
    """Folded phrase, as its words, to the name."""
    return MappingProxyType(
        {
            tuple(fold(phrase).split()): name
            for name, by_language in _table().items()
            for phrases in by_language.values()
            for phrase in phrases
        }
    )


def begins(tokens: Sequence[str]) -> tuple[str, int] | None:
    """The word with which the folded tokens begin, and how many of them it takes."""
    return longest(tokens, spellings())
