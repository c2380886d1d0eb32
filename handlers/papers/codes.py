"""The code on a paper: a link that opens the request in a chat, and what a photograph of one says."""

import re
from urllib.parse import parse_qs, urlsplit

PREFIX = "r_"
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,62}", re.ASCII)
_NUMBER = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}-\d{4}-\d{1,6}", re.ASCII)
_HOSTS = frozenset({"t.me", "telegram.me"})


def link_to(number: str, bot: str | None) -> str:
    """What the code says: a link to the card (Bot API: deep linking), or the number where no bot is named.

    A number with other letters than a link takes is said bare too; the photo door reads both.
    """
    if bot is None or not _PAYLOAD.fullmatch(number):
        return number
    return f"https://t.me/{bot}?start={PREFIX}{number}"


def number_in(payload: str) -> str | None:
    """The request that a start parameter names; None for an invitation or anything else."""
    return payload.removeprefix(PREFIX) if payload.startswith(PREFIX) else None


def number_said(text: str, bot: str | None) -> str | None:
    """The request that a code names, if it is one of ours; None for anybody else's code."""
    if _NUMBER.fullmatch(text):
        return text
    try:
        link = urlsplit(text)
    except ValueError:  # `http://[` is no address at all
        return None
    if link.hostname not in _HOSTS or bot is None or link.path.strip("/").lower() != bot.lower():
        return None
    return number_in((parse_qs(link.query).get("start") or [""])[0])


LARGEST_SIDE = 2000
"""Pixels: a code on a page is found in far fewer, and a photograph of a telephone has many more."""
MOST_PIXELS = 40_000_000
"""More than any chat sends as a photograph: such a picture would only fill the memory."""


def codes_in(picture: bytes) -> tuple[str, ...]:
    """What the codes in a photograph say; nothing for what is no picture. Takes a while: use a thread."""
    from io import BytesIO

    import zxingcpp  # only who sends a photograph needs it
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(picture)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return ()
            opened.draft("L", (LARGEST_SIDE, LARGEST_SIDE))
            grey = opened.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return ()
    grey.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return tuple(one.text for one in found)
