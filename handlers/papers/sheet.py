"""A paper before any format: blocks one under another. What prints it decides nothing about its words."""

from dataclasses import dataclass
from enum import StrEnum

from models.rules.vocabulary import Language

TAGS = {"az": "az-Latn-AZ", "kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
"""What a file says its language is (BCP 47)."""
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"
"""Media types of what is made here."""


class Format(StrEnum):
    """The size of the page; a slip lies in a book, a label on a parcel."""

    LETTER = "a4"
    SLIP = "a5"
    LABEL = "a6"


class Weight(StrEnum):
    """How a paragraph stands on the page."""

    TITLE = "title"
    STRONG = "strong"
    PLAIN = "plain"
    SMALL = "small"


class Align(StrEnum):
    """Where a paragraph stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks inside are kept."""

    text: str
    weight: Weight = Weight.PLAIN
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values in two columns. A value that is empty is a line to write on."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """Names on one line, each with room to write behind it."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the post, a line for the hand, the name."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a slip: a title, the number in large letters, a code (PNG) that a telephone reads."""

    title: str
    number: str
    code: bytes | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Air, in millimetres."""

    height: float = 4.0


Block = Text | Fields | Blanks | Signature | Head | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole paper. `mark` stands on top of every page, `foot` under it."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
    format: Format = Format.LETTER
    mark: str = ""
    foot: str = ""
