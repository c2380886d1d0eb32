"""The bot shows who it is: its name is learned, its menus are set."""

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot import menus
from bot.intake.telegram import introduce

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0


async def present(bot: Bot) -> None:
    """Learn the bot's name and set its menus; a server that does not answer yet is asked again."""
    pause = 1.0
    while True:
        try:
            await introduce(bot)
            await menus.present(bot)
            return
        except (TelegramNetworkError, TelegramServerError, TelegramRetryAfter) as error:
            log.warning("Telegram does not answer yet: %s", error)
        except TelegramAPIError:
            return  # a refused token ends the polling, which says so
        except Exception:
            log.exception("the bot could not be presented yet")
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
