"""A citation as the desk keeps it: what was pasted, and what of it was understood."""

from dataclasses import dataclass
from enum import StrEnum

from models.rules.vocabulary import Kind, Service

# Longest values kept, in characters; a longer one is reported, never shortened.
LIMITS: dict[str, int] = {
    "author": 500,
    "title": 1000,
    "part_author": 500,
    "part_title": 1000,
    "publisher": 300,
    "place": 200,
    "edition": 200,
    "volume": 100,
    "issue": 100,
    "pages": 200,
    "extent": 100,
    "doi": 300,
    "url": 2000,
}


class DoubtKind(StrEnum):
    """Why something that was written is not kept as a field."""

    CHECK_DIGIT = "check_digit"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing in the pasted text that a person should look at again; `written` is as it stood there."""

    field: str
    kind: DoubtKind
    written: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation. Absent is None, never an empty string.

    Of an article or a chapter `title` and `author` are the host's, `part_title` and `part_author` its own.
    `issue_date` is ISO 8601, reduced where the day is not known ("1998-05"). `isbn` is compact, `issn`
    NNNN-NNNN; their check digits are right. `raw` is the pasted text, untouched; `rest` is what was not
    understood.
    """

    raw: str
    service: Service
    kind: Kind
    author: str | None = None
    title: str | None = None
    part_author: str | None = None
    part_title: str | None = None
    publisher: str | None = None
    place: str | None = None
    year: int | None = None
    edition: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    issue_date: str | None = None
    extent: str | None = None
    isbn: str | None = None
    issn: str | None = None
    doi: str | None = None
    url: str | None = None
    rest: str | None = None
    doubts: tuple[Doubt, ...] = ()


def as_json(citation: Citation) -> dict[str, str | int | None]:
    """The object that `cite --json` prints: every field by its name, absent ones None, doubts left out."""
    return {
        "raw": citation.raw,
        "service": citation.service.value,
        "kind": citation.kind.value,
        "author": citation.author,
        "title": citation.title,
        "part_author": citation.part_author,
        "part_title": citation.part_title,
        "publisher": citation.publisher,
        "place": citation.place,
        "year": citation.year,
        "edition": citation.edition,
        "volume": citation.volume,
        "issue": citation.issue,
        "pages": citation.pages,
        "issue_date": citation.issue_date,
        "extent": citation.extent,
        "isbn": citation.isbn,
        "issn": citation.issn,
        "doi": citation.doi,
        "url": citation.url,
        "rest": citation.rest,
    }
