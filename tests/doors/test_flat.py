"""The chat door's routers as one: asked in their order, and nothing of them lost."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.filters import CommandStart
from aiogram.types import Chat, Message, TelegramObject, Update

from handlers.telegram.flat import flat


def message(text: str) -> Update:
    told = Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), text=text)
    return Update(update_id=1, message=told)


def routers() -> list[Router]:
    first, second = Router(), Router()

    @first.message(CommandStart())
    async def starts(_message: Message) -> str:
        return "started"

    @first.message(F.text.regexp(r"ANL-(.+)").as_("found"))
    async def numbered(_message: Message, found: re.Match[str]) -> str:
        return f"numbered {found[1]}"

    @second.message(F.text)
    async def written(message: Message) -> str:
        return f"written {message.text}"

    return [first, second]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("/start", "started"), ("ANL-2026-0001", "numbered 2026-0001"), ("hello", "written hello")],
)
async def test_the_first_that_fits_answers(text: str, answer: str) -> None:
    door = Dispatcher()
    door.include_router(flat(routers()))
    async with Bot("4242:embedded").context() as bot:
        assert await door.feed_update(bot, message(text)) == answer


async def through(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> Any:
    return await handler(event, data)


@pytest.mark.parametrize("kind", ["middleware", "outer_middleware"])
def test_what_would_be_lost_is_refused(kind: str) -> None:
    router = Router(name="wrapped")
    getattr(router.message, kind).register(through)

    with pytest.raises(ValueError, match="wrapped"):
        flat([router])


def test_a_router_of_routers_is_refused() -> None:
    router = Router(name="outer")
    router.include_router(Router(name="inner"))

    with pytest.raises(ValueError, match="outer"):
        flat([router])
