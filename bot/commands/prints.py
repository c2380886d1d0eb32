"""`print`: the papers of a request from the command line."""

from datetime import datetime
from pathlib import Path

import click

from bot.commands.desk import with_database
from bot.settings import Settings
from models.rules.papers import Paper
from models.rules.vocabulary import Language, Side

PAPERS = click.Choice([one.value for one in Paper])
LANGUAGES = click.Choice([one.value for one in Language])
SIDES = click.Choice([one.value for one in Side])


@click.command("print")
@click.argument("number")
@click.argument("paper", type=PAPERS)
@click.option("--language", type=LANGUAGES, help="Which language leads.")
@click.option("--side", type=SIDES, help="Whose paper, where both libraries have one.")
@click.option("--value", default="", help="The value for the customs, e.g. '20 EUR'.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def print_(
    number: str, paper: str, *, language: str | None, side: str | None, value: str, output: Path
) -> None:
    """Write a paper of request NUMBER as PDF; without a language, in that of the library that prints."""
    sides = (Side(side),) if side else (Side.SUPPLYING, Side.REQUESTING)

    async def made(chosen: Settings, now: datetime) -> bytes:
        from handlers.papers.press import Order, printed
        from models.queries.papers import NotPrintable, printable

        try:
            view = await printable(number, Paper(paper), sides, now=now)
        except NotPrintable as why:
            raise click.ClickException(str(why)) from why
        leading = Language(language) if language else view.own.language
        order = Order(Paper(paper), leading, asked=language is not None, value=value, bot=chosen.bot_name)
        return (await printed(view, order, now)).content

    output.write_bytes(with_database(made))
    click.echo(f"{output} is written.")
