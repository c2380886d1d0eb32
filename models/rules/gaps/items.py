"""A line of a list: its fields checked, what makes it the same line, what it is found and matched by."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from models.rules import duplicates, searching
from models.rules.citation import LIMITS, understand
from models.rules.citation.identifiers import read_isbn, read_issn
from models.rules.filing import titled, values_of
from models.rules.fold import fold
from models.rules.vocabulary import Holding, RowProblem

CITATION = "citation"
"""A column that holds whole citations."""
FIELDS = (
    "title",
    "author",
    "year",
    "volume",
    "issue",
    "issue_date",
    "part_title",
    "part_author",
    "pages",
    "place",
    "publisher",
    "edition",
    "isbn",
    "issn",
    "doi",
    "language",
    "shelf_mark",
    "note",
)
"""What a line may say, in the order in which lists are exported."""
LONGEST_TITLE = 1000
LONGEST_FIELD = 500
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_OTHER_TITLE = re.compile(r"\s+[:/=]\s+|:\s+")
_SAME = ("title", "part_title", "author", "year", "volume", "issue", "issue_date", "isbn")
_NUMBERED = ("year", "volume", "issue", "issue_date")
_ISBN_SHAPE = re.compile(r"[\dXxХх][\dXxХх\s‐-—-]{8,20}")
_ISSN_SHAPE = re.compile(r"\s*\d{4}\s*[-‐-—]?\s*\d{3}[\dXxХх]\s*")

Values = dict[str, Any]


def cited(text: str) -> Values:
    """The line that a pasted citation is."""
    return titled(values_of(understand(text)), text)


def checked(row: Values) -> Values | RowProblem:
    """The values of a row as they are stored, or why the row cannot be."""
    values: Values = {}
    if row.get(CITATION):
        values |= {name: value for name, value in cited(str(row[CITATION])).items() if name in FIELDS}
    for name in FIELDS:
        text = " ".join(str(row.get(name) or "").split())
        if not text:
            continue
        value = _value(name, text)
        if isinstance(value, RowProblem):
            return value
        values[name] = value
    if not values.get("title") and values.get("part_title"):
        values["title"] = values["part_title"]
    return values if values.get("title") else RowProblem.NO_TITLE


def _value(name: str, text: str) -> str | int | RowProblem:
    match name:
        case "year":
            found = _YEAR.search(text)
            return int(found[1]) if found else RowProblem.BAD_YEAR
        case "isbn":
            found = _ISBN_SHAPE.search(text)
            return (read_isbn(found[0]) if found else None) or RowProblem.BAD_ISBN
        case "issn":
            return (read_issn(text) if _ISSN_SHAPE.fullmatch(text) else None) or RowProblem.BAD_ISSN
        case _:
            longest = LIMITS.get(name, LONGEST_TITLE if name == "title" else LONGEST_FIELD)
            return text if len(text) <= longest else RowProblem.TOO_LONG


def digest(values: Values) -> str:
    """The same for the same line, however it is spelled: a list imported twice adds nothing twice."""
    said = "\n".join(fold(str(values.get(name) or "")) for name in _SAME)
    return hashlib.sha256(said.encode()).hexdigest()


def keys(values: Values) -> tuple[str, ...]:
    """What the same document shares, exact ones first: ISBN or DOI, the issue of an ISSN, title and year."""
    exact = [one for one in searching.identifiers(values) if one.startswith(("isbn:", "doi:"))]
    numbers = "|".join(fold(str(values.get(name) or "")) for name in _NUMBERED)
    if values.get("issn") and numbers.strip("|"):
        exact.append(f"issn:{values['issn']}|{numbers}")
    title = fold(_proper(str(values.get("part_title") or values["title"])))
    text = [f"text:{title}|{numbers}"] if title else []
    return tuple(one[: searching.LONGEST_IDENTIFIER] for one in (*exact, *text))


def _proper(title: str) -> str:
    """The title proper (ISBD area 1): what follows a colon or a slash is often left out of lists."""
    return _OTHER_TITLE.split(title, maxsplit=1)[0]


def same(missing: Values, spare: Values) -> bool:
    """Whether two lines that share a key may be the same document: worth proposing, never assumed."""
    return duplicates.same(missing, spare)


def owner_word(library: int, holding: Holding) -> str:
    """The word that all lines of a list have; no title holds it, for `fold` never writes a q."""
    return f"q{library}{holding.value[0]}"


def search_key(values: Values, *, library: int, holding: Holding) -> str:
    """Everything that a line is found by, each word once."""
    said = [str(values[name]) for name in FIELDS if values.get(name)]
    return " ".join([owner_word(library, holding), *searching.words_of(" ".join(said))])


def from_request(values: Values) -> Values:
    """The line that a request becomes which the partner could not answer."""
    return {name: value for name, value in values.items() if name in FIELDS and name != "note"}


def lines_in(text: str) -> tuple[str, ...]:
    """The citations of a pasted text, one a line; a line that only goes on is none of its own."""
    return tuple(one.strip() for one in _joined(text.splitlines()) if one.strip())


def _joined(lines: Iterable[str]) -> Iterable[str]:
    held = ""
    for line in lines:
        continues = held and line[:1] in {" ", "\t"} and line.strip()
        if continues:
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held
