"""`abonement`: the command line. Exit codes: 0 done, 1 problem found, 2 usage, 78 configuration."""

import asyncio
from pathlib import Path

import click

from bot import collector
from bot.commands import (
    agreement_facts,
    agreement_shown,
    agreement_terms,
    backup,
    doctor,
    libraries,
    mail,
    people,
    prints,
    privacy,
    remind,
    reports,
    term,
)
from bot.commands.desk import ConfigurationError, settings
from bot.roles import Role

NOT_CONFIGURED = (
    "no bot token: set ABONEMENT_BOT_TOKEN to the one that @BotFather gave you (or try `abonement sandbox`)"
)
ONE_PROCESS = (
    "on SQLite one process does all: --only needs PostgreSQL, set ABONEMENT_DATABASE_URL to postgres://…"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="abonement")
def main() -> None:
    """Interlibrary loans and copies between partner libraries, by Telegram and by mail."""


@main.command()
@click.option(
    "--only",
    type=click.Choice([role.value for role in Role]),
    help="One role of several processes; needs PostgreSQL.",
)
def run(*, only: str | None) -> None:
    """Serve until Ctrl-C or SIGTERM, on the wires that the settings name."""
    chosen = settings()
    if not chosen.bot_token:
        raise ConfigurationError(NOT_CONFIGURED)
    if only and chosen.database.startswith("sqlite:"):
        raise ConfigurationError(ONE_PROCESS)
    collector.rest()
    from bot import first_use

    first_use.load()
    from bot import serve

    serve.run(chosen, Role(only) if only else None)


@main.command()
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="The page's port; 0 takes a free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--stage",
    type=click.Choice(["fresh", "busy", "overdue", "notice"]),
    default="busy",
    show_default=True,
)
@click.option("--seed", default=1, type=int, show_default=True)
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep the data in this folder."
)
def sandbox(*, port: int, no_open: bool, stage: str, seed: int, keep: Path | None) -> None:
    """The whole program on embedded wires, in a browser: no token, no server, nothing leaves the machine."""
    from bot.sandbox.guard import refusal

    if (reason := refusal(settings(), keep)) is not None:
        raise ConfigurationError(reason)
    collector.rest()
    from bot.sandbox.main import play

    asyncio.run(play(port=port, opens=not no_open, stage=stage, seed=seed, keep=keep))


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when something is pending.")
def migrate(*, only_check: bool) -> None:
    """Bring the database to the program's schema."""
    from models.engines import migrate as engine

    chosen = settings()
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    if not only_check:
        applied = asyncio.run(engine.migrate(chosen.database))
        click.echo(f"applied: {', '.join(applied)}" if applied else "nothing to do")
        return
    standing = asyncio.run(engine.check(chosen.database))
    if not standing.current:
        raise click.ClickException(f"pending: {', '.join(standing.pending)}")
    click.echo("current")


for command in (
    libraries.agreement,
    libraries.example,
    libraries.library,
    people.invite,
    people.person,
    privacy.export_person,
    privacy.erase_person,
    mail.mail,
    mail.cite,
    prints.print_,
    remind.remind,
    reports.report,
    term.term,
    backup.backup,
    backup.restore,
    doctor.doctor,
    doctor.health,
):
    main.add_command(command)
for command in (
    agreement_terms.agreement_edit,
    agreement_facts.agreement_dates,
    agreement_facts.agreement_party,
    agreement_facts.agreement_signatory,
    agreement_facts.agreement_text,
    agreement_shown.agreement_show,
):
    libraries.agreement.add_command(command)


if __name__ == "__main__":
    main()
