"""Phrases that people put behind the first word of a mail: reasons, conditions, what turns a meaning round.

`locales/phrases.tsv` is their only source; they are compared folded, the longest first.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from handlers.text.words import fold, read, split
from models.rules.vocabulary import Language


class Kind(StrEnum):
    """What a phrase is for; each row of the table names one."""

    REASON = "reason"
    CONDITION = "condition"
    PROBLEM = "problem"
    DUE = "due"
    PARCEL = "parcel"
    NEGATION = "no"
    CONTRAST = "but"
    OTHER_THING = "other"
    POINTER = "aside"
    IDIOM = "joke"
    POLITE = "kind"
    SETTLEMENT = "settlement"
    WORTH = "worth"


LONGEST = 8

Phrases = Mapping[tuple[str, ...], str]


@cache
def phrases(kind: Kind) -> Phrases:
    """Folded phrase, as its words, to its value."""
    rows = [row for row in read("phrases.tsv") if row["kind"] == kind]
    return MappingProxyType(
        {
            tuple(fold(phrase).split()): row["value"]
            for row in rows
            for language in Language
            for phrase in split(row[language])
        }
    )


def begins(words: Sequence[str], kind: Kind) -> tuple[str, int] | None:
    """The value and length of the longest phrase with which the folded words begin."""
    return longest(words, phrases(kind))


def contains(words: Sequence[str], kind: Kind) -> bool:
    """Whether a phrase of that kind stands anywhere among the folded words."""
    return any(longest(words[start:], phrases(kind)) for start in range(len(words)))


def longest(words: Sequence[str], table: Phrases) -> tuple[str, int] | None:
    """The value and length of the longest entry of a table that the words begin with."""
    for length in range(min(len(words), LONGEST), 0, -1):
        value = table.get(tuple(words[:length]))
        if value is not None:
            return value, length
    return None
