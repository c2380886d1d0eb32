"""The stream of changes, and the end of the server while browsers hold on to it."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.web import SandboxServer
from tests.sandbox.browser import heard, opened
from tests.sandbox.plain_scene import BAKU, PlainScene, placed

ANL = "ill@anl.example"


async def test_stream_greets_and_then_tells_every_change() -> None:
    async with opened() as browser, browser.http.get(f"{browser.url}/api/changes") as stream:
        assert stream.content_type == "text/event-stream"
        assert (await heard(stream))["kind"] == "hello"
        browser.scene.tell({"kind": "toast", "user_id": BAKU, "text": "Сақталды"})
        browser.scene.tell({"kind": "mail", "address": ANL})
        assert await heard(stream) == {"kind": "toast", "user_id": BAKU, "text": "Сақталды"}
        assert await heard(stream) == {"kind": "mail", "address": ANL}


async def test_change_after_the_greeting_is_never_missed() -> None:
    async with opened() as browser:
        for _ in range(20):
            async with browser.http.get(f"{browser.url}/api/changes") as stream:
                await heard(stream)
                assert browser.scene.listeners
                browser.scene.tell({"kind": "clock"})
                assert await heard(stream) == {"kind": "clock"}


async def test_two_windows_hear_the_same() -> None:
    async with opened() as browser:
        where = f"{browser.url}/api/changes"
        async with browser.http.get(where) as one, browser.http.get(where) as two:
            await heard(one)
            await heard(two)
            browser.scene.tell({"kind": "clock"})
            assert [await heard(one), await heard(two)] == [{"kind": "clock"}, {"kind": "clock"}]


async def test_closing_ends_the_streams_in_order_and_lets_go_of_the_scene() -> None:
    scene = PlainScene()
    server = SandboxServer(placed(scene))
    async with server, aiohttp.ClientSession() as http, http.get(f"{server.url}api/changes") as stream:
        await heard(stream)
        await server.close()
        rest = await stream.read()  # a stream that was cut, not ended, would raise here
        assert rest == b"\n"  # what was left of the greeting
        assert scene.listeners == []


async def test_server_closes_while_a_request_is_under_way() -> None:
    class Slow(PlainScene):
        async def send(self, user_id: int, text: str, *, reply_to: int | None = None) -> None:
            begun.set()
            await asyncio.Event().wait()
            await super().send(user_id, text, reply_to=reply_to)

    begun = asyncio.Event()
    async with asyncio.timeout(30), aiohttp.ClientSession() as http:
        async with SandboxServer(placed(Slow())) as server:
            own = {"Origin": server.url.rstrip("/")}
            post = http.post(f"{server.url}api/phones/{BAKU}/send", json={"text": "x"}, headers=own)
            waiting = asyncio.ensure_future(post)
            await begun.wait()
        with pytest.raises(aiohttp.ClientError):
            await waiting
