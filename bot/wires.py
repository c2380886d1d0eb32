"""The bot's own connection to the Bot API, as the settings name it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from bot.settings import Settings
from bot.transports.telegram import Session


@asynccontextmanager
async def bot_of(settings: Settings) -> AsyncIterator[Bot]:
    """Connected inside, closed after; raises ValueError without a token."""
    if settings.bot_token is None:
        raise ValueError("a token is needed")
    session = Session(api=TelegramAPIServer.from_base(settings.bot_api.rstrip("/")))
    bot = Bot(settings.bot_token, session=session)
    try:
        yield bot
    finally:
        await session.close()
