"""The working copy of a pasted line: pieces are cut out of it until only words without a name are left."""

import re
import unicodedata
from dataclasses import dataclass, field

from models.rules.citation.late import Late
from models.rules.citation.shape import Doubt

CUT = "\x1f"
READ_LIMIT = 2500
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]+")
_BLANK = re.compile(r"\s+")
_LIST_MARK = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,3}[.)]|[•·*▪–—-])\s+(?=\D)")
_EDGE = " \t.,;:—–-/|" + CUT
_ABBREVIATIONS = re.compile(r"(?:[^\W\d_]{1,5}\.\s?){2,8}|.*\s[^\W\d_]{1,3}\.\s[^\W\d_]{1,3}\.")
# ". - " typed without its blanks; an initial ("Ж.-П.") is one letter.
_TIGHT_AREA = re.compile(r"(?<=[^\W_]{2})\.[-–—](?=\S)")
_MEDIUM = re.compile(
    r"\s*\[(?:текст|электронн\w+ ресурс|мәтін|электрондық ресурс|mətn|elektron resurs|text|print|online"
    r"|internet"
    r"|electronic resource)\]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Slip:
    """Text under the scissors. `found` maps field names to what was cut for them; the first find wins."""

    text: str
    found: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def cut(self, pattern: re.Pattern[str] | Late, *, last: bool = False) -> bool:
        """Cut one match out and keep its named groups; a group is named as the field it fills."""
        match = None
        for candidate in pattern.finditer(self.text):
            match = candidate
            if not last:
                break
        if match is None:
            return False
        self.take(match)
        return True

    def take(self, match: re.Match[str]) -> None:
        """Cut this match of the present text out and keep its named groups."""
        for name, value in match.groupdict().items():
            if value and value.strip():
                self.found.setdefault(name, value.strip())
        self.text = f"{self.text[: match.start()]}{CUT}{self.text[match.end() :]}"

    def head(self) -> str:
        """The words before the first cut."""
        return trim(self.text.split(CUT, 1)[0])

    def pieces(self) -> list[str]:
        """The runs of words between the cuts, trimmed, empty ones left out."""
        return [piece for piece in map(trim, self.text.split(CUT)) if piece]


def tidy(raw: str) -> str:
    """One line in NFC without control characters, list mark and medium designation; READ_LIMIT at most."""
    text = unicodedata.normalize("NFC", raw[: READ_LIMIT * 2])
    text = _BLANK.sub(" ", _CONTROL.sub(" ", text)).strip()[:READ_LIMIT]
    return _LIST_MARK.sub("", _TIGHT_AREA.sub(". - ", _MEDIUM.sub("", text))).strip()


def trim(text: str) -> str:
    """Take separators off both ends; the last full stop of a name made of abbreviations stays."""
    bare = text.lstrip(_EDGE).rstrip(_EDGE.replace(".", ""))
    if not _ABBREVIATIONS.fullmatch(bare):
        bare = bare.rstrip(_EDGE)
    return _balanced(bare)


def _balanced(text: str) -> str:
    for opening, closing in ("()", "[]"):
        if text.endswith(opening) or (text.startswith(closing)):
            text = text.strip(opening + closing + " ,.;:")
    return text
