"""`term`: the dates of an agreement. Needs no database and never looks at today."""

import json
from datetime import date

import click

from bot.commands.desk import DAY
from models.rules.term import Notice

NAMED_END = "--named-end"


class Notices(click.Command):
    """Pairs each `--named-end` with the `--received` that stands before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the order of the two options, which click would lose."""
        order: list[str] = []
        for argument in args:
            name = argument.partition("=")[0]
            if name in {"--received", NAMED_END}:
                order.append(name)
        ctx.meta["order"] = order
        return super().parse_args(ctx, args)


@click.command(cls=Notices)
@click.option("--signed", required=True, type=DAY)
@click.option("--term", "length", default="5y", show_default=True)
@click.option("--renewal", default="5y", show_default=True, help="A period, or none.")
@click.option("--renewals", default="unlimited", show_default=True, help="unlimited, or a number.")
@click.option("--notice", default="3m", show_default=True)
@click.option("--received", multiple=True, type=DAY, help="A notice: the day the other side received it.")
@click.option(NAMED_END, "named", multiple=True, type=DAY, help="The last day that it names.")
@click.option("--on", "day", type=DAY)
@click.option("--terms", "count", default=4, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "_as_json", is_flag=True, help="The only form there is.")
@click.pass_context
def term(
    ctx: click.Context,
    *,
    signed: date,
    length: str,
    renewal: str,
    renewals: str,
    notice: str,
    received: tuple[date, ...],
    named: tuple[date, ...],
    day: date | None,
    count: int,
    _as_json: bool,
) -> None:
    """The terms of an agreement, its last days for a notice, and what notices do."""
    from models.rules.period import Period, TermRefusedError
    from models.rules.term import Duration, as_json

    try:
        duration = Duration(
            signed_on=signed,
            term=Period.parse(length),
            renewal=None if renewal == "none" else Period.parse(renewal),
            renewals=None if renewals == "unlimited" else _count(renewals),
            notice=Period.parse(notice),
        )
        notices = _notices(ctx.meta["order"], received, named)
        click.echo(json.dumps(as_json(duration, notices, on=day, count=count)))
    except TermRefusedError as error:
        when = f" ({error.day})" if error.day else ""
        raise click.ClickException(f"{REFUSALS[error.kind]}{when}") from error


def _count(text: str) -> int:
    if not text.isdigit():
        raise click.BadParameter("unlimited, or a number", param_hint="--renewals")
    return int(text)


def _notices(order: list[str], received: tuple[date, ...], named: tuple[date, ...]) -> list[Notice]:
    days, ends = iter(received), iter(named)
    notices: list[Notice] = []
    for option in order:
        if option != NAMED_END:
            notices.append(Notice(received=next(days)))
        elif not notices or notices[-1].named_end is not None:
            raise click.UsageError("--named-end belongs to the --received before it")
        else:
            notices[-1] = Notice(received=notices[-1].received, named_end=next(ends))
    return notices


REFUSALS = {
    "not_a_period": "a period is written as 5y, 3m or 30d",
    "out_of_calendar": "the date is outside the calendar",
    "before_signing": "a notice cannot be dated before the signing",
    "in_the_future": "a notice cannot be later than the day given with --on",
    "after_the_end": "the agreement had ended before this notice was received",
    "no_consent": "a notice is withdrawn only with the other side's consent",
    "one_sided": "an amendment needs both sides",
    "already_withdrawn": "this notice was withdrawn already",
    "last_day_too_early": "the last day cannot lie before the day it was agreed on",
}
