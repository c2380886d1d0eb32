"""`report`: what the libraries did for each other in a year, or in other days."""

from datetime import datetime

import click

from bot.commands.desk import show, with_database
from bot.settings import Settings
from models.rules.report import Span, SpanError
from models.rules.vocabulary import Language


class Days(click.ParamType[Span]):
    """A span of days."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        """Read `2026`, `2026-Q1`, `2026-03`, `2026-01-15..2026-03-31`; anything else is a usage error."""
        try:
            return value if isinstance(value, Span) else Span.read(str(value))
        except SpanError:
            self.fail(f"{value!r} is no year, quarter, month or range of days", param, ctx)


@click.command()
@click.argument("span", metavar="YEAR", type=Days())
@click.option("--language", type=click.Choice([one.value for one in Language]), default=Language.EN.value)
@click.option("--json", "as_json", is_flag=True)
def report(span: Span, *, language: str, as_json: bool) -> None:
    """The report of every agreement: a year, a quarter (2026-Q1), a month (2026-03), any days."""

    async def found(_settings: Settings, _now: datetime) -> list[tuple[dict[str, object], str]]:
        return await _reports(span, Language(language))

    for values, text in with_database(found):
        show(values, as_json=as_json, text=text)


async def _reports(span: Span, language: Language) -> list[tuple[dict[str, object], str]]:
    from handlers.text.reports import report_screen
    from handlers.text.rich import as_text
    from handlers.text.voice import Voice
    from models.queries import reports
    from models.queries.agreement_list import agreements

    found = []
    for one in await agreements():
        view = await reports.report(one.id, span)
        if view is not None:
            screen = report_screen(Voice(language), view, confirmed=await reports.confirmations(view))
            found.append((view.as_json(), as_text(screen.lines)))
    return found
