"""Whether two requests ask for the same document. Pure.

Candidates are found by a key that both have (`keys`); `same` then looks closer. Loan or copy makes no
difference: who has the book need not have its pages copied.
"""

from datetime import timedelta
from typing import Any

from models.rules.fold import fold
from models.rules.searching import LONGEST_IDENTIFIER, identifiers

LOOKED_BACK = timedelta(days=365)
"""A request that ended longer ago is not asked twice, it is asked again."""

PARTS = ("volume", "issue", "pages", "part_title")
"""Where both name one and they differ, another piece of the same document is asked for."""


def keys(values: dict[str, Any]) -> tuple[str, ...]:
    """What the same document shares: its ISBN or DOI, its folded title. An ISSN names many documents."""
    exact = [one for one in identifiers(values) if one.startswith(("isbn:", "doi:"))]
    title = _title(values)
    return (*exact, f"title:{title}"[:LONGEST_IDENTIFIER]) if title else tuple(exact)


def _title(values: dict[str, Any]) -> str:
    """The part's own title; pages of a periodical without one are named by the issue and the pages."""
    if part := values.get("part_title"):
        return fold(str(part))
    title = fold(str(values.get("title") or ""))
    periodical = any(values.get(name) for name in ("issn", "issue", "issue_date"))
    if not (title and periodical):
        return title
    rest = (values.get(name) for name in ("year", "issue_date", "volume", "issue", "pages"))
    return " ".join([title, *(str(one) for one in rest if one)])


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two requests that share a key ask for the same piece of the same document."""
    if any(_differ(one, other, part) for part in PARTS):
        return False
    exact = {key for key in keys(one) if not key.startswith("title:")}
    return bool(exact & set(keys(other))) or _authors_agree(one, other)


def _differ(one: dict[str, Any], other: dict[str, Any], part: str) -> bool:
    mine, theirs = (fold(str(values.get(part) or "")) for values in (one, other))
    return bool(mine and theirs) and mine != theirs


def _authors_agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """One name in common, however the initials are written; no author agrees with any."""
    mine, theirs = (_names(values) for values in (one, other))
    return not (mine and theirs) or bool(mine & theirs)


def _names(values: dict[str, Any]) -> set[str]:
    written = f"{values.get('part_author') or values.get('author') or ''}"
    return {name for name in fold(written).split() if len(name) > 2}
