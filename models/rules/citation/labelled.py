"""A citation pasted as a filled form: one "label: value" a line, as copied from a catalogue or a template."""

from datetime import date

from models.rules.citation.form import FieldProblem, ProblemKind, parse_field
from models.rules.citation.lines import edit_line
from models.rules.citation.shape import LIMITS, Doubt, DoubtKind
from models.rules.citation.slip import READ_LIMIT, Slip

_FIELDS = LIMITS.keys() | {"year", "issue_date", "isbn", "issn"}
_DOUBTS = {ProblemKind.NOT_AN_ISBN, ProblemKind.NOT_AN_ISSN}


def read_labelled(text: str) -> Slip | None:
    """The fields that the lines name, or None when fewer than two lines do; other lines go to `rest`."""
    lines = [line.strip() for line in text[:READ_LIMIT].splitlines() if line.strip()]
    edits = [(line, edit_line(line)) for line in lines]
    if sum(edit is not None for _, edit in edits) < 2:
        return None
    slip = Slip("")
    for line, edit in edits:
        if edit is None or edit[0] not in _FIELDS:
            _leave(slip, line)
        else:
            _fill(slip, *edit)
    if "part_title" in slip.found and "author" in slip.found:
        slip.found.setdefault("part_author", slip.found.pop("author"))
    return slip


def _fill(slip: Slip, name: str, written: str) -> None:
    value = parse_field(name, written)
    if isinstance(value, FieldProblem):
        _refuse(slip, value, written)
    elif name == "title" and "title" in slip.found:
        # "Title: … Journal: …": the second is the host of the first.
        slip.found.setdefault("part_title", slip.found["title"])
        slip.found["title"] = str(value)
    else:
        slip.found.setdefault(name, value.isoformat() if isinstance(value, date) else str(value))


def _refuse(slip: Slip, problem: FieldProblem, written: str) -> None:
    if problem.kind in _DOUBTS:
        slip.doubts.append(Doubt(problem.field, DoubtKind.CHECK_DIGIT, written))
    elif problem.kind is ProblemKind.TOO_LONG:
        slip.doubts.append(Doubt(problem.field, DoubtKind.TOO_LONG, written))
    else:
        _leave(slip, written)


def _leave(slip: Slip, line: str) -> None:
    slip.found["rest"] = "; ".join(filter(None, (slip.found.get("rest"), line)))
