"""The files in a winmail.dat (Transport-Neutral Encapsulation Format, [MS-OXTNEF]), as Outlook sends them."""

from collections.abc import Iterator

from handlers.mail.charsets import decode

_SIGNATURE = 0x223E9F78
_ATTACHMENT_BEGINS, _TITLE, _DATA = 0x00069002, 0x00018010, 0x0006800F
_HEAD, _CHECKSUM = 9, 2


def opened(packet: bytes) -> list[tuple[str, bytes]] | None:
    """Name and content of each file; None when the packet is not TNEF. A torn packet gives what is whole."""
    if int.from_bytes(packet[:4], "little") != _SIGNATURE:
        return None
    files: list[tuple[str, bytes]] = []
    for attribute, value in _attributes(packet):
        if attribute == _ATTACHMENT_BEGINS:
            files.append(("", b""))
        elif attribute == _TITLE and files:
            files[-1] = (_string(value), files[-1][1])
        elif attribute == _DATA and files:
            files[-1] = (files[-1][0], value)
    return [(name, content) for name, content in files if content]


def _attributes(packet: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + _HEAD <= len(packet):
        attribute = int.from_bytes(packet[position + 1 : position + 5], "little")
        start = position + _HEAD
        end = start + int.from_bytes(packet[position + 5 : start], "little")
        if end > len(packet):
            return
        yield attribute, packet[start:end]
        position = end + _CHECKSUM


def _string(value: bytes) -> str:
    return decode(value.rstrip(b"\0"))[0]
