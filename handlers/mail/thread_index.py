"""Outlook's own idea of a thread, continued so that its conversations hold together ([MS-OXOMSG] 2.2.1.3)."""

import base64
import binascii
from datetime import UTC, datetime, timedelta

_HEADER = 22
_LONGEST = _HEADER + 5 * 40
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def continued(index: str, now: datetime) -> str | None:
    """The Thread-Index of an answer at `now` to the message with this one; None where it is no Thread-Index.

    A thread that has grown past forty answers keeps the index it has, for Outlook reads no more of it.
    """
    try:
        parent = base64.b64decode("".join(index.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(parent) < _HEADER or (len(parent) - _HEADER) % 5:
        return None
    level = b"" if len(parent) >= _LONGEST else _level(parent, now)
    return base64.b64encode(parent + level).decode()


def _level(parent: bytes, now: datetime) -> bytes:
    begun = int.from_bytes(parent[:6], "big") << 16
    elapsed = max(0, (now - _EPOCH) // timedelta(microseconds=1) * 10 - begun)
    far = elapsed >= 1 << 49
    delta = (elapsed >> (23 if far else 18)) & 0x7FFF_FFFF
    return (far << 31 | delta).to_bytes(4, "big") + b"\0"
