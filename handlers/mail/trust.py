"""Whether the own mail server vouches for a sender (RFC 8601), and what that is worth here.

Only the topmost Authentication-Results of the configured server counts; without one the verdict is "none",
never "pass". SPF alone never counts.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.mail.mime import Part


class Trust(StrEnum):
    """What the own mail server found out about the From address."""

    VOUCHED = "pass"
    NONE = "none"
    FAIL = "fail"


_RESULT = re.compile(r"\b(dmarc|dkim)\s*=\s*(\w+)([^;]*)", re.IGNORECASE)
_RESULTS = "authentication-results"
_ABOUT = re.compile(r"header\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_SIGNED_BY = re.compile(r"header\.(?:d|i)\s*=\s*\"?@?([^\s;\"]+)", re.IGNORECASE)


M365 = "m365"
"""The setting for Microsoft 365, whose header names no server: the topmost one, above any hop but its own."""
_OWN_HOP = re.compile(r"\bby\s+[\w-]+(?:\.[\w-]+)*\.(?:outlook|office365)\.com\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Findings:
    """The topmost Authentication-Results of a mail, and the Received headers above it."""

    header: str = ""
    hops: tuple[str, ...] = ()

    @classmethod
    def of(cls, top: Part) -> "Findings":
        """Read the headers of a mail."""
        names = [name for name, _ in top.headers]
        if _RESULTS not in names:
            return cls()
        above = sum(name == "received" for name in names[: names.index(_RESULTS)])
        return cls(top.text(_RESULTS), tuple(top.all("received")[:above]))


def verdict(found: Findings, *, sender: str, authserv_id: str | None) -> Trust:
    """Read a header's value for the domain of `sender`; `authserv_id` is a host name, `.suffix` or `m365`."""
    results = _ours(found, authserv_id)
    if results is None:
        return Trust.NONE
    domain = sender.rpartition("@")[2].lower()
    told = _RESULT.findall(re.sub(r"\([^()]*\)", " ", results))
    outcomes = [outcome for outcome in (_outcome(*one, domain=domain) for one in told) if outcome]
    if Trust.FAIL in outcomes:
        return Trust.FAIL
    return Trust.VOUCHED if Trust.VOUCHED in outcomes else Trust.NONE


def _ours(found: Findings, authserv_id: str | None) -> str | None:
    """The results of our own server; None where the header is somebody else's."""
    if authserv_id == M365:
        own = all(_OWN_HOP.search(hop) for hop in found.hops)
        return found.header if own and found.header.lstrip().lower().startswith("spf=") else None
    server, _, results = found.header.partition(";")
    name = server.split()[0] if server.split() else ""
    return results if authserv_id is not None and _is_ours(name, authserv_id) else None


def _is_ours(server: str, authserv_id: str) -> bool:
    name, ours = server.lower(), authserv_id.lower()
    return name.endswith(ours) if ours.startswith(".") else name == ours


def _outcome(method: str, result: str, properties: str, *, domain: str) -> Trust | None:
    if method.lower() == "dmarc":
        return _dmarc(result.lower(), properties, domain=domain)
    signed = _SIGNED_BY.search(properties)
    fits = signed is not None and aligned(signed[1].rpartition("@")[2].lower(), domain)
    return Trust.VOUCHED if result.lower() == "pass" and fits else None


def _dmarc(result: str, properties: str, *, domain: str) -> Trust | None:
    """What DMARC found; about another From than the one that we read it says nothing."""
    about = _ABOUT.search(properties)
    if about is not None and about[1].lower() != domain:
        return None
    return {"pass": Trust.VOUCHED, "fail": Trust.FAIL}.get(result)


def aligned(signer: str, domain: str) -> bool:
    """Relaxed alignment (RFC 7489 §3.1.1), without a list of public suffixes: the domain itself or above."""
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))
