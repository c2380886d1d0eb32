"""The address of a mail server, as SMTP and IMAP have it alike: `scheme://user:password@host:port/rest`."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit


class Security(StrEnum):
    """How the connection is kept private; a member's value ends the scheme of its address."""

    NONE = ""
    STARTTLS = "+starttls"
    TLS = "s"


@dataclass(frozen=True, slots=True)
class MailUrl:
    """What an address says, decoded. `path` is without its outer slashes."""

    host: str
    port: int
    security: Security
    user: str | None
    password: str | None = field(repr=False)
    path: str

    @classmethod
    def read(cls, url: str, protocol: str, ports: Mapping[Security, int]) -> "MailUrl":
        """Read `smtp://…`, `smtp+starttls://…` or `smtps://…` for the protocol `smtp`; `ports` are the usual.

        Raises ValueError for anything else, for an address without a host, and for one that goes on after its
        path.
        """
        parts = urlsplit(url)
        security = Security(parts.scheme.removeprefix(protocol))
        if not parts.scheme.startswith(protocol) or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("not the address of a mail server")
        return cls(
            host=parts.hostname,
            port=parts.port or ports[security],
            security=security,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            path=unquote(parts.path.strip("/")),
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
