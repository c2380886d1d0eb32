"""`mail`, `cite`: how the desk reads what people write; and the pipe by which an MTA delivers."""

import json
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

import click

from bot.commands.desk import show, with_database
from bot.settings import Settings

log = logging.getLogger(__name__)

UNREADABLE, TRY_LATER = 65, 75
"""sysexits.h: EX_DATAERR and EX_TEMPFAIL, which an MTA understands."""


@click.group()
def mail() -> None:
    """Messages from the command line."""


@mail.command("deliver")
@click.option("--sender", default="", help="The envelope sender.")
@click.option("--recipient", default="", help="The envelope recipient; without it the headers tell.")
def mail_deliver(sender: str, recipient: str) -> None:
    """Take one message from standard input; a running program does what it asks."""
    from bot.intake.lmtp import Envelope
    from bot.intake.mail import store
    from handlers.mail import parse

    raw = sys.stdin.buffer.read()
    envelope = Envelope(raw=raw, sender=sender, recipient=recipient, source="pipe")

    async def stored(_settings: Settings, now: datetime) -> bool:
        return await store(envelope, now)

    try:
        with_database(stored)
    except click.ClickException:
        raise
    except Exception as error:
        # Whatever it is, the MTA must keep the message: any other code makes it give the message up.
        log.exception("a message was not taken")
        click.echo(f"not taken, try again later: {error}", err=True)
        sys.exit(TRY_LATER)
    if parse.read(raw).kind == "unreadable":
        click.echo("unreadable: kept aside", err=True)
        sys.exit(UNREADABLE)


@mail.command("read")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "_as_json", is_flag=True, help="The only form there is.")
def mail_read(files: tuple[Path, ...], *, _as_json: bool) -> None:
    """Show how messages would be read, one JSON object a line. Needs no database, changes nothing."""
    from handlers.mail import parse
    from handlers.text.readings import sentence
    from handlers.text.voice import Voice
    from models.rules.vocabulary import Language

    voice = Voice(Language.EN)
    for file in files:
        reading = parse.read(file.read_bytes())
        click.echo(json.dumps(parse.as_json(reading, lambda note: sentence(voice, note)), ensure_ascii=False))


@click.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
@click.option("--json", "as_json", is_flag=True)
def cite(file: IO[str], *, as_json: bool) -> None:
    """Show how citations, one a line, would be understood. Needs no database, changes nothing."""
    from models.rules.citation import as_json as plain
    from models.rules.citation import understand

    for line in file:
        text = line.rstrip("\r\n")
        if text.strip():
            found = plain(understand(text))
            shown = ", ".join(f"{name}: {value}" for name, value in found.items() if value and name != "raw")
            show(found, as_json=as_json, text=shown)
