"""CSV (RFC 4180) as programs really write it: any of the usual encodings and delimiters."""

import csv
import io
from collections import Counter
from itertools import pairwise

from models.rules.gaps.refusals import BadList
from models.rules.gaps.sheets import MOST_COLUMNS, MOST_ROWS, Cells, Sheet, trimmed
from models.rules.vocabulary import ListFormat, ListProblem

DELIMITERS = ";\t,|"
LONGEST_CELL = 100_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CYRILLIC = "оеаинтсрвл"
_LOOKED_AT = 20_000


def read(name: str, data: bytes) -> Sheet:
    """The rows; the first one is the header. Raises `BadList`."""
    text = decoded(data)
    if text is None:
        raise BadList(name=name, why=ListProblem.BROKEN)
    csv.field_size_limit(LONGEST_CELL)
    rows: list[Cells] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)):
            cells = trimmed(tuple(cell.strip() for cell in row[:MOST_COLUMNS]))
            if cells:
                rows.append(cells)
            if len(rows) > MOST_ROWS + 1:
                raise BadList(name=name, why=ListProblem.TOO_MANY, limit=MOST_ROWS)
    except csv.Error as error:
        raise BadList(name=name, why=ListProblem.BROKEN) from error
    header, *rest = rows or [()]
    return Sheet(format=ListFormat.CSV, header=header, rows=rest)


def decoded(data: bytes) -> str | None:
    """The text, by its mark, else as UTF-8, else in the Cyrillic or Latin code page that reads best.

    A file of mixed encodings is read line by line: each line in the one that fits it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    return _strict(data, "utf-8") or "\n".join(map(_line, data.split(b"\n")))


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _line(line: bytes) -> str:
    whole = _strict(line, "utf-8")
    if whole is not None:
        return whole
    read = [text for encoding in _CODE_PAGES if (text := _strict(line, encoding)) is not None]
    return max(read, key=_likely) if read else line.decode("cp1251", errors="replace")


_CODE_PAGES = ("cp1251", "kz1048", "koi8-r", "cp866", "cp1254")


def _likely(text: str) -> float:
    """How much a text looks like words: common small letters count, capitals inside words and signs weigh."""
    letters = Counter(text)
    common = sum(letters[one] for one in _CYRILLIC) + sum(letters[one] for one in "əıöüçşğ")
    odd = sum(n for one, n in letters.items() if ord(one) > 127 and not one.isalpha())
    inside = sum(1 for a, b in pairwise(text) if a.islower() and b.isupper())
    return common - 2 * odd - 2 * inside


def delimiter(text: str) -> str:
    """The sign that divides the first lines most evenly; without any in the first one there is one column."""
    head = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()][:20]
    signs = [sign for sign in DELIMITERS if head and sign in head[0]]
    return max(signs, key=lambda sign: _evenness(head, sign), default="\x1f")


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    counts = Counter(line.count(sign) for line in lines if line.count(sign))
    if not counts:
        return (0, 0)
    most, times = counts.most_common(1)[0]
    return (times, most)
