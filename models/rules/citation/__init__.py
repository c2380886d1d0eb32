"""Citations: what a librarian pastes, understood; what a form asks for, checked."""

from models.rules.citation.form import FIELDS, Field, FieldProblem, ProblemKind, missing, parse_field
from models.rules.citation.lines import FIELD_WORDS, edit_line
from models.rules.citation.reading import understand
from models.rules.citation.shape import LIMITS, Citation, Doubt, DoubtKind, as_json

__all__ = [
    "FIELDS",
    "FIELD_WORDS",
    "LIMITS",
    "Citation",
    "Doubt",
    "DoubtKind",
    "Field",
    "FieldProblem",
    "ProblemKind",
    "as_json",
    "edit_line",
    "missing",
    "parse_field",
    "understand",
]
