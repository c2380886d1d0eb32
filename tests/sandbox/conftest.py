"""A bot of the library the product uses, on the embedded Bot API server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat, takewhile

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession

from bot.sandbox.botapi import BotApi, Person, Server

TOKEN = "4242:embedded"


@dataclass
class Clock:
    """The civil clock, moved by hand."""

    at: datetime = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Session(AiohttpSession):
    """Closes at once: the quarter of a second the stock one sleeps is meant for TLS."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def connected(url: str, *, token: str = TOKEN, seconds: float = 10) -> Bot:
    session = Session(api=TelegramAPIServer.from_base(url), timeout=seconds)
    return Bot(token, session=session)


@asynccontextmanager
async def polling(bot: Bot, dispatcher: Dispatcher) -> AsyncIterator[None]:
    """The stock loop, stopped at the end of the block."""
    running = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False, polling_timeout=5)
    )
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait([running])


async def until(condition: Callable[[], object]) -> None:
    """Let the loop turn until something is so; a condition that never comes is a failure."""
    async with asyncio.timeout(5):
        for _ in takewhile(lambda _: not condition(), repeat(None)):
            await asyncio.sleep(0.001)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(clock: Clock) -> BotApi:
    return BotApi(token=TOKEN, now=clock)


@pytest.fixture
async def server(api: BotApi) -> AsyncIterator[Server]:
    async with Server(api) as server:
        yield server


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    bot = connected(server.url)
    yield bot
    await bot.session.close()


@pytest.fixture
def leyla(api: BotApi) -> Person:
    """A librarian in Baku who has pressed START."""
    leyla = api.person(1001, first_name="Leyla", last_name="Quliyeva", language_code="az")
    leyla.starts()
    return leyla


@pytest.fixture
def call(server: Server) -> Callable[..., Awaitable[tuple[int, dict[str, object]]]]:
    """A bare call without any bot library: `await call("getMe", params={...})`."""

    async def call(method: str, *, verb: str = "POST", **request: object) -> tuple[int, dict[str, object]]:
        async with ClientSession() as http:
            url = f"{server.url}/bot{TOKEN}/{method}"
            async with http.request(verb, url, **request) as response:
                return response.status, await response.json()

    return call
