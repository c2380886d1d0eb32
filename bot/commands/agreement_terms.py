"""`agreement edit`: what holds for every request under an agreement."""

from typing import Any

import click

from bot.commands.desk import with_database
from models.rules.vocabulary import StandingTerm


class StandingTerms(click.ParamType[list[StandingTerm]]):
    """Standing conditions with commas between them, or `none`."""

    name = "conditions"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[StandingTerm]:
        """Read `LibraryUseOnly,own_postage`; a word that is no standing condition is a usage error."""
        words = [] if value == "none" else [word.strip() for word in value.split(",")]
        try:
            return [StandingTerm(word) for word in words]
        except ValueError:
            known = ", ".join(term.value for term in StandingTerm)
            self.fail(f"{value!r} is neither 'none' nor made of: {known}", param, ctx)


@click.command("edit")
@click.argument("number", type=int)
@click.option("--standing", type=StandingTerms(), help="LibraryUseOnly, own_postage, both, or none.")
@click.option("--costs/--no-costs", default=None, help="Whether the libraries charge each other.")
def agreement_edit(number: int, *, standing: list[StandingTerm] | None, costs: bool | None) -> None:
    """Set what holds for every request under an agreement; what is not given stays."""
    from models.operations.agreement_terms import UnknownAgreement, settle

    if standing is None and costs is None:
        raise click.UsageError("nothing to set: give --standing, --costs or --no-costs")
    try:
        with_database(lambda _settings, _now: settle(number, standing=standing, costs=costs))
    except UnknownAgreement as error:
        raise click.ClickException(f"there is no agreement {number}") from error
