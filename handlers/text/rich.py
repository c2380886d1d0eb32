"""Text with a little emphasis, before any channel: lines of spans. Escaping happens where it leaves."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from itertools import accumulate


class Style(StrEnum):
    """How a span stands out; a channel without the style shows the bare words."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style, maybe a link."""

    text: str
    style: Style = Style.PLAIN
    href: str | None = None


Line = tuple[Span, ...]
Lines = tuple[Line, ...]
BLANK: Line = ()


def line(*parts: str | Span) -> Line:
    """A line of plain strings and spans; line breaks inside become blanks."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(Span(" ".join(span.text.splitlines()), span.style, span.href) for span in spans if span.text)


def bold(text: str) -> Span:
    """Words that stand out."""
    return Span(text, Style.BOLD)


def italic(text: str) -> Span:
    """Words said aside."""
    return Span(text, Style.ITALIC)


def labelled(name: str, value: str) -> Line:
    """`Name: value`, the value never inflected."""
    return line(bold(f"{name}:"), " ", value)


def paragraphs(text: str) -> Lines:
    """Somebody's own words, line by line."""
    return tuple(line(one) for one in text.strip().splitlines())


def stacked(*blocks: Iterable[Line]) -> Lines:
    """Blocks under one another with a blank line between; empty ones leave no gap."""
    out: list[Line] = []
    for block in blocks:
        lines = tuple(block)
        if lines:
            out.extend((BLANK, *lines) if out else lines)
    return tuple(out)


def as_text(lines: Sequence[Line]) -> str:
    """The bare words."""
    return "\n".join("".join(span.text for span in one) for one in lines)


_TAGS = {Style.BOLD: "strong", Style.ITALIC: "em", Style.CODE: "code"}


def as_html(lines: Sequence[Line]) -> str:
    """HTML for a mail: every value escaped, one line a line."""
    return "<br>\n".join("".join(_html(span) for span in one) for one in lines)


def _html(span: Span) -> str:
    words = escape(span.text)
    if tag := _TAGS.get(span.style):
        words = f"<{tag}>{words}</{tag}>"
    return f'<a href="{escape(span.href)}">{words}</a>' if span.href else words


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


SHORTEST = 12
"""Spans are not shortened below this; what still does not fit is cut off at the end."""


def fitted(lines: Sequence[Line], limit: int) -> Lines:
    """The same lines within `limit` UTF-16 units: the longest spans shortened, then the end cut off."""
    if units(as_text(lines)) <= limit:
        return tuple(lines)
    caps = range(SHORTEST, limit)
    fitting = bisect_right(caps, limit, key=lambda cap: units(as_text(_capped(lines, cap))))
    return _capped(lines, caps[fitting - 1]) if fitting else _cut_off(_capped(lines, SHORTEST), limit)


def _capped(lines: Sequence[Line], cap: int) -> Lines:
    return tuple(tuple(replace(span, text=_shortened(span.text, cap)) for span in one) for one in lines)


def _shortened(text: str, cap: int) -> str:
    if units(text) <= cap:
        return text
    # Half of a letter outside the basic plane is dropped with its other half.
    return text.encode("utf-16-le")[: 2 * (cap - 1)].decode("utf-16-le", "ignore") + "…"


def _cut_off(lines: Lines, limit: int) -> Lines:
    """The first lines that fit, and a sign that more followed."""
    more = line("…")
    ends = accumulate(units(as_text([one])) + 1 for one in lines)
    return (*(one for one, end in zip(lines, ends, strict=True) if end + 1 <= limit), more)
