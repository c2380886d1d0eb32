"""Lines of a mail that answer a gap list: `original 12`, `12, 15: copy`, `sent 31 RR123456789KZ`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.text.gapwords import begins
from handlers.text.words import fold

_WORD = re.compile(r"[^\s,.;:!?()«»\"„“”]+")
_NUMBER = re.compile(r"(?:№|#|no\.?|nr\.?)?\s*(\d{1,9})(?!\w)", re.IGNORECASE)
_LEADING = re.compile(r"^\W*(?P<numbers>(?:(?:№|#)?\s*\d{1,9}[\s,;:.—–-]+)+)(?P<rest>\D.*)$")
MOST_LINES = 500
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Said:
    """A word of `locales/gaps.tsv`, the numbers that it is about, and what else stands in the line."""

    line: str
    word: str
    numbers: tuple[int, ...]
    rest: str


def answers_in(text: str) -> list[Said]:
    """The lines that say something to a list; other lines are left out."""
    return list(_answers(text))


def _answers(text: str) -> Iterator[Said]:
    for row in text.splitlines()[:MOST_LINES]:
        line = row.strip(" \t•*>-–—")
        said = _said(line) if 0 < len(line) <= LONGEST_LINE else None
        if said is not None:
            yield said


def _said(line: str) -> Said | None:
    leading = _LEADING.match(line)
    if leading:
        found = word_of(leading["rest"])
        return Said(line, found[0], _numbers(leading["numbers"]), found[1]) if found else None
    found = word_of(line)
    if found is None:
        return None
    numbers = re.match(r"\W*((?:(?:№|#)?\s*\d{1,9}(?!\w)[\s,;]*)+)", found[1])
    if numbers is None:
        return Said(line, found[0], (), found[1])
    return Said(line, found[0], _numbers(numbers[1]), found[1][numbers.end() :].strip())


def word_of(line: str) -> tuple[str, str] | None:
    """The word that a line begins with, and what stands behind it."""
    matches = list(_WORD.finditer(line))
    found = begins([fold(match[0]) for match in matches])
    if found is None:
        return None
    word, length = found
    return word, line[matches[length - 1].end() :].strip(" \t,.;:")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(one) for one in _NUMBER.findall(text) if int(one) < 2**31))
