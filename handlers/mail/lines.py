"""The lines of a mail, each with what its client says about it. Plain and HTML text meet here in one form."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from handlers.mail.separator import SEPARATOR_MARK

_LONGEST_INDENT = 8
_QUOTE = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_BLANK = re.compile(r"[\u00a0\u2007\u202f\t]")


class Mark(Enum):
    """Whose words a line holds. The first is the writer's own; the others were put there by a client."""

    SAID = auto()
    QUOTED = auto()
    LEAD = auto()
    OLD = auto()
    SIGNED = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line without invisible characters and trailing blanks."""

    text: str
    mark: Mark = Mark.SAID


def clean(text: str) -> str:
    """Without control and direction characters, every blank an ordinary one."""
    return _BLANK.sub(" ", _UNSEEN.sub("", text)).rstrip()


def plain_lines(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Line]:
    """The lines of a plain text; a line that begins with `>` is quoted, or as our own mark does."""
    rows = text.split("\n")
    joined = list(_unflowed(rows, delsp=delsp) if flowed else rows)
    lines = [_line(clean(row)) for row in joined]
    for at in _indented_like_our_mark(joined):
        lines[at] = replace(lines[at], mark=Mark.QUOTED)
    return lines


def _indented_like_our_mark(rows: Sequence[str]) -> Iterator[int]:
    """The lines of a quote that a client of its own habits indents: with a tab, `| `, somebody's initials."""
    prefix = ""
    for at, row in enumerate(rows):
        before, mark, _ = row.partition(SEPARATOR_MARK)
        if mark and before not in {"", " "} and len(before) <= _LONGEST_INDENT:
            prefix = before
        if prefix and row.strip() and not row.startswith(prefix):
            return
        if prefix and row.strip():
            yield at


def _line(text: str) -> Line:
    return Line(text, Mark.QUOTED if _QUOTE.match(text) else Mark.SAID)


def _unflowed(rows: Iterable[str], *, delsp: bool) -> Iterator[str]:
    """Soft line breaks joined (RFC 3676 §4): a trailing blank continues at the same depth of quoting."""
    held: list[str] = []
    depth = 0
    for row in rows:
        text = row.rstrip("\r").lstrip(">")
        level = len(row.rstrip("\r")) - len(text)
        text = text.removeprefix(" ")
        if held and (level != depth or text == "-- "):
            yield _paragraph(held, depth)
            held = []
        depth = level
        soft = text.endswith(" ") and text != "-- "
        held.append(text[:-1] if soft and delsp else text)
        if not soft:
            yield _paragraph(held, depth)
            held = []
    if held:
        yield _paragraph(held, depth)


def _paragraph(held: list[str], depth: int) -> str:
    return (">" * depth + " " if depth else "") + "".join(held)
