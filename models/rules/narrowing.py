"""Which part of a list a person wants to see. Pure."""

import re
from dataclasses import dataclass, replace
from typing import Any, Self

from models.rules.vocabulary import Group, Service

_CODE = re.compile(r"(?:p(\d{1,9}))?\.?(?:s([a-z_]{1,16}))?\.?(?:g([a-z_]{1,16}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """One partner, one service, one group, or any of each."""

    partner: int | None = None
    service: Service | None = None
    group: Group | None = None

    def __bool__(self) -> bool:
        return self != Narrowing()

    def pack(self) -> str:
        """As a button carries it: at most 44 of the letters that a tap may hold."""
        parts = (("p", self.partner), ("s", self.service), ("g", self.group))
        return ".".join(f"{letter}{value}" for letter, value in parts if value is not None)

    @classmethod
    def read(cls, code: str) -> Self:
        """What `pack` wrote; anything else narrows nothing."""
        found = _CODE.fullmatch(code)
        if found is None:
            return cls()
        partner, service, group = found.groups()
        return cls(
            partner=int(partner) if partner else None,
            service=Service(service) if service in set(Service) else None,
            group=Group(group) if group in set(Group) else None,
        )

    def has(self, part: "Narrowing") -> bool:
        """Whether all that `part` names is named here too."""
        return all(getattr(self, name) == value for name, value in part.named.items())

    def turned(self, part: "Narrowing") -> "Narrowing":
        """With what `part` names switched on, or off where it was on already."""
        return replace(self, **(dict.fromkeys(part.named) if self.has(part) else part.named))

    @property
    def named(self) -> dict[str, Any]:
        """What is not left open."""
        given = {"partner": self.partner, "service": self.service, "group": self.group}
        return {name: value for name, value in given.items() if value is not None}
