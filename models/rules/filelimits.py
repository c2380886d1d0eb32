"""What each way carries, and how long the program keeps a file. Octets; `MB` are 10⁶."""

from collections.abc import Sequence
from datetime import timedelta

from models.rules.vocabulary import Channel

CHAT_IN = 20_000_000
"""What a bot may download (Bot API: getFile)."""
CHAT_OUT = 50_000_000
"""What a bot may upload (Bot API: sendDocument)."""
MAIL_OUT = 10_000_000
"""All files of one mail: many servers take 25 MB, and base64 adds a third."""
WEB_IN = 500_000_000
"""One file of the upload page."""

KEPT = timedelta(days=30)
WARNED_BEFORE = timedelta(days=3)


def left_out(channel: Channel, sizes: Sequence[int]) -> list[int]:
    """Which files, by place, the channel cannot carry: in a chat each goes alone, in a mail together."""
    if channel is Channel.CHAT:
        return [place for place, size in enumerate(sizes) if size > CHAT_OUT]
    room, left = MAIL_OUT, []
    for place, size in enumerate(sizes):
        if size > room:
            left.append(place)
        else:
            room -= size
    return left
