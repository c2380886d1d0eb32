"""`invite`, `person`: who works on the desk."""

from datetime import datetime
from typing import Any

import click

from bot.commands.desk import show, with_database
from bot.settings import Settings
from models.rules.vocabulary import Role


@click.command()
@click.option("--library", "code", help="The code of the library; an administrator needs none.")
@click.option("--role", required=True, type=click.Choice([one.value for one in Role]))
@click.option("--email", help="Send the invitation there; YES to that mail accepts it.")
@click.option("--mailbox", is_flag=True, help="The address is a shared mailbox of the library.")
@click.option("--json", "as_json", is_flag=True)
def invite(code: str | None, role: str, *, email: str | None, mailbox: bool, as_json: bool) -> None:
    """Make a one-time invitation, good for seven days."""
    if code is None and role != Role.ADMIN:
        raise click.UsageError("a librarian or coordinator belongs to a library: give --library")
    if mailbox and not email:
        raise click.UsageError("--mailbox needs --email")

    async def made(settings: Settings, now: datetime) -> dict[str, Any]:
        return await _invited(settings, now, code=code, role=Role(role), email=email, mailbox=mailbox)

    row = with_database(made)
    show(row, as_json=as_json, text=row["link"] or row["code"])


async def _invited(
    settings: Settings,
    now: datetime,
    *,
    code: str | None,
    role: Role,
    email: str | None,
    mailbox: bool,
) -> dict[str, Any]:
    from models.operations import people, traces
    from models.operations.libraries import UnknownLibrary, library_number

    try:
        library = await library_number(code) if code else None
    except UnknownLibrary as error:
        raise click.ClickException(f"there is no library with the code {error}") from error
    made = await people.invite(library, role, now, email=email, mailbox=mailbox)
    name = settings.bot_name or await traces.known("bot_name")
    return {
        "code": made.code,
        "link": f"https://t.me/{name}?start={made.code}" if name else None,
        "expires_at": made.expires_at.isoformat(),
        "role": made.role.value,
        "library": made.library,
    }


@click.group()
def person() -> None:
    """People on the desk."""


@person.command("list")
@click.option("--json", "as_json", is_flag=True)
def person_list(*, as_json: bool) -> None:
    """Everybody who has not left, one a line."""
    from models.queries.parties import everybody, libraries

    async def found(_settings: Settings, _now: datetime) -> list[dict[str, Any]]:
        codes = {one.id: one.code for one in await libraries()}
        return [
            {
                "id": one.id,
                "name": one.name,
                "role": one.role.value,
                "library": codes.get(one.library or 0),
                "language": one.language.value,
                "email": one.email,
                "mailbox": one.is_mailbox,
                "chat": one.chat is not None,
            }
            for one in await everybody()
        ]

    for row in with_database(found):
        text = f"{row['id']}  {row['name']}  {row['role']}  {row['library'] or ''}  {row['email'] or ''}"
        show(row, as_json=as_json, text=text)


@person.command("remove")
@click.argument("number", type=int)
def person_remove(number: int) -> None:
    """End a membership: the account and its reply addresses open nothing any more."""
    from models.operations.people import remove

    if not with_database(lambda _settings, now: remove(number, now)):
        raise click.ClickException(f"there is no person {number}")
