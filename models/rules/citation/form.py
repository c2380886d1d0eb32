"""The guided form: what each service asks for, one field at a time, each checked on its own."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.citation.dates import read_date
from models.rules.citation.identifiers import read_doi, read_isbn, read_issn, read_url
from models.rules.citation.shape import LIMITS
from models.rules.vocabulary import Purpose, Service

FIRST_YEAR = 1400  # before printing there is no edition to ask for by its year
_MOST_PIECES = 99


class ProblemKind(StrEnum):
    """Why a value was not taken."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_FIELD = "unknown_field"
    NOT_A_YEAR = "not_a_year"
    NOT_PAGES = "not_pages"
    NOT_A_DATE = "not_a_date"
    PAST_DATE = "past_date"
    NOT_A_QUANTITY = "not_a_quantity"
    NOT_AN_ISBN = "not_an_isbn"
    NOT_AN_ISSN = "not_an_issn"
    NOT_A_DOI = "not_a_doi"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_CHOICE = "not_a_choice"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A refusal of one value: which field, why, and the limit in characters or pieces where there is one."""

    field: str
    kind: ProblemKind
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the form. `max_length` is in characters."""

    name: str
    max_length: int
    mandatory: bool = False


_LENGTHS: dict[str, int] = LIMITS | {
    "year": 10,
    "issue_date": 50,
    "needed_by": 50,
    "isbn": 60,
    "issn": 40,
    "quantity": 10,
    "language": 100,
    "script": 100,
    "shelf_mark": 200,
    "source": 500,
    "purpose": 20,
    "our_number": 100,
    "reader": 100,
    "note": 2000,
}
_LAST = (
    "language",
    "script",
    "url",
    "shelf_mark",
    "quantity",
    "needed_by",
    "source",
    "our_number",
    "reader",
    "note",
)


def _asked(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, _LENGTHS[name], mandatory=name == "title") for name in names)


FIELDS: dict[Service, tuple[Field, ...]] = {
    Service.LOAN: _asked(
        "title", "author", "year", "place", "publisher", "edition", "volume", "isbn", *_LAST
    ),
    Service.COPY: _asked(
        *("title", "part_title", "part_author", "pages", "author", "year", "issue_date", "volume", "issue"),
        *("place", "publisher", "edition", "issn", "isbn", "doi", *_LAST),
    ),
    Service.ACQUISITION: _asked(
        *("title", "author", "year", "place", "publisher", "edition", "volume", "issue", "isbn", "issn"),
        *_LAST,
    ),
}
"""What each service asks for, in that order. A copy also needs pages or the part's title: `missing`."""

_PAGE = r"(?:\d{1,6}|[ivxlcdmIVXLCDM]{1,8})"
_PAGE_LIST = re.compile(rf"{_PAGE}(?:\s*[-‐‑–—−]\s*{_PAGE})?(?:\s*[,;]\s*{_PAGE}(?:\s*[-‐‑–—−]\s*{_PAGE})?)*")
_PAGE_WORD = re.compile(
    r"^(?:pp?|pages?|стр|страницы|с|s|səh|səhifələr|б|бб|беттер)\b\.?:?\s*|\s*(?:s|səh|б|бет|с|стр|p)\.?$",
    re.IGNORECASE,
)


def missing(service: Service, fields: Collection[str]) -> tuple[str, ...]:
    """Names still needed before sending: the title; for a copy `pages`, unless the part's title is given or
    the `whole` document is asked for.
    """
    lacking = [field.name for field in FIELDS[service] if field.mandatory and field.name not in fields]
    if service is Service.COPY and not {"pages", "part_title", "whole"} & set(fields):
        lacking.append("pages")
    return tuple(lacking)


def parse_field(name: str, text: str, *, today: date | None = None) -> str | int | date | FieldProblem:
    """The value of one field as it is stored, or why it cannot be.

    Years and quantities are int, `issue_date` and `needed_by` dates; all else is text without outer blanks.
    With `today` a date may leave out its year (the next such day) and `needed_by` may not lie in the past.
    """
    if name not in _LENGTHS:
        return FieldProblem(name, ProblemKind.UNKNOWN_FIELD)
    value = text.strip()
    if not value:
        return FieldProblem(name, ProblemKind.EMPTY)
    if len(value) > _LENGTHS[name]:
        return FieldProblem(name, ProblemKind.TOO_LONG, _LENGTHS[name])
    if name in {"issue_date", "needed_by"}:
        return _day(name, value, today=today)
    reader = _READERS.get(name)
    return reader(value) if reader else value


def _day(name: str, text: str, *, today: date | None) -> date | FieldProblem:
    day = read_date(text, today=today)
    if day is None:
        return FieldProblem(name, ProblemKind.NOT_A_DATE)
    if name == "needed_by" and today and day < today:
        return FieldProblem(name, ProblemKind.PAST_DATE)
    return day


def _year(text: str) -> int | FieldProblem:
    match = re.fullmatch(r"\[?(\d{4})\]?(?:\s*(?:г|ж|il|жыл|год)\.?)?", text)
    if match and FIRST_YEAR <= int(match[1]) < 2100:
        return int(match[1])
    return FieldProblem("year", ProblemKind.NOT_A_YEAR)


def _quantity(text: str) -> int | FieldProblem:
    if re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= _MOST_PIECES:
        return int(text)
    return FieldProblem("quantity", ProblemKind.NOT_A_QUANTITY, _MOST_PIECES)


def _purpose(text: str) -> str | FieldProblem:
    return text if text in set(Purpose) else FieldProblem("purpose", ProblemKind.NOT_A_CHOICE)


def _pages(text: str) -> str | FieldProblem:
    """Ranges and single pages, "12–40, 55": ascending in each range, an en dash between, words taken off."""
    bare = _PAGE_WORD.sub("", text).strip()
    if not _PAGE_LIST.fullmatch(bare):
        return FieldProblem("pages", ProblemKind.NOT_PAGES)
    parts = [re.split(r"\s*[-‐‑–—−]\s*", part) for part in re.split(r"\s*[,;]\s*", bare)]
    if any(_falls(part) for part in parts):
        return FieldProblem("pages", ProblemKind.NOT_PAGES)
    return ", ".join("–".join(part) for part in parts)


def _falls(part: list[str]) -> bool:
    """A range whose end lies before its start. "345–52" is not one: the end leaves out what it shares."""
    if len(part) != 2 or not all(end.isdigit() for end in part) or len(part[1]) < len(part[0]):
        return False
    return int(part[1]) < int(part[0])


def _reader(
    name: str, kind: ProblemKind, read: Callable[[str], str | None]
) -> Callable[[str], str | int | FieldProblem]:
    return lambda text: read(text) or FieldProblem(name, kind)


_READERS: dict[str, Callable[[str], str | int | FieldProblem]] = {
    "year": _year,
    "quantity": _quantity,
    "pages": _pages,
    "purpose": _purpose,
    "isbn": _reader("isbn", ProblemKind.NOT_AN_ISBN, read_isbn),
    "issn": _reader("issn", ProblemKind.NOT_AN_ISSN, read_issn),
    "doi": _reader("doi", ProblemKind.NOT_A_DOI, read_doi),
    "url": _reader("url", ProblemKind.NOT_AN_ADDRESS, read_url),
}
