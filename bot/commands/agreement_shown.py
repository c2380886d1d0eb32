"""`agreement show`: everything that the desk knows of an agreement, but nobody's mail address or chat."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.commands.desk import show, with_database
from bot.settings import Settings

if TYPE_CHECKING:
    from models.queries.agreements import AgreementFacts, NoticeView


@click.command("show")
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True)
def agreement_show(number: int, *, as_json: bool) -> None:
    """One agreement: as it was set up, how it stands today, its notices, changes, parties and texts."""
    row = with_database(lambda _settings, now: _found(_settings, number, now))
    if row is None:
        raise click.ClickException(f"there is no agreement {number}")
    show(row, as_json=as_json, text="\n".join(_lines(row)))


async def _found(_settings: Settings, number: int, now: datetime) -> dict[str, Any] | None:
    from models.queries.agreement_list import agreements
    from models.queries.agreements import facts

    set_up = next((one for one in await agreements() if one.id == number), None)
    known = await facts(number, now)
    return None if set_up is None or known is None else {**set_up.as_json(), **whole(known, now)}


def whole(known: "AgreementFacts", now: datetime) -> dict[str, Any]:
    """What is known beside the settings; libraries by their codes, days in ISO 8601 once printed."""
    codes = {one.id: one.code for one in known.sides}
    return {
        "place": dict(known.place),
        "reading_confirmed_by": sorted(codes[one] for one in known.confirmed_by if one in codes),
        "today": asdict(known.standing(now)),
        "notices": [_notice(known, one, codes) for one in known.notices],
        "amendments": _plain(known.amendments, codes),
        "answers": _plain(known.stands, codes),
        "described": _plain(known.parties, codes),
        "signatories": _plain(known.signatories, codes),
        "texts": _plain(known.texts, codes),
    }


def _notice(known: "AgreementFacts", notice: "NoticeView", codes: dict[int, str]) -> dict[str, Any]:
    from models.rules.term import effect

    (plain,) = _plain([notice], codes)
    return {**plain, "ends": effect(known.duration, notice.notice).ends if notice.stands else None}


def _plain(rows: Sequence[Any], codes: dict[int, str]) -> list[dict[str, Any]]:
    return [{name: _code(name, value, codes) for name, value in asdict(row).items()} for row in rows]


def _code(name: str, value: Any, codes: dict[int, str]) -> Any:
    return codes.get(value, value) if name in {"library", "given_by"} else value


def _lines(row: dict[str, Any]) -> Iterator[str]:
    renews = f"renews for {row['renewal']} ({row['renewals']})" if row["renewal"] else "does not renew"
    yield f"{row['id']}  {'–'.join(row['parties'])}  signed {row['signed_on']}, {row['term']}, {renews}"
    today = row["today"]
    if not today["in_force"]:
        yield f"not in force on {today['day']}"
        return
    yield f"term {today['term']}, last day {today['last_day']}, notice {row['notice']}"
    if today["deadline"] is not None:
        yield f"last day on which a notice can be received: {today['deadline']}"
    for notice in row["notices"]:
        if notice["ends"] is not None:
            yield f"notice by {notice['given_by']} received {notice['received_on']}, ends {notice['ends']}"
