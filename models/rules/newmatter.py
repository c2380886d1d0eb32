"""Whether what was said in a request's thread is another matter: a new subject, or a citation. Pure."""

import re
from typing import Any

from models.rules import form
from models.rules.citation import Citation, understand
from models.rules.filing import values_of
from models.rules.fold import fold
from models.rules.prose import IDENTIFIERS, IMPRINT, looks_like_citation

_WORD = re.compile(r"[^\W\d_]{4,}")


def cited_anew(text: str, title: str) -> Citation | None:
    """The whole citation that the text is, unless it is the request's own title once more."""
    citation = understand(text)
    values = values_of(citation)
    if not form.is_complete(citation.service, values) or not looks_like_citation(text, values):
        return None
    return citation if _is_sure(values) and not _related(str(values["title"]), title) else None


def _is_sure(values: dict[str, Any]) -> bool:
    told = {name for name, value in values.items() if value}
    return bool(told & IDENTIFIERS) or len(told & IMPRINT) > 1 or {"author", "year"} <= told


def is_new_subject(subject: str, title: str) -> bool:
    """Whether a subject without the request's number speaks of something else than the request."""
    return bool(_words(subject)) and not _related(subject, title)


def _related(one: str, other: str) -> bool:
    return not _words(one).isdisjoint(_words(other))


def _words(text: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(text)}
