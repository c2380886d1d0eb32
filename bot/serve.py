"""`abonement run`: the program on real wires, stopped by a signal."""

import asyncio
import logging
import signal

import click
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.utils.token import TokenValidationError, validate_token

from bot.alone import OccupiedError
from bot.app import Program
from bot.clock import Clock
from bot.commands.desk import ConfigurationError
from bot.intake.telegram import PollingConflict
from bot.logs import configure
from bot.roles import Role
from bot.settings import Settings, SettingsError

log = logging.getLogger(__name__)


def new_loop() -> asyncio.AbstractEventLoop:
    """The faster loop where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def run(settings: Settings, only: Role | None = None) -> None:
    """Serve on a loop of its own, to the end."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(serve(settings, only))


def validated(token: str) -> bool:
    """Whether the text has the form of a bot token."""
    try:
        return validate_token(token)
    except TokenValidationError:
        return False


async def serve(settings: Settings, only: Role | None = None) -> None:
    """Serve until SIGINT or SIGTERM; what makes it impossible ends with a sentence, not a traceback."""
    configure(settings.log_format)
    if settings.bot_token and not validated(settings.bot_token):
        raise ConfigurationError("ABONEMENT_BOT_TOKEN does not look like a token: 123456789:AA…")
    program = Program(settings, Clock(), only=only)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, program.stop)
    try:
        await program.run()
    except* PollingConflict as group:
        raise click.ClickException(str(group.exceptions[0])) from None
    except* SettingsError as group:
        raise ConfigurationError(str(group.exceptions[0])) from None
    except* OccupiedError as group:
        raise click.ClickException(str(group.exceptions[0])) from None
    except* TelegramUnauthorizedError:
        raise ConfigurationError("Telegram refuses the bot token: please check it") from None
