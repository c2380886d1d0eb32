"""What commands share: the settings, a connected database, JSON on standard output."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from bot.clock import Clock
from bot.settings import Settings, SettingsError, load

CONFIGURATION = 78
"""sysexits.h: EX_CONFIG."""
T = TypeVar("T")


class ConfigurationError(click.ClickException):
    """A setting is missing or wrong."""

    exit_code = CONFIGURATION


def settings() -> Settings:
    """The settings; a wrong one ends the command with 78 and one sentence."""
    try:
        return load()
    except SettingsError as error:
        raise ConfigurationError(str(error)) from error


def with_database(work: Callable[[Settings, datetime], Awaitable[T]]) -> T:
    """Run `work` on the migrated database, with the civil time of now."""
    chosen = settings()
    return asyncio.run(_connected(chosen, work))


async def _connected(chosen: Settings, work: Callable[[Settings, datetime], Awaitable[T]]) -> T:
    from bot.database import database
    from models.engines.migrate import migrate

    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    await migrate(chosen.database)
    async with database(chosen.database):
        return await work(chosen, Clock()())


def show(value: object, *, as_json: bool, text: str) -> None:
    """Print an object as one JSON line, or its text."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else text)


class Day(click.ParamType[date]):
    """A date in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read `2013-11-08`; anything else is a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2013-11-08", param, ctx)


DAY = Day()
