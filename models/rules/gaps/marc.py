"""MARC 21 and UNIMARC, in ISO 2709 and MARCXML, by pymarc; a record with a bad leader is read by its marks.

What stands in which field: MARC 21 Format for Bibliographic Data; UNIMARC Manual, Bibliographic Format.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from models.rules.gaps.delimited import decoded
from models.rules.gaps.refusals import BadList
from models.rules.gaps.sheets import MOST_ROWS, Cells, Sheet
from models.rules.vocabulary import ListFormat, ListProblem

RECORD_END, FIELD_END, SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
LEADER, ENTRY = 24, 12
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_TRIM = " /:;,.=[]"

Tagged = dict[str, list[list[tuple[str, str]]]]
"""Tag → its fields → their subfields, code and text; a control field has one without a code."""

Source = tuple[tuple[str, str], ...]
MARC21: dict[str, Source] = {
    "title": (("245", "abnp"),),
    "author": (("100", "a"), ("110", "ab"), ("111", "a"), ("700", "a")),
    "year": (("264", "c"), ("260", "c")),
    "volume": (("773", "g"),),
    "place": (("264", "a"), ("260", "a")),
    "publisher": (("264", "b"), ("260", "b")),
    "edition": (("250", "a"),),
    "isbn": (("020", "a"),),
    "issn": (("022", "a"),),
}
UNIMARC: dict[str, Source] = {
    "title": (("200", "aehi"),),
    "author": (("700", "ab"), ("701", "ab"), ("710", "a")),
    "year": (("214", "d"), ("210", "d")),
    "volume": (("200", "h"),),
    "place": (("214", "a"), ("210", "a")),
    "publisher": (("214", "c"), ("210", "c")),
    "edition": (("205", "a"),),
    "isbn": (("010", "a"),),
    "issn": (("011", "a"),),
}


def is_marc(data: bytes) -> bool:
    """Whether the bytes look like ISO 2709, good leader or bad."""
    head = data.lstrip()[:2000]
    return RECORD_END in data and FIELD_END in head and not head.startswith(b"<")


def is_xml(data: bytes) -> bool:
    """Whether the bytes look like XML."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<collection", b"<record", b"<marc:"))


def read(name: str, data: bytes) -> Sheet:
    """The records of an ISO 2709 file; a record of which nothing can be made is a row of its own."""
    pieces = [piece for piece in data.split(RECORD_END) if piece.strip()]
    if len(pieces) > MOST_ROWS:
        raise BadList(name=name, why=ListProblem.TOO_MANY, limit=MOST_ROWS)
    return _sheet([_tagged(piece.lstrip(b"\r\n\x1a")) for piece in pieces], pieces)


def read_xml(name: str, data: bytes) -> Sheet:
    """The records of a MARCXML file. Raises `BadList`, also for XML that declares entities of its own."""
    if b"<!DOCTYPE" in data[: LEADER * 1000].upper() or b"<!ENTITY" in data.upper():
        raise BadList(name=name, why=ListProblem.BOMB)
    import pymarc

    read_all: Callable[[io.BytesIO], list[Any]] = pymarc.parse_xml_to_array
    try:
        records = [record for record in read_all(io.BytesIO(data)) if record is not None]
    except Exception as error:  # SAX and pymarc raise nearly everything
        raise BadList(name=name, why=ListProblem.BROKEN) from error
    if not records:
        raise BadList(name=name, why=ListProblem.UNKNOWN)
    sheet = _sheet([_of_pymarc(record) for record in records], [b""] * len(records))
    return Sheet(format=ListFormat.MARCXML, header=sheet.header, rows=sheet.rows, fields=sheet.fields)


def _sheet(records: Sequence[Tagged | None], pieces: Sequence[bytes]) -> Sheet:
    unimarc = sum(1 for one in records if one and "200" in one and "245" not in one)
    table = UNIMARC if unimarc * 2 > len(records) else MARC21
    rows: list[Cells] = []
    unreadable: set[int] = set()
    for number, (record, piece) in enumerate(zip(records, pieces, strict=True)):
        if record is None:
            unreadable.add(number)
            rows.append((decoded(piece[:300]) or "",))
        else:
            rows.append(_row(record, UNIMARC if "245" not in record and "200" in record else MARC21))
    header = tuple(" ".join(f"{tag}${codes}" for tag, codes in source) for source in table.values())
    return Sheet(
        format=ListFormat.UNIMARC if table is UNIMARC else ListFormat.MARC,
        header=header,
        rows=rows,
        fields=tuple(table),
        unreadable=frozenset(unreadable),
    )


def _row(record: Tagged, table: dict[str, Source]) -> Cells:
    return tuple(_READ.get(name, _first)(record, source) for name, source in table.items())


def _first(record: Tagged, source: Source) -> str:
    return next((text for text in _texts(record, source) if text), "")


def _texts(record: Tagged, source: Source) -> Iterator[str]:
    for tag, codes in source:
        for subfields in record.get(tag, ()):
            parts = (text.strip(_TRIM) for code, text in subfields if code in codes)
            yield ". ".join(part for part in parts if part)


def _year(record: Tagged, source: Source) -> str:
    fixed = "".join(text for _, text in (record.get("008") or [[]])[0])[7:11]
    found = _YEAR.search(_first(record, source)) or _YEAR.search(fixed)
    return found[1] if found else ""


def _isbn(record: Tagged, source: Source) -> str:
    """The number without what is said of the binding behind it."""
    found = re.search(r"[\dXx][\dXx-]{8,16}", _first(record, source))
    return found[0] if found else ""


_READ: dict[str, Callable[[Tagged, Source], str]] = {"year": _year, "isbn": _isbn}


def _tagged(piece: bytes) -> Tagged | None:
    """A record by its directory; where leader or directory lie, by the marks between its fields."""
    return _by_pymarc(piece + RECORD_END) or _by_marks(piece)


def _by_pymarc(raw: bytes) -> Tagged | None:
    from pymarc import Record
    from pymarc.exceptions import PymarcException

    utf8 = _is_utf8(raw)
    if not raw[:5].isdigit() or int(raw[:5]) != len(raw) or (not utf8 and raw[9:10] != b" "):
        return None
    try:
        record = Record(raw, force_utf8=utf8, hide_utf8_warnings=True)
    except (PymarcException, ValueError, IndexError, KeyError, TypeError, AttributeError):
        return None
    tagged = _of_pymarc(record)
    return tagged if _has_title(tagged) else None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_pymarc(record: Any) -> Tagged:
    tagged: Tagged = {}
    for field in record.fields:
        subfields = [("", field.data or "")] if field.is_control_field() else list(field.subfields)
        tagged.setdefault(field.tag, []).append([(str(code), str(text)) for code, text in subfields])
    return tagged


def _by_marks(piece: bytes) -> Tagged | None:
    head, *fields = piece.split(FIELD_END)
    directory = head[LEADER:]
    tags = [directory[at : at + 3].decode("ascii", "replace") for at in range(0, len(directory), ENTRY)]
    tagged: Tagged = {}
    for tag, field in zip(tags, fields, strict=False):
        control, *parts = field.split(SUBFIELD)
        if tag.startswith("00"):
            tagged.setdefault(tag, []).append([("", decoded(control) or "")])
            continue
        subfields = [(part[:1].decode("ascii", "replace"), decoded(part[1:]) or "") for part in parts if part]
        tagged.setdefault(tag, []).append(subfields)
    return tagged if _has_title(tagged) else None


def _has_title(tagged: Tagged) -> bool:
    return "245" in tagged or "200" in tagged
