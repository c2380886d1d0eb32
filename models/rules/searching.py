"""What a request is found by: its words in one key, its identifiers one by one, the words nearest to a slip.

Pure. A key holds folded words (`models.rules.fold`), among them one for each library that is a party, so that
a search never leaves the own requests; and the words of every comment. A reader's reference and a register
number never enter it.
"""

import re
from collections.abc import Iterable
from typing import Any

import stdnum.isbn

from models.rules.citation.identifiers import read_doi, read_isbn, read_issn
from models.rules.fold import VERSION, fold

__all__ = [
    "VERSION",
    "extended",
    "grams",
    "identifiers",
    "named_by",
    "nearest",
    "number_in",
    "own_number",
    "party",
    "search_key",
    "terms",
    "words_of",
]

FIELDS = ("title", "part_title", "author", "part_author", "isbn", "issn", "doi", "shelf_mark", "note")
LONGEST_WORD = 64
LONGEST_IDENTIFIER = 300
MOST_WORDS = 8
MOST_NEAR = 5
SHORTEST_TERM = 3

_NUMBER = re.compile(r"\s*([A-Za-z][A-Za-z0-9]{1,15})\s*[-‐-—]\s*(\d{4})\s*[-‐-—]\s*(\d{1,6})\s*")
_LABEL = re.compile(r"^\s*(?:isbn|issn|doi)\b[\s:]*", re.IGNORECASE)
_DIGITS = re.compile(r"[\d\s‐-—-]{7,20}[\dXxХх]?")


def party(library: int) -> str:
    """The word that all requests of a library have. `fold` never writes a q, so no title holds it."""
    return f"q{library}"


def search_key(
    values: dict[str, Any], *, number: str, parties: Iterable[int], notes: Iterable[str] = ()
) -> str:
    """Everything that a request is found by, each word once."""
    said = [str(values[name]) for name in FIELDS if values.get(name)]
    words = words_of(" ".join([number, *said, *notes]))
    return " ".join([*map(party, parties), *words])


def extended(key: str, note: str) -> str:
    """The key with the words of one more comment."""
    return " ".join(dict.fromkeys([*key.split(), *words_of(note)]))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words, each once."""
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in fold(text).split()))


def number_in(text: str) -> str | None:
    """The request number that the text is, as it is stored: `anl – 2026 – 42` is ANL-2026-0042."""
    found = _NUMBER.fullmatch(text)
    return f"{found[1].upper()}-{found[2]}-{int(found[3]):04d}" if found else None


def own_number(library: int, number: str) -> str:
    """A register number as its own library finds it: no other library asks for this word."""
    return f"own:{library}:{fold(number)}"[:LONGEST_IDENTIFIER]


def identifiers(values: dict[str, Any]) -> tuple[str, ...]:
    """What names the document of a request exactly."""
    found = [_isbn(values.get("isbn")), _issn(values.get("issn")), _doi(values.get("doi"))]
    return tuple(one for one in found if one)


def named_by(text: str, *, library: int) -> tuple[str, ...]:
    """The identifiers that the text may be, all of it; nothing where it holds other words beside one."""
    bare = _LABEL.sub("", text).strip()
    found = [own_number(library, text)] if fold(text) else []
    if _DIGITS.fullmatch(bare):
        found += [one for one in (_isbn(bare), _issn(bare)) if one]
    doi = _doi(bare)
    return (*found, doi) if doi and " " not in bare else tuple(found)


def _isbn(text: Any) -> str | None:
    isbn = read_isbn(str(text)) if text else None
    return f"isbn:{stdnum.isbn.to_isbn13(isbn)}" if isbn else None


def _issn(text: Any) -> str | None:
    issn = read_issn(str(text)) if text else None
    return f"issn:{issn}" if issn else None


def _doi(text: Any) -> str | None:
    doi = read_doi(str(text)) if text else None
    return f"doi:{doi.lower()}"[:LONGEST_IDENTIFIER] if doi else None


def terms(key: str) -> tuple[str, ...]:
    """The words of a key that a slip may have meant: no numbers, none of two letters, no party."""
    return tuple(word for word in key.split() if len(word) >= SHORTEST_TERM and word.isalpha())


def grams(word: str) -> tuple[str, ...]:
    """The runs of three letters, with an edge at each end: what words that look alike share."""
    edged = f"_{word}_"
    return tuple(dict.fromkeys(edged[at : at + 3] for at in range(len(edged) - 2)))


def nearest(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidates that `word` may be a slip of, the nearest first: about one letter in four may differ."""
    far = max(1, (len(word) + 1) // 4)
    near = [(_apart(word, one), one) for one in candidates]
    return tuple(one for apart, one in sorted(near) if apart <= far)[:MOST_NEAR]


def _apart(typed: str, meant: str) -> int:
    """Letters added, dropped, changed or swapped with a neighbour; an ending more counts as one."""
    if len(typed) > SHORTEST_TERM and meant.startswith(typed):
        return 1
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, a in enumerate(typed):
        before, above, row = row, before, [i + 1]
        for j, b in enumerate(meant):
            best = min(before[j] + (a != b), before[j + 1] + 1, row[j] + 1)
            if i and j and a == meant[j - 1] and typed[i - 1] == b:
                best = min(best, above[j - 1] + 1)
            row.append(best)
    return row[-1]
