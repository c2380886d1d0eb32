"""From a citation to the values of a request. Pure."""

from typing import Any

from models.rules.citation import Citation, as_json

NOT_VALUES = frozenset({"service"})


def values_of(citation: Citation) -> dict[str, Any]:
    """The fields that were understood, by their names; the pasted line is always among them.

    An article whose host is not named is filed under its own title.
    """
    values = {name: value for name, value in as_json(citation).items() if value is not None}
    if "title" not in values and "part_title" in values:
        values["title"] = values["part_title"]
    return {name: value for name, value in values.items() if name not in NOT_VALUES}
