"""How a citation reads on a card, in a list, in a mail."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from handlers.text import labels
from handlers.text.rich import Line, labelled
from handlers.text.voice import Voice, label
from models.rules.vocabulary import Also, Purpose

SHOWN = (
    "part_title",
    "part_author",
    "title",
    "author",
    "issue_date",
    "year",
    "volume",
    "issue",
    "pages",
    "whole",
    "place",
    "publisher",
    "edition",
    "extent",
    "language",
    "quantity",
    "isbn",
    "issn",
    "doi",
    "url",
    "shelf_mark",
    "source",
    "purpose",
    "needed_by",
    "also",
    "note",
    "rest",
)
"""The fields in the order in which a librarian reads them at the shelf. The reader and our own register
number are not among them: they never leave the own library."""

WHOLE = label("field", "the whole document")
DATES = frozenset({"needed_by"})
LONGEST_IN_LIST = 60


def heading(values: dict[str, Any]) -> str:
    """One line that names the document: the part before its host, the author before the title."""
    part, title = values.get("part_title"), values.get("title") or values.get("raw") or "—"
    author = values.get("part_author") or values.get("author")
    named = f"{part} // {title}" if part else title
    return f"{author}. {named}".replace("..", ".") if author else str(named)


def shortened(text: str, longest: int = LONGEST_IN_LIST) -> str:
    """Cut between words where there is one, and show that something is missing."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def field_name(voice: Voice, name: str) -> str:
    """The label of a field, as it begins a line."""
    return voice.named(labels.FIELDS[name])


def citation_lines(voice: Voice, values: dict[str, Any]) -> Iterator[Line]:
    """Each field that was given, under its name."""
    for name in SHOWN:
        if value := values.get(name):
            yield labelled(field_name(voice, name), field_value(voice, name, value))


def field_value(voice: Voice, name: str, value: Any) -> str:
    """A field's value as the language writes it."""
    if name in DATES:
        return voice.day(date.fromisoformat(value))
    if name == "whole":
        return voice.label(WHOLE)
    if name == "also":
        return "; ".join(voice.label(labels.ALSO[Also(one)]) for one in value)
    if name == "purpose":
        return voice.label(labels.PURPOSES[Purpose(value)])
    return str(value).replace("-", "–") if name == "pages" else str(value)
