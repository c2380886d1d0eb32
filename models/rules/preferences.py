"""What a person chose for themselves, as it is stored with them and as the desk reads it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from models.rules.vocabulary import Reach

DIGEST_HOUR = 9
QUIET = (19, 8)
HOURS = range(24)
_ADDRESS = re.compile(r"[!-?A-~]+@[^\s@]+\.[^\s@.]+")
LONGEST_ADDRESS = 254
"""RFC 5321 §4.5.3.1.3, without the angle brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Hours are those of the library's zone. `off` names the clocks that do not remind this person.

    `away_until` is the last day away; `wanted_email` waits for its owner's YES, after which news comes by
    `wanted_reach`.
    """

    digest_hour: int | None = DIGEST_HOUR
    quiet: tuple[int, int] | None = QUIET
    off: frozenset[str] = frozenset()
    away_until: date | None = None
    deputy: int | None = None
    wanted_email: str | None = None
    wanted_reach: Reach | None = None

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """What was stored; a key that is absent means the default, a None means off."""
        quiet = stored.get("quiet", QUIET)
        away, reach = stored.get("away_until"), stored.get("wanted_reach")
        return cls(
            digest_hour=stored.get("digest_hour", DIGEST_HOUR),
            quiet=(quiet[0], quiet[1]) if quiet else None,
            off=frozenset(stored.get("off", ())),
            away_until=date.fromisoformat(away) if away else None,
            deputy=stored.get("deputy"),
            wanted_email=stored.get("wanted_email"),
            wanted_reach=Reach(reach) if reach else None,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; what `read` would assume anyway is left out, except an hour turned off."""
        away = self.away_until
        stored = {
            "off": sorted(self.off),
            "away_until": away.isoformat() if away else None,
            "deputy": self.deputy,
            "wanted_email": self.wanted_email,
            "wanted_reach": self.wanted_reach,
        }
        hours = {"digest_hour": self.digest_hour, "quiet": list(self.quiet) if self.quiet else None}
        return {**hours, **{name: value for name, value in stored.items() if value}}

    def is_away(self, today: date) -> bool:
        """Whether the person is away on that day of their library's calendar."""
        return self.away_until is not None and today <= self.away_until

    def is_quiet(self, hour: int) -> bool:
        """Whether news arrives without a sound at that hour; the quiet may pass midnight."""
        if self.quiet is None:
            return False
        start, end = self.quiet
        return start <= hour < end if start < end else hour >= start or hour < end

    def back(self) -> "Preferences":
        """The same without the absence."""
        return replace(self, away_until=None, deputy=None)


def is_address(typed: str) -> bool:
    """Whether a mail can be written there: the part before the @ in ASCII, a domain with a dot after it."""
    return len(typed) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(typed) is not None
