"""From a citation to the values of a request. Pure."""

import re
from typing import Any, NamedTuple

from models.rules.citation import LIMITS, Citation, as_json

_READER = re.compile(
    r"(?:^|(?<=[;\n]))[ \t>*•–-]*(?:reader|oxucu|оқырман|окырман|читател)\w*"
    r"[^:№#;\n]{0,30}[:№#]+[ \t]*([^;\n]+)(?:[;\n]|$)",
    re.IGNORECASE,
)
NAMELESS = frozenset({"raw", "kind", "title"})
"""What any words give: a text of which nothing else was understood is hardly a citation."""
NOT_VALUES = frozenset({"service"})


def values_of(citation: Citation) -> dict[str, Any]:
    """The fields that were understood, by their names; the pasted line is always among them.

    An article whose host is not named is filed under its own title.
    """
    values = {name: value for name, value in as_json(citation).items() if value is not None}
    if "title" not in values and "part_title" in values:
        values["title"] = values["part_title"]
    return {name: value for name, value in values.items() if name not in NOT_VALUES}


class Slip(NamedTuple):
    """What was pasted, and whose it is: the reader is never part of what the other library may read."""

    text: str
    reader: str | None


def without_reader(text: str) -> Slip:
    """Take the lines about the reader ("Reader: …", "Oxucu № …") out of a pasted slip."""
    found = [match[1].strip() for match in _READER.finditer(text)]
    return Slip(_READER.sub("", text), ", ".join(found)[:200] or None)


def is_citation(values: dict[str, Any]) -> bool:
    """Whether more was understood than that there are words."""
    return bool(values.keys() - NAMELESS)


def titled(values: dict[str, Any], text: str) -> dict[str, Any]:
    """The same with a title in any case: the beginning of the text, what does not fit beside it."""
    if values.get("title") or not text.strip():
        return values
    flat = " ".join(text.split())
    title = flat[: LIMITS["title"]].rsplit(" ", 1)[0] if len(flat) > LIMITS["title"] else flat
    rest = flat[len(title) :].strip()
    return {**values, "title": title, **({"rest": rest} if rest else {})}
