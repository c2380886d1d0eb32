"""The page's server, asked over loopback as a browser asks it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import aiohttp

from bot.sandbox.scene import Blob
from bot.sandbox.web import SandboxServer
from tests.sandbox.plain_scene import PlainScene, placed


class Browser:
    """A page of the server's own: every post says so."""

    def __init__(self, http: aiohttp.ClientSession, url: str, scene: PlainScene) -> None:
        self.http, self.url, self.scene = http, url.rstrip("/"), scene
        self.own = {"Origin": self.url}

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        answer = await self.http.get(self.url + path, headers=headers)
        await answer.read()
        return answer

    async def post(self, path: str, body: object) -> int:
        async with self.http.post(self.url + path, json=body, headers=self.own) as answer:
            return answer.status

    async def form(self, path: str, fields: dict[str, str], *files: Blob) -> int:
        form = aiohttp.FormData(fields, quote_fields=False, default_to_multipart=True)  # as browsers do
        for blob in files:
            form.add_field("file", BytesIO(blob.data), filename=blob.name, content_type=blob.mime)
        async with self.http.post(self.url + path, data=form(), headers=self.own) as answer:
            return answer.status


@asynccontextmanager
async def opened(scene: PlainScene | None = None) -> AsyncIterator[Browser]:
    scene = scene or PlainScene()
    async with SandboxServer(placed(scene)) as server, aiohttp.ClientSession() as http:
        yield Browser(http, server.url, scene)


async def heard(answer: aiohttp.ClientResponse) -> dict[str, object]:
    """The next event of a stream."""
    async for line in answer.content:
        if line.startswith(b"data: "):
            event: dict[str, object] = json.loads(line[6:])
            return event
    raise AssertionError("the stream has ended")
