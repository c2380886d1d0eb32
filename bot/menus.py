"""Command menus and descriptions, per language and role: cosmetic, so a refusal of them stops nothing."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat

from handlers.text import says
from handlers.text.voice import Voice
from models.queries import parties
from models.rules.vocabulary import Language, Role

log = logging.getLogger(__name__)


async def present(bot: Bot) -> None:
    """Set what differs from what Telegram has: each language, and English for all others."""
    for language in Language:
        await _menu(bot, language, code=language.value)
    await _menu(bot, Language.EN, code=None)
    for library in await parties.libraries():
        for person in await parties.coordinators_of(library.id):
            if person.chat is not None:
                await _own_menu(bot, person.chat, Voice(person.language))


async def _own_menu(bot: Bot, chat: int, voice: Voice) -> None:
    """A coordinator's chat, should its row of the outbox have been lost on the way."""
    scope = BotCommandScopeChat(chat_id=chat)
    commands = says.commands_of(voice, Role.COORDINATOR)
    wanted = [BotCommand(command=name, description=text) for name, text in commands]
    try:
        if await bot.get_my_commands(scope=scope) != wanted:
            await bot.set_my_commands(wanted, scope=scope)
    except TelegramAPIError as error:
        log.info("the menu of a coordinator was not set: %s", error)


async def _menu(bot: Bot, language: Language, *, code: str | None) -> None:
    voice = Voice(language)
    wanted = [BotCommand(command=name, description=text) for name, text in says.commands(voice)]
    long, short = says.descriptions(voice)
    try:
        if await bot.get_my_commands(language_code=code) != wanted:
            await bot.set_my_commands(wanted, language_code=code)
        if (await bot.get_my_description(language_code=code)).description != long:
            await bot.set_my_description(long, language_code=code)
        if (await bot.get_my_short_description(language_code=code)).short_description != short:
            await bot.set_my_short_description(short, language_code=code)
    except TelegramAPIError as error:
        log.info("the menu for %s was not set: %s", code or "all", error)
