"""The Bot API on loopback HTTP.

Source: core.telegram.org/bots/api#making-requests: GET and POST, parameters in the query, as a form,
multipart or JSON; files below `/file/bot<token>/`.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType

from aiohttp import web

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.api import Answer, BotApi
from bot.sandbox.botapi.faults import Fault
from bot.sandbox.botapi.params import Params, Upload

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
#: A body of one file at the limit, and the fields and boundaries around it.
MOST = limits.UPLOAD + limits.MEBIBYTE


class Server:
    """`async with Server(api) as server:` listens until the block ends; port 0 takes a free one."""

    def __init__(self, api: BotApi, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.url = ""
        self._api = api
        self._host, self._port = host, port
        self._closing = asyncio.Event()
        self._runner = web.AppRunner(
            self._application(), access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        self._deliveries: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Server":
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._deliveries = asyncio.create_task(self._api.webhook.run(self._api.call))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Polls end first: the runner would wait for them."""
        self._closing.set()
        self._api.updates.interrupt(limits.ApiError(502, limits.BAD_GATEWAY))
        if self._deliveries is not None:
            self._deliveries.cancel()
            with suppress(asyncio.CancelledError):
                await self._deliveries
        await self._runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=MOST, middlewares=[_refusals])
        application.router.add_get("/file/bot{token}/{path:.+}", self._download)
        application.router.add_route("GET", "/bot{token}/{method}", self._call)
        application.router.add_route("POST", "/bot{token}/{method}", self._call)
        return application

    def _authorize(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not hmac.compare_digest(token.encode(), self._api.token.encode()):
            raise limits.ApiError(401, limits.UNAUTHORIZED)

    async def _call(self, request: web.Request) -> web.Response:
        self._authorize(request)
        answer = await self._api.call(request.match_info["method"], await read(request))
        return await self._sent(request, answer)

    async def _sent(self, request: web.Request, answer: Answer) -> web.Response:
        if answer.fault is Fault.HELD:
            await self._closing.wait()
        if answer.fault is not None and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer.body, status=answer.status)

    async def _download(self, request: web.Request) -> web.Response:
        """404 for an unknown path and for what getFile does not hand out."""
        self._authorize(request)
        file = self._api.files.by_path(request.match_info["path"])
        if self._api.faults.down:
            raise limits.ApiError(502, limits.BAD_GATEWAY)
        if file is None or file.size > limits.DOWNLOAD:
            raise limits.ApiError(404, limits.NOT_FOUND)
        return web.Response(body=file.data, content_type="application/octet-stream")


@web.middleware
async def _refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error is a JSON object, also those of HTTP itself."""
    try:
        return await handler(request)
    except limits.ApiError as refusal:
        return web.json_response(refusal.as_json(), status=refusal.code)
    except web.HTTPRequestEntityTooLarge:
        return _plain(413, limits.TOO_LARGE)
    except web.HTTPException as error:
        return _plain(error.status, error.reason)


def _plain(code: int, description: str) -> web.Response:
    return web.json_response(limits.ApiError(code, description).as_json(), status=code)


async def read(request: web.Request) -> Params:
    """Parameters of a request; those of the body win over the query."""
    values: dict[str, object] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body: object = await _json(request)
        values |= body if isinstance(body, dict) else {}
    else:
        for name, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                uploads[name] = _upload(part)
            else:
                values[name] = part if isinstance(part, str) else bytes(part).decode("utf-8", "replace")
    return Params(values, uploads)


async def _json(request: web.Request) -> object:
    try:
        body: object = await request.json()
    except ValueError:
        raise limits.bad("can't parse request body as JSON") from None
    return body


def _upload(part: web.FileField) -> Upload:
    with part.file as file:
        data = file.read()
    if len(data) > limits.UPLOAD:
        raise limits.ApiError(413, limits.TOO_LARGE)
    # What a client says when it does not know is no better than the name, which the server trusts then.
    known = part.content_type != "application/octet-stream"
    return Upload(part.filename, part.content_type if known else None, data)
