"""`example`, `library`, `agreement`: who takes part."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from bot.commands.agreement_facts import count_of
from bot.commands.desk import DAY, show, with_database
from bot.settings import Settings
from models.rules.vocabulary import Language

LANGUAGES = click.Choice([one.value for one in Language])
YEARS = click.IntRange(0, 1000)


def _facts(command: Callable[..., None]) -> Callable[..., None]:
    """The options about mail and post that adding and editing share."""
    for one in reversed(Language):
        command = click.option(f"--address-{one.value}", help="Its postal address, for papers.")(command)
    return command


@click.group()
def example() -> None:
    """The example data: two libraries and their agreement of 2013."""


@example.command("load")
def example_load() -> None:
    """Load them; a second time changes nothing."""
    from bot.example import load_example

    with_database(lambda _settings, now: load_example(now))
    click.echo("ANL and NLRK and their agreement of 2013-11-08 are there.")


@click.group()
def library() -> None:
    """Libraries."""


@library.command("add")
@click.option("--code", required=True, help="Begins the numbers of its requests, e.g. ANL.")
@click.option("--name-az", required=True)
@click.option("--name-kk", required=True)
@click.option("--name-ru", required=True)
@click.option("--name-en", required=True)
@click.option("--country", required=True, help="ISO 3166-1 code of two letters.")
@click.option("--timezone", required=True, help="IANA name, e.g. Asia/Baku.")
@click.option("--language", required=True, type=LANGUAGES)
@click.option("--email", help="Its shared mailbox, the address of record.")
@click.option("--domain", "domains", multiple=True, help="A mail domain that belongs to it alone.")
@click.option("--bridge/--no-bridge", default=False, help="Its mailbox gets a line in Russian as well.")
@_facts
def library_add(**given: Any) -> None:
    """Add a library."""
    from models.operations.libraries import AlreadyThere, NewLibrary, add_library

    names = {one.value: given.pop(f"name_{one.value}") for one in Language}
    language = Language(given.pop("language"))
    addresses = _addresses(given)
    new = NewLibrary(names=names, language=language, addresses=addresses, **_checked(given))
    try:
        with_database(lambda _settings, now: add_library(new, now))
    except AlreadyThere as error:
        raise click.ClickException(f"there is a library with the code {error} already") from error
    click.echo(f"{new.code} is there.")


def _addresses(given: dict[str, Any]) -> dict[str, str]:
    """The postal addresses among the options, which are taken out of them."""
    found = {one.value: given.pop(f"address_{one.value}") for one in Language}
    return {language: text for language, text in found.items() if text}


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if given.get("timezone"):
        try:
            ZoneInfo(given["timezone"])
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise click.BadParameter("no such time zone", param_hint="--timezone") from error
    if given.get("country") and not (len(given["country"]) == 2 and given["country"].isalpha()):
        raise click.BadParameter("two letters, e.g. AZ", param_hint="--country")
    return given


@library.command("edit")
@click.argument("code")
@click.option("--name-az")
@click.option("--name-kk")
@click.option("--name-ru")
@click.option("--name-en")
@click.option("--country")
@click.option("--timezone")
@click.option("--language", type=LANGUAGES)
@click.option("--email")
@click.option("--domain", "domains", multiple=True)
@click.option("--bridge/--no-bridge", default=None, help="Its mailbox gets a line in Russian as well.")
@_facts
@click.option(
    "--permission-years",
    type=YEARS,
    help="Warn before an original older than this is sent: it needs an export permission. 0: no such rule.",
)
def library_edit(code: str, *, permission_years: int | None, **given: Any) -> None:
    """Change what is given."""
    from models.operations.libraries import UnknownLibrary, edit_library

    names = {one.value: name for one in Language if (name := given.pop(f"name_{one.value}"))}
    addresses = _addresses(given)
    columns: dict[str, Any] = {
        name: value for name, value in _checked(given).items() if value or value is False
    }
    if "domains" in columns:
        columns["domains"] = list(columns["domains"])
    if permission_years is not None:
        columns["export_years"] = permission_years or None
    try:
        with_database(lambda _settings, _now: edit_library(code, names=names, addresses=addresses, **columns))
    except UnknownLibrary as error:
        raise click.ClickException(f"there is no library with the code {error}") from error


@library.command("list")
@click.option("--json", "as_json", is_flag=True)
def library_list(*, as_json: bool) -> None:
    """Every library, one a line."""
    from models.queries.parties import libraries

    async def found(_settings: Settings, _now: datetime) -> list[dict[str, Any]]:
        return [
            {
                "code": one.code,
                "names": one.names,
                "country": one.country,
                "timezone": one.zone,
                "language": one.language.value,
                "email": one.email,
                "domains": list(one.domains),
                "bridge": one.bridge,
                "addresses": one.addresses,
                "permission_years": one.export_years,
            }
            for one in await libraries()
        ]

    for row in with_database(found):
        show(row, as_json=as_json, text=f"{row['code']}  {row['names'].get('en', '')}  {row['timezone']}")


@click.group()
def agreement() -> None:
    """Agreements between two libraries."""


@agreement.command("add")
@click.option("--parties", required=True, help="Two codes with a comma: ANL,NLRK.")
@click.option("--signed", required=True, type=DAY)
@click.option("--term", default="5y", show_default=True)
@click.option("--renewal", default="5y", show_default=True, help="A period, or none.")
@click.option("--renewals", default="unlimited", show_default=True, help="How often it renews at most.")
@click.option("--notice", default="3m", show_default=True, help="Months (3m) or days (30d).")
def agreement_add(parties: str, signed: date, *, term: str, renewal: str, renewals: str, notice: str) -> None:
    """Add an agreement."""
    from models.operations.libraries import NewAgreement, UnknownLibrary, add_agreement
    from models.rules.period import Period, TermRefusedError

    codes = [code.strip() for code in parties.split(",")]
    if len(codes) != 2 or codes[0] == codes[1]:
        raise click.BadParameter("two different codes with a comma", param_hint="--parties")
    try:
        for period in filter(lambda one: one != "none", (term, renewal, notice)):
            Period.parse(period)
    except TermRefusedError as error:
        raise click.UsageError(f"a period is written as 5y, 3m or 30d ({error.kind})") from error
    new = NewAgreement(
        parties=(codes[0], codes[1]),
        signed_on=signed,
        term=term,
        renewal=None if renewal == "none" else renewal,
        renewals=count_of(renewals),
        notice=notice,
    )
    try:
        number = with_database(lambda _settings, now: add_agreement(new, now))
    except UnknownLibrary as error:
        raise click.ClickException(f"there is no library with the code {error}") from error
    click.echo(f"Agreement {number} is there.")


@agreement.command("list")
@click.option("--json", "as_json", is_flag=True)
def agreement_list(*, as_json: bool) -> None:
    """Every agreement, one a line."""
    for row in _agreements():
        show(row, as_json=as_json, text=_agreement_line(row))


def _agreements() -> list[dict[str, Any]]:
    from models.queries.agreement_list import agreements

    async def found(_settings: Settings, _now: datetime) -> list[dict[str, Any]]:
        return [one.as_json() for one in await agreements()]

    return with_database(found)


def _agreement_line(row: dict[str, Any]) -> str:
    return f"{row['id']}  {'–'.join(row['parties'])}  signed {row['signed_on']}, {row['term']}"
