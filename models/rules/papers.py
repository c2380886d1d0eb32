"""Which papers a request can be printed on, at a stage, by a side."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from models.rules.vocabulary import Service, Side, Stage


class Paper(StrEnum):
    """What can be printed from a request; the value names it on the command line and in file names."""

    REQUEST_FORM = "request-form"
    PULL_SLIP = "pull-slip"
    DISPATCH_SLIP = "dispatch-slip"
    RETURN_SLIP = "return-slip"
    LABEL = "label"
    COVER_SHEET = "cover-sheet"
    CUSTOMS = "customs"


class LetterKind(StrEnum):
    """The letters of an agreement that are drafted for signature (clauses 5.1 and 5.2)."""

    NOTICE = "notice"
    WITHDRAWAL = "withdrawal"
    AMENDMENT = "amendment"


@dataclass(frozen=True, slots=True)
class _Row:
    paper: Paper
    side: Side | None
    services: Collection[Service]
    stages: Collection[Stage]


_BOTH = frozenset(Service)
_LOAN, _COPY = frozenset({Service.LOAN}), frozenset({Service.COPY})
_ASKED = frozenset(
    {
        Stage.SENT,
        Stage.RECEIVED,
        Stage.SEARCHING,
        Stage.CONDITIONAL,
        Stage.WILL_SUPPLY,
        Stage.CANCEL_ASKED,
    }
)
_SENDING = _ASKED | {Stage.SHIPPED}
_BACK = frozenset({Stage.ON_LOAN, Stage.RETURNING})
_TABLE = (
    _Row(Paper.PULL_SLIP, Side.SUPPLYING, _BOTH, _ASKED | {Stage.RESEND}),
    _Row(Paper.DISPATCH_SLIP, Side.SUPPLYING, _LOAN, _SENDING),
    _Row(Paper.RETURN_SLIP, Side.REQUESTING, _LOAN, _BACK | {Stage.SHIPPED}),
    _Row(Paper.LABEL, Side.SUPPLYING, _LOAN, _SENDING),
    _Row(Paper.LABEL, Side.REQUESTING, _LOAN, _BACK),
    _Row(Paper.CUSTOMS, Side.SUPPLYING, _LOAN, _SENDING),
    _Row(Paper.CUSTOMS, Side.REQUESTING, _LOAN, _BACK),
    _Row(Paper.COVER_SHEET, Side.SUPPLYING, _COPY, _ASKED | {Stage.DELIVERED, Stage.RESEND}),
    _Row(Paper.COVER_SHEET, Side.REQUESTING, _COPY, {Stage.DELIVERED, Stage.DONE}),
    _Row(Paper.REQUEST_FORM, None, _BOTH, frozenset(Stage) - {Stage.DRAFT}),
)
"""The papers of a side, that of the moment first."""


def possible(service: Service, stage: Stage, side: Side) -> tuple[Paper, ...]:
    """The papers that make sense now, in the order in which they are offered."""
    return tuple(
        row.paper
        for row in _TABLE
        if row.side in {None, side} and service in row.services and stage in row.stages
    )


NEEDS_PERMISSION = frozenset({*_ASKED, Stage.RETRY})
"""While the item is still in the supplying library's country."""


def permission_awaited(
    service: Service, stage: Stage, *, year: object, older_than: int | None, now: int
) -> bool:
    """Whether an original of that `year` may leave the country only with a permission; `now` is this year.

    `older_than` is the supplying library's own setting: None, no warning. A document without a year that can
    be read is not warned of: only the library can tell.
    """
    if older_than is None or service is not Service.LOAN or stage not in NEEDS_PERMISSION:
        return False
    written = str(year)
    return written.isdecimal() and now - int(written) > older_than
