"""`remind`: which reminders leave on a day, and, unless it is only asked for, their writing."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from bot.commands.desk import DAY, with_database
from bot.settings import Settings

if TYPE_CHECKING:
    from models.operations.renewals import Planned


@click.command()
@click.option("--on", "day", required=True, type=DAY, help="The day, read in each recipient's zone.")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--json", "as_json", is_flag=True)
def remind(day: date, *, dry_run: bool, as_json: bool) -> None:
    """Take the reminders of a day, one line each; a running service sends them within seconds."""

    async def found(_settings: Settings, now: datetime) -> list[dict[str, Any]]:
        of_requests = await _reminders(day, dry_run=dry_run)
        return [*of_requests, *await _renewals(day, now, dry_run=dry_run)]

    for one in with_database(found):
        click.echo(json.dumps(one, ensure_ascii=False) if as_json else _text(one))


async def _reminders(day: date, *, dry_run: bool) -> list[dict[str, Any]]:
    from models.operations import reminders
    from models.queries import parties

    libraries = {one.id: one for one in await parties.libraries()}
    foreseen = await reminders.foresee(day)
    if not dry_run:
        await reminders.plan_on(day)
    lines = []
    for number, planned in ((one.number, one.planned) for one in foreseen):
        library = libraries[planned.person.library or 0]
        lines.append(
            {
                "clock": planned.due.clock.value,
                "step": planned.due.step.name,
                "about": "request",
                "id": number,
                "recipient": planned.person.id,
                "library": library.code,
                "language": planned.person.language.value,
                "channels": [channel.value for channel in planned.channels],
                "date": day.isoformat(),
                "local_time": f"{planned.at.astimezone(ZoneInfo(library.zone)):%H:%M}",
                "late_days": planned.due.late_days(day),
            }
        )
    return lines


async def _renewals(day: date, now: datetime, *, dry_run: bool) -> list[dict[str, Any]]:
    from models.operations import renewals

    foreseen = await renewals.foresee(day, now)
    if not dry_run:
        await renewals.take(foreseen, now)
    return [_of_agreement(one, day) for one in foreseen]


def _of_agreement(one: "Planned", day: date) -> dict[str, Any]:
    person, library = one.addressee.person, one.addressee.library
    return {
        "clock": one.announced.row.group.value,
        "step": one.announced.step.value,
        "about": "agreement",
        "id": one.agreement,
        "recipient": person.id if person else library.email,
        "library": library.code,
        "language": one.addressee.language.value,
        "channels": [channel.value for channel in one.addressee.targets],
        "date": day.isoformat(),
        "local_time": f"{one.at.astimezone(ZoneInfo(library.zone)):%H:%M}",
        "late_days": one.late_days,
    }


def _text(one: dict[str, Any]) -> str:
    names = ("about", "id", "clock", "step", "library", "recipient", "local_time")
    return "  ".join(str(one[name]) for name in names)
