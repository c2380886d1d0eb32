"""The content of a signed CMS message (RFC 5652 §5, RFC 8551 §3.5.2), whose signature is not checked here."""

from collections.abc import Iterator

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_SEQUENCE, _OCTETS, _OCTETS_IN_PIECES, _OBJECT, _EXPLICIT = 0x30, 0x04, 0x24, 0x06, 0xA0
_INDEFINITE = -1
_DEEPEST = 12


def signed_content(der: bytes) -> bytes | None:
    """The bytes that were signed; None when the message is encrypted, detached or not CMS at all."""
    info = _inside(der, _SEQUENCE)
    if info is None or _first(info, _OBJECT) != _SIGNED_DATA:
        return None
    wrapped = _first(info, _EXPLICIT)
    data = _first(wrapped or b"", _SEQUENCE)
    encapsulated = _first(data or b"", _SEQUENCE)
    content = _first(encapsulated or b"", _EXPLICIT)
    return None if content is None else _octets(content, 0)


def _inside(data: bytes, tag: int) -> bytes | None:
    element = next(_elements(data), None)
    return element[1] if element and element[0] == tag else None


def _first(data: bytes, tag: int) -> bytes | None:
    return next((value for found, value in _elements(data) if found == tag), None)


def _octets(data: bytes, depth: int) -> bytes | None:
    for tag, value in _elements(data):
        if tag == _OCTETS:
            return value
        if tag == _OCTETS_IN_PIECES and depth < _DEEPEST:
            return b"".join(piece for found, piece in _elements(value) if found == _OCTETS)
    return None


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each element (X.690 §8.1), those of indefinite length included; stops at nonsense."""
    position = 0
    while position + 2 <= len(data):
        tag = data[position]
        length, start = _length(data, position + 1)
        end = _end_of(data, start, 0) if length == _INDEFINITE else start + length
        if start > len(data) or end < start or end > len(data) or (tag, length) == (0, 0):
            return
        yield tag, data[start : end - 2 if length == _INDEFINITE else end]
        position = end


def _length(data: bytes, position: int) -> tuple[int, int]:
    first = data[position]
    if first < 0x80:
        return first, position + 1
    if first == 0x80:
        return _INDEFINITE, position + 1
    count = first & 0x7F
    return int.from_bytes(data[position + 1 : position + 1 + count][:8]), position + 1 + count


def _end_of(data: bytes, position: int, depth: int) -> int:
    """Where an element of indefinite length ends, its two closing zeros included; -1 if it does not."""
    while position + 2 <= len(data) and depth < _DEEPEST:
        if data[position : position + 2] == b"\0\0":
            return position + 2
        length, start = _length(data, position + 1)
        position = _end_of(data, start, depth + 1) if length == _INDEFINITE else start + length
        if position < 0:
            return -1
    return -1
