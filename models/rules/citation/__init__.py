"""Citations: what a librarian pastes, understood; what a form asks for, checked."""

from models.rules.citation.reading import understand
from models.rules.citation.shape import LIMITS, Citation, Doubt, DoubtKind, as_json

__all__ = ["LIMITS", "Citation", "Doubt", "DoubtKind", "as_json", "understand"]
