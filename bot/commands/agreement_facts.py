"""`agreement dates|party|signatory|text`: what an agreement says, entered and corrected."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.commands.desk import DAY, with_database
from bot.settings import Settings
from models.rules.vocabulary import Language

NUMBER = click.argument("number", type=int)


def per_language(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`--name-az` and the like, for every language of the desk."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for language in reversed(Language):
            command = click.option(f"--{name}-{language.value}")(command)
        return command

    return add


def _taken(given: dict[str, Any], name: str) -> dict[str, str]:
    found = {one.value: given.pop(f"{name}_{one.value}") for one in Language}
    return {language: text for language, text in found.items() if text}


def _done(work: Callable[[Settings, datetime], Awaitable[Any]]) -> None:
    from models.operations.agreement_facts import NoParty
    from models.operations.agreement_terms import UnknownAgreement
    from models.operations.libraries import UnknownLibrary
    from models.rules.errors import FileWrongKind

    try:
        with_database(work)
    except UnknownAgreement as error:
        raise click.ClickException(f"there is no agreement {error}") from error
    except UnknownLibrary as error:
        raise click.ClickException(f"there is no library with the code {error}") from error
    except NoParty as error:
        raise click.ClickException(f"{error} is no party of this agreement") from error
    except FileWrongKind as error:
        raise click.ClickException(f"{error.name} is no file that the desk carries") from error


@click.command("dates")
@NUMBER
@click.option("--signed", "signed_on", type=DAY)
@click.option("--term")
@click.option("--renewal", help="A period, or none.")
@click.option("--renewals", help="How often it renews at most, or unlimited.")
@click.option("--notice")
def agreement_dates(number: int, **given: Any) -> None:
    """Correct the dates; both sides are told, and everything is planned anew."""
    from models.operations.agreement_terms import correct

    columns = {name: value for name, value in given.items() if value is not None}
    _check_periods(columns)
    if not columns:
        raise click.UsageError("nothing to correct: give --signed, --term, --renewal, --renewals or --notice")
    if columns.get("renewal") == "none":
        columns["renewal"] = None
    if "renewals" in columns:
        columns["renewals"] = count_of(columns["renewals"])
    _done(lambda _settings, now: correct(number, now, **columns))


def _check_periods(columns: dict[str, Any]) -> None:
    from models.rules.period import Period, TermRefusedError

    try:
        for name in ("term", "renewal", "notice"):
            if columns.get(name, "none") != "none":
                Period.parse(columns[name])
    except TermRefusedError as error:
        raise click.UsageError(f"a period is written as 5y, 3m or 30d ({error.kind})") from error


def count_of(value: str) -> int | None:
    """A number of renewals, None for unlimited; anything else is a usage error."""
    if value == "unlimited":
        return None
    if not value.isdecimal():
        raise click.BadParameter("a number, or unlimited", param_hint="--renewals")
    return int(value)


@click.command("party")
@NUMBER
@click.argument("code")
@per_language("name")
@per_language("address")
@click.option("--phone")
@click.option("--fax")
@click.option("--email", help="Shown as text; nothing is ever sent there.")
def agreement_party(number: int, code: str, **given: Any) -> None:
    """Full official name, address and contacts of a party; what is not given stays."""
    from models.operations.agreement_facts import PartyFacts, describe

    names, address = _taken(given, "name"), _taken(given, "address")
    contacts = {name: value for name, value in given.items() if value}
    facts = PartyFacts(names=names, address=address, contacts=contacts)
    _done(lambda _settings, _now: describe(number, code, facts))


@click.command("signatory")
@NUMBER
@click.argument("code")
@per_language("name")
@per_language("post")
@click.option("--since", type=DAY, required=True)
@click.option("--original", is_flag=True, help="Signed the agreement itself; fills no new letter.")
def agreement_signatory(number: int, code: str, *, since: date, original: bool, **given: Any) -> None:
    """Who signs for a party from a day on."""
    from models.operations.agreement_facts import add_signatory

    names, post = _taken(given, "name"), _taken(given, "post")
    if not names:
        raise click.UsageError("a signatory has a name: give --name-en or another language")
    _done(
        lambda _settings, _now: add_signatory(
            number, code, names=names, post=post, since=since, original=original
        )
    )


@click.command("text")
@NUMBER
@click.argument("language")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def agreement_text(number: int, language: str, path: Path) -> None:
    """Keep a language version of the agreement; /agreement offers it as a file."""
    from models.operations.agreement_facts import keep_text
    from models.operations.files import Arrived

    arrived = Arrived(name=path.name, data=path.read_bytes())
    _done(lambda settings, now: keep_text(number, language, arrived, root=settings.files, now=now))
