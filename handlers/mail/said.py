"""What stood beside the word of a mail, as the lifecycle and the forms take it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from handlers.mail.commands import sentence_of
from handlers.mail.details import Details as Said
from handlers.text.words import fold
from models.rules.citation import FieldProblem, edit_line, parse_field
from models.rules.errors import BadField
from models.rules.lifecycle import Detail, Details
from models.rules.lifecycle.table import ROWS
from models.rules.vocabulary import Act, Reason, ScanProblem

DUE_ACTS = frozenset({Act.CHANGE_DUE, Act.ASK_RENEWAL, Act.GRANT_RENEWAL})
EXPLAINED = frozenset(row.act for row in ROWS if Detail.NOTE in row.needs)
"""Acts that need a sentence: whatever stands behind their word is one."""


def details_of(said: Said, act: Act) -> Details:
    """What stood beside the word, as the lifecycle takes it; defaults where a word says enough."""
    reason, problem = _reason(said, act), _problem(said, act)
    return Details(
        reason=reason,
        problem=problem,
        conditions=(said.condition,) if said.condition else (),
        due=said.due_date or (said.until if act in DUE_ACTS else None),
        until=said.until,
        parcel=said.parcel,
        pieces=said.pieces,
        settlement=said.settlement,
        cost=said.cost,
        pages=said.pages,
        note=said.note,
        value=said.value,
        insured=said.insured,
    )


def _reason(said: Said, act: Act) -> Reason | None:
    named = said.reason if isinstance(said.reason, Reason) else None
    if named is not None:
        return named
    if act is Act.CONDITIONS and said.cost and not said.condition:
        return Reason.COST
    if act is Act.NO:
        return Reason.OTHER if said.note else None
    return {Act.CONDITIONS: Reason.MUST_MEET_CONDITION, Act.LATER: Reason.IN_PROCESS}.get(act)


def _problem(said: Said, act: Act) -> ScanProblem | None:
    if isinstance(said.reason, ScanProblem):
        return said.reason
    if act is not Act.PROBLEM:
        return None
    return ScanProblem.PAGES_MISSING if said.pages else ScanProblem.UNREADABLE


def colleague_named(said: str | None, colleagues: Iterable[tuple[int, str]]) -> int | None:
    """The one colleague whose name has all these words; None where that is nobody or more than one."""
    typed = set(fold(said or "").split())
    found = [number for number, name in colleagues if typed and typed <= set(fold(name).split())]
    return found[0] if len(found) == 1 else None


def tail_of(text: str) -> str | None:
    """What stands behind the first word of the first line."""
    return sentence_of(text.strip().partition("\n")[0].partition(" ")[2])


def edits_of(text: str, today: date) -> dict[str, Any]:
    """The fields that lines such as `year: 1998` change; raises `BadField` for what no field can hold."""
    edits: dict[str, Any] = {}
    for one in text.splitlines():
        edit = edit_line(one)
        if edit is None:
            continue
        value = parse_field(edit[0], edit[1], today=today)
        if isinstance(value, FieldProblem):
            raise BadField(field=value.field, kind=value.kind, limit=value.limit)
        edits[edit[0]] = value.isoformat() if isinstance(value, date) else value
    return edits
