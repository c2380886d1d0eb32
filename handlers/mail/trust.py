"""Whether the own mail server vouches for a sender (RFC 8601), and what that is worth here.

Only the topmost Authentication-Results of the configured server counts; without one the verdict is "none",
never "pass". SPF alone never counts.
"""

import re
from enum import StrEnum


class Trust(StrEnum):
    """What the own mail server found out about the From address."""

    VOUCHED = "pass"
    NONE = "none"
    FAIL = "fail"


_RESULT = re.compile(r"\b(dmarc|dkim)\s*=\s*(\w+)([^;]*)", re.IGNORECASE)
_SIGNED_BY = re.compile(r"header\.(?:d|i)\s*=\s*\"?@?([^\s;\"]+)", re.IGNORECASE)


def verdict(header: str, *, sender: str, authserv_id: str | None) -> Trust:
    """Read a header's value for the domain of `sender`; `authserv_id` is a host name or `.suffix`."""
    server, _, results = header.partition(";")
    if authserv_id is None or not _is_ours(server.split()[0] if server.split() else "", authserv_id):
        return Trust.NONE
    domain = sender.rpartition("@")[2].lower()
    found = _RESULT.findall(re.sub(r"\([^()]*\)", " ", results))
    outcomes = [outcome for outcome in (_outcome(*one, domain=domain) for one in found) if outcome]
    if Trust.FAIL in outcomes:
        return Trust.FAIL
    return Trust.VOUCHED if Trust.VOUCHED in outcomes else Trust.NONE


def _is_ours(server: str, authserv_id: str) -> bool:
    name, ours = server.lower(), authserv_id.lower()
    return name.endswith(ours) if ours.startswith(".") else name == ours


def _outcome(method: str, result: str, properties: str, *, domain: str) -> Trust | None:
    if method.lower() == "dmarc":
        return {"pass": Trust.VOUCHED, "fail": Trust.FAIL}.get(result.lower())
    signed = _SIGNED_BY.search(properties)
    aligned = signed is not None and _aligned(signed[1].rpartition("@")[2].lower(), domain)
    return Trust.VOUCHED if result.lower() == "pass" and aligned else None


def _aligned(signer: str, domain: str) -> bool:
    """Relaxed alignment (RFC 7489 §3.1.1), without a list of public suffixes: the domain itself or above."""
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))
