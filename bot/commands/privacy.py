"""`export-person`, `erase-person`: what is kept about somebody, and forgetting them."""

import json

import click

from bot.commands.desk import with_database


@click.command("export-person")
@click.argument("number", type=int)
def export_person(number: int) -> None:
    """Print all that is kept about a person, as one JSON document."""
    from models.queries.personal import kept_about

    kept = with_database(lambda _settings, _now: kept_about(number))
    if kept is None:
        raise click.ClickException(f"there is no person {number}")
    click.echo(json.dumps(kept, ensure_ascii=False, default=str, indent=2))


@click.command("erase-person")
@click.argument("number", type=int)
def erase_person(number: int) -> None:
    """End a membership and forget who it was; the history of requests stays, without the name."""
    from models.operations.erasure import erase

    if not with_database(lambda _settings, now: erase(number, now)):
        raise click.ClickException(f"there is no person {number}")
