"""JSON as it is stored, by the standard library: `JSONField(encoder=dump, decoder=load)`.

Named here, and not left to tortoise, which would write whatever JSON library is installed into migrations.
"""

import json
from typing import Any


def dump(value: object) -> str:
    """Compact, readable letters. Raises TypeError for what JSON has no form for."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(text: str | bytes) -> Any:
    """Raises ValueError for what is not JSON."""
    return json.loads(text)
