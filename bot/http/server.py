"""The program's own HTTP server: strict headers around the routes that other rooms bring."""

from collections.abc import Iterable
from types import TracebackType
from typing import Protocol, Self

from aiohttp import web
from aiohttp.typedefs import Handler

GRACE = 2.0
"""Seconds for requests under way when the server stops."""
LARGEST_BODY = 1_000_000
"""Octets of a body that is read whole; the pieces of an upload are streamed and bounded on their own."""

POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""On every answer; a page that needs more of its policy sets its own."""


class Part(Protocol):
    """A group of routes."""

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """What it answers."""


def application(parts: Iterable[Part]) -> web.Application:
    """The server's application: the routes of all parts under the same strict headers."""
    app = web.Application(middlewares=[_plain_errors], client_max_size=LARGEST_BODY)
    app.on_response_prepare.append(_add_headers)
    for part in parts:
        app.add_routes(part.routes())
    return app


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Server", None)


@web.middleware
async def _plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """An unknown path and a link that is not good look the same, to the last header."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return web.Response(status=404, text="404: Not Found")


class HttpServer:
    """Serves the application while the context lasts; port 0 takes a free one, `port` tells which."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._runner = web.AppRunner(app, shutdown_timeout=GRACE, access_log=None)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        port: int = self._runner.addresses[0][1]
        return port

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except BaseException:
            await self._runner.cleanup()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()
