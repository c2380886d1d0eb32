"""The little Markdown that generated pages need."""

from collections.abc import Iterable, Iterator, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", r"\|") or "–"


def listed(members: Iterable[str]) -> str:
    """Codes, one after another."""
    return ", ".join(f"`{member}`" for member in members)


def paragraph(*lines: str) -> Iterator[str]:
    """Lines of prose and the blank one after them."""
    yield from lines
    yield ""
