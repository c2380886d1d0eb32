"""The sandbox's page over HTTP, on loopback. It loads nothing from outside this machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.fence import add_headers, fence, is_loopback
from bot.sandbox.forms import MIB, PHONE_LIMIT
from bot.sandbox.place import Place, curtain
from bot.sandbox.routes import MailRoutes, PhoneRoutes, StageRoutes
from bot.sandbox.scene import RefusedError, UnknownError
from bot.sandbox.stream import Stream
from handlers.text.page import words
from models.rules.vocabulary import Language

_PAGE: Final = Path(__file__).parent / "page"
_TYPES: Final[Mapping[str, str]] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_GRACE: Final = 1.0  # seconds for requests under way when the server stops


@web.middleware
async def _explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except UnknownError as unknown:
        raise web.HTTPNotFound(text=str(unknown)) from unknown
    except RefusedError as refused:
        raise web.HTTPConflict(text=str(refused)) from refused


@dataclass(frozen=True, slots=True)
class _PageFiles:
    """The page's own files, read once: a path from outside never reaches the disk."""

    files: Mapping[str, tuple[bytes, str]]

    @classmethod
    def read(cls) -> Self:
        paths = [path for path in _PAGE.rglob("*") if path.suffix in _TYPES]
        files = {p.relative_to(_PAGE).as_posix(): (p.read_bytes(), _TYPES[p.suffix]) for p in paths}
        spoken = {f"words/{one}.json": (_table(one), _TYPES[".json"]) for one in Language}
        return cls(files | spoken)

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/", self.index), web.get("/page/{name:.+}", self.one)]

    async def index(self, _: web.Request) -> web.Response:
        return self._answer("index.html")

    async def one(self, request: web.Request) -> web.Response:
        return self._answer(request.match_info["name"])

    def _answer(self, name: str) -> web.Response:
        if name not in self.files:
            raise web.HTTPNotFound
        body, content_type = self.files[name]
        return web.Response(body=body, content_type=content_type, charset="utf-8")


def _table(language: Language) -> bytes:
    return json.dumps(words(language), ensure_ascii=False).encode()


class SandboxServer:
    """Serve the page of a place's scene while the context lasts. `url` is known once it is entered.

    Refuses (ValueError) to listen on anything but loopback. Leaving ends the event streams first: the other
    order waits for browsers that never let go.
    """

    def __init__(self, place: Place, *, host: str = "127.0.0.1", port: int = 0) -> None:
        if not is_loopback(host):
            raise ValueError(f"the sandbox listens on loopback only, not on {host}")
        self._host, self._port = host, port
        self._stream = Stream(place)
        layers = [fence(), curtain(place), _explain]
        app = web.Application(middlewares=layers, client_max_size=PHONE_LIMIT + MIB)
        app.on_response_prepare.append(add_headers)
        for part in (
            _PageFiles.read(),
            PhoneRoutes(place),
            MailRoutes(place),
            StageRoutes(place),
            self._stream,
        ):
            app.add_routes(part.routes())
        self._runner = web.AppRunner(app, shutdown_timeout=_GRACE, access_log=None)

    @property
    def url(self) -> str:
        """Where the page is, with the port that was given or found."""
        host, port = self._runner.addresses[0][:2]
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    async def close(self) -> None:
        """End the event streams, then stop listening. Harmless when repeated."""
        self._stream.closing.set()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except BaseException:
            await self._runner.cleanup()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
