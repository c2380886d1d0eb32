"""`backup`, `restore`: everything in one file, taken while the program runs."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clock import Clock
from bot.commands.desk import settings

if TYPE_CHECKING:
    from bot.backup.archive import Manifest

KEYLESS = (
    "It holds no secret key: put the old machine's secret.key beside the data, or set ABONEMENT_SECRET_KEY; "
    "without it nobody can answer the mails that were sent before."
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-key", is_flag=True, help="Add the secret key that signs reply addresses.")
@click.option("--verify", is_flag=True, help="Read a backup to its end instead; exit 1 when it is not sound.")
def backup(file: Path, *, with_key: bool, verify: bool) -> None:
    """Write database and kept files into FILE, a tar. The program may run meanwhile."""
    if verify:
        _verify(file)
        return
    from bot.backup.archive import BackupError
    from bot.backup.work import take

    try:
        made = asyncio.run(take(settings(), file, Clock()(), with_key=with_key))
    except (BackupError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {_told(made)}")


def _verify(file: Path) -> None:
    from bot.backup.archive import BackupError
    from bot.backup.work import examine

    try:
        found, faults = asyncio.run(examine(file))
    except (BackupError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if faults:
        raise click.ClickException("; ".join(faults))
    click.echo(f"{file} is sound: {_told(found)}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put a backup where nothing is: an empty data folder, an empty database."""
    from bot.alone import OccupiedError
    from bot.backup.archive import KEY, BackupError
    from bot.backup.work import restore as put_back

    try:
        found = asyncio.run(put_back(settings(), file))
    except (BackupError, OccupiedError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"restored: {_told(found)}")
    if KEY not in found.entries:
        click.echo(KEYLESS, err=True)


def _told(found: "Manifest") -> str:
    key = ", the secret key" if "secret.key" in found.entries else ""
    return f"{found.dialect} of {found.made_at[:16]}, {len(found.wanted)} files{key}"
