"""Who may talk to the page's server: this machine's own page, nobody else.

A page open in the same browser could otherwise read or press through a foreign name that resolves to this
machine (hence Host) or through a form on another site (hence Origin). No cookie tells callers apart.
"""

import ipaddress
from collections.abc import Mapping
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

PAGE_POLICY: Final = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
MAIL_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"
)
FILE_POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"

_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine to itself: a loopback address or `localhost`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_names(port: int) -> frozenset[str]:
    """The Host values under which a server on `port` is its own page."""
    names = ("127.0.0.1", "localhost", "[::1]")
    bare = names if port == 80 else ()
    return frozenset((*bare, *(f"{name}:{port}" for name in names)))


def fence() -> Middleware:
    """Answer 403 to a foreign Host, a foreign Origin, and a POST that does not say where it comes from."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _at_home(request):
            raise web.HTTPForbidden(text="This page answers on this machine only.")
        return await handler(request)

    return check


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Put the page's headers on every answer that has not chosen its own: an `on_response_prepare` signal."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def _at_home(request: web.Request) -> bool:
    host = request.headers.get("Host", "").lower()
    if host not in own_names(_port(request)):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return request.method in {"GET", "HEAD"}
    return origin.lower() == f"http://{host}"


def _port(request: web.Request) -> int:
    """The port that the connection came in on: with port 0 nobody knows it earlier."""
    transport = request.transport
    address = transport.get_extra_info("sockname") if transport else None
    return int(address[1]) if address else 0
