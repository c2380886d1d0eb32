"""The guided form: which fields each service asks for, in which order, which may be skipped. Pure."""

from collections.abc import Sequence
from typing import Any

from models.rules.citation import missing
from models.rules.vocabulary import Also, Service

READER = "reader"
"""The reader's reference is asked with the rest, but kept apart: it stays with the requesting library."""

STEPS: dict[Service, tuple[str, ...]] = {
    Service.LOAN: ("title", "author", "year", "volume", "needed_by", READER, "note"),
    Service.COPY: ("title", "pages", "author", "part_title", "year", "issue", "needed_by", READER, "note"),
    Service.ACQUISITION: ("title", "author", "year", "isbn", "needed_by", READER, "note"),
}
"""The questions of the form; every other field can be added from the review."""

EDITABLE: dict[Service, tuple[str, ...]] = {
    Service.LOAN: (
        "title",
        "author",
        "year",
        "volume",
        "place",
        "publisher",
        "edition",
        "isbn",
        "shelf_mark",
        "language",
        "needed_by",
        "purpose",
        READER,
        "source",
        "our_number",
        "also",
        "note",
    ),
    Service.COPY: (
        "title",
        "pages",
        "part_title",
        "part_author",
        "author",
        "year",
        "volume",
        "issue",
        "issue_date",
        "publisher",
        "isbn",
        "issn",
        "doi",
        "url",
        "shelf_mark",
        "language",
        "needed_by",
        "purpose",
        READER,
        "source",
        "our_number",
        "also",
        "note",
    ),
    Service.ACQUISITION: (
        "title",
        "author",
        "year",
        "volume",
        "issue",
        "place",
        "publisher",
        "edition",
        "isbn",
        "issn",
        "url",
        "language",
        "quantity",
        "needed_by",
        READER,
        "source",
        "our_number",
        "also",
        "note",
    ),
}
"""What the review offers to change."""

ALTERNATIVES: dict[Service, tuple[Also, ...]] = {
    Service.LOAN: (Also.COPY, Also.OTHER_EDITION, Also.MICROFILM, Also.RELEVANT_PART),
    Service.COPY: (Also.LOAN, Also.OTHER_EDITION, Also.MICROFILM),
    Service.ACQUISITION: (Also.COPY, Also.OTHER_EDITION),
}
"""What may do as well as what is asked for."""

ALL = frozenset(name for names in EDITABLE.values() for name in names)
"""Every field that a person can change."""

ALONE = "alone:"
"""Marks a step that was chosen from the review, and returns there instead of walking on."""


def next_step(service: Service, values: dict[str, Any], *, after: str | None) -> str | None:
    """The next question that has no answer yet; None when the review comes. `after` None: the first one."""
    steps = STEPS[service]
    start = steps.index(after) + 1 if after in steps else 0
    return next((step for step in steps[start:] if not values.get(step)), None)


def previous_step(service: Service, step: str) -> str | None:
    """The question before this one; None before the first."""
    steps = STEPS[service]
    at = steps.index(step) if step in steps else 0
    return steps[at - 1] if at else None


def may_skip(service: Service, values: dict[str, Any], step: str) -> bool:
    """Whether the field may stay empty: the title never, of pages and part title one."""
    without = {name: value for name, value in values.items() if name != step}
    return step not in missing(service, without)


def is_complete(service: Service, values: dict[str, Any]) -> bool:
    """Whether the draft can be sent."""
    return not missing(service, values)


def toggled(chosen: Sequence[str], one: str) -> list[str]:
    """The alternatives with this one added, or taken off when it was there; in their usual order."""
    kept = set(chosen) ^ {one}
    return [also.value for also in Also if also in kept]
