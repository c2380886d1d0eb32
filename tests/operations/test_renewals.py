"""Agreements at work on a database: every step once, to whom it concerns, whatever happens in between."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from models.operations import closures, renewals
from models.operations.agreements import AgreementIntent
from models.queries import agreements
from models.rules.errors import NoSuchAgreement, NotAllowed, WindowClosed
from models.rules.vocabulary import (
    Channel,
    Language,
    NoticeKind,
    RenewalAnswer,
    RenewalStep,
    Role,
    Told,
    Via,
)
from models.tables import Agreement, AgreementReminder, Library, Notice, Person
from tests.bot.mortal import Life
from tests.desk import Desk

S = RenewalStep
DEADLINE = date(2028, 8, 8)
A_DAY = timedelta(days=1)


def at(year: int, month: int, day: int, hour: int = 5) -> datetime:
    """Nine in Baku, ten in Almaty."""
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
async def team(desk: Desk) -> Desk:
    """A coordinator on each side, who joined in January 2026; the agreement is known since then too."""
    await desk.person(
        "rashad", desk.baku, chat=1002, email="r@anl.example", role=Role.COORDINATOR, language=Language.AZ
    )
    await desk.person(
        "dana", desk.almaty, chat=2002, email="d@nlrk.example", role=Role.COORDINATOR, language=Language.KK
    )
    await Library.filter(id=desk.almaty).update(country="KZ", email="ill@nlrk.example")
    return desk


async def run(first: datetime, last: datetime, *, out: range = range(0)) -> None:
    """Day by day; on the days of an outage the program is not there."""
    moment, day = first, 0
    while moment <= last:
        if day not in out:
            await renewals.plan(moment)
        moment, day = moment + A_DAY, day + 1


async def told(desk: Desk) -> list[tuple[str, str, date]]:
    names = {number: name for name, number in desk.people.items()}
    rows = await AgreementReminder.all().order_by("id")
    return [(names.get(row.person_id or 0, row.recipient), row.step.value, row.day) for row in rows]


def intent(desk: Desk, who: str, key: str = "tap:1") -> AgreementIntent:
    return AgreementIntent(agreement=1, actor=desk.people[who], via=Via.TELEGRAM, key=key)


async def test_nothing_is_said_until_a_year_before_the_deadline(team: Desk) -> None:
    await run(at(2026, 3, 2), at(2027, 8, 5))

    assert await told(team) == []


async def test_a_step_goes_to_both_coordinators_in_chat_and_by_mail(team: Desk) -> None:
    await run(at(2027, 8, 1), at(2027, 8, 9))

    friday = date(2027, 8, 6)  # the eighth is a Sunday
    assert await told(team) == [("rashad", "12_months", friday), ("dana", "12_months", friday)]
    rows = await Notice.filter(kind=NoticeKind.RENEWAL).order_by("id")
    assert [(row.channel, row.target, row.facts["language"]) for row in rows] == [
        (Channel.CHAT, "1002", "az"),
        (Channel.MAIL, "r@anl.example", "az"),
        (Channel.CHAT, "2002", "kk"),
        (Channel.MAIL, "d@nlrk.example", "kk"),
    ]


async def test_an_answer_stops_the_ladder_of_the_own_side_alone(team: Desk) -> None:
    await run(at(2027, 8, 1), at(2027, 8, 9))
    await renewals.answer(intent(team, "rashad"), DEADLINE, RenewalAnswer.RENEW, at(2027, 8, 10))
    await Person.filter(id=team.people["dana"]).update(is_mailbox=False)
    await run(at(2027, 8, 11), at(2028, 12, 1))

    steps = Counter(name for name, step, _ in await told(team) if step not in {"window_closed", "renewed"})
    assert steps["rashad"] == 1
    assert steps["dana"] == 8
    announced = [(name, step) for name, step, _ in await told(team) if step in {"window_closed", "renewed"}]
    assert sorted(announced) == [
        ("dana", "renewed"),
        ("dana", "window_closed"),
        ("rashad", "renewed"),
        ("rashad", "window_closed"),
    ]


async def test_an_answer_is_told_to_the_own_coordinators_and_not_to_the_other_side(team: Desk) -> None:
    await team.person("sevda", team.baku, chat=1003, role=Role.COORDINATOR)
    await renewals.answer(intent(team, "rashad"), DEADLINE, RenewalAnswer.TALK, at(2027, 8, 10))

    rows = await Notice.filter(kind=NoticeKind.AGREEMENT_NEWS).order_by("id")
    assert [(row.channel, row.target) for row in rows] == [
        (Channel.MAIL, "r@anl.example"),
        (Channel.CHAT, "1003"),
    ]


async def test_the_same_answer_again_changes_nothing_and_another_one_replaces_it(team: Desk) -> None:
    first = await renewals.answer(intent(team, "rashad"), DEADLINE, RenewalAnswer.TALK, at(2027, 8, 10))
    again = await renewals.answer(intent(team, "rashad"), DEADLINE, RenewalAnswer.RENEW, at(2027, 8, 11))
    known = await agreements.facts(1, at(2027, 8, 11))
    assert known is not None
    stand = known.stand(team.baku, DEADLINE)
    assert (first == again, stand and stand.answer) == (True, RenewalAnswer.TALK)

    await renewals.answer(intent(team, "rashad", "2"), DEADLINE, RenewalAnswer.RENEW, at(2027, 8, 11))
    known = await agreements.facts(1, at(2027, 8, 11))
    stand = known.stand(team.baku, DEADLINE) if known else None
    assert stand
    assert stand.answer is RenewalAnswer.RENEW


async def test_only_a_coordinator_of_a_party_answers_and_only_before_the_deadline(team: Desk) -> None:
    await team.person("stranger", None, role=Role.COORDINATOR)
    for who, why in (("leyla", NotAllowed), ("stranger", NoSuchAgreement)):
        with pytest.raises(why):
            await renewals.answer(intent(team, who), DEADLINE, RenewalAnswer.RENEW, at(2028, 8, 1))
    with pytest.raises(WindowClosed):
        await renewals.answer(intent(team, "dana"), DEADLINE, RenewalAnswer.RENEW, at(2028, 8, 9))
    with pytest.raises(WindowClosed):
        await renewals.answer(intent(team, "dana"), date(2033, 8, 8), RenewalAnswer.RENEW, at(2028, 8, 1))


async def test_silence_is_passed_on_to_the_deputy_and_to_the_address_of_record(team: Desk) -> None:
    await Person.filter(id=team.people["dana"]).update(
        settings={"deputy": team.people["gulnar"], "away_until": "2027-12-31"}
    )
    await run(at(2027, 8, 1), at(2027, 8, 31))

    found = [(name, day) for name, _, day in await told(team)]
    assert found == [
        ("rashad", date(2027, 8, 6)),
        ("dana", date(2027, 8, 6)),
        ("gulnar", date(2027, 8, 13)),
        (f"library:{team.almaty}", date(2027, 8, 20)),
    ]
    record = await Notice.filter(target="ill@nlrk.example").get()
    assert (record.person_id, record.facts["language"]) == (None, "kk")
    assert {row.told_as for row in await AgreementReminder.all()} == set(Told)


async def test_who_has_seen_it_is_not_passed_over(team: Desk) -> None:
    await run(at(2027, 8, 1), at(2027, 8, 9))
    await renewals.see(1, team.people["dana"], at(2027, 8, 9))
    await run(at(2027, 8, 10), at(2027, 9, 10))

    assert [name for name, _, _ in await told(team)] == ["rashad", "dana"]
    await run(at(2027, 9, 11), at(2028, 2, 9))
    assert [(name, step) for name, step, _ in await told(team)][2:] == [
        ("rashad", "6_months"),
        ("dana", "6_months"),
    ]


async def test_nothing_goes_to_an_address_of_record_before_somebody_joined(desk: Desk) -> None:
    await Person.filter(id=desk.people["gulnar"]).delete()
    await Library.filter(id=desk.almaty).update(email="ill@nlrk.example")
    await Library.filter(id=desk.baku).update(email="ill@anl.example")
    await run(at(2027, 8, 1), at(2027, 8, 31))

    assert {name for name, _, _ in await told(desk)} == {f"library:{desk.baku}"}


async def test_who_joins_later_hears_only_of_what_comes(team: Desk) -> None:
    await run(at(2027, 8, 1), at(2027, 8, 9))
    await team.person("sevda", team.baku, chat=1003, role=Role.COORDINATOR, created_at=at(2028, 7, 1))
    await run(at(2027, 8, 10), at(2028, 7, 10))

    assert [step for name, step, _ in await told(team) if name == "sevda"] == ["30_days"]


async def test_after_an_outage_each_gets_one_message_with_everything(team: Desk) -> None:
    await run(at(2028, 7, 1), at(2028, 7, 12))
    before = await Notice.filter(kind=NoticeKind.RENEWAL, target="1002").count()
    await renewals.plan(at(2028, 8, 11))

    rows = await Notice.filter(kind=NoticeKind.RENEWAL, target="1002").order_by("id")
    [late] = rows[before:]
    kept = await AgreementReminder.filter(id__in=late.facts["reminders"]).order_by("id")
    assert [row.step for row in kept] == [S.DAYS_14, S.DAYS_7, S.DAYS_1, S.LAST_DAY, S.CLOSED]
    assert [row.id for row in kept] == late.facts["reminders"]


async def test_a_closure_announced_later_moves_what_has_not_been_told(team: Desk) -> None:
    await run(at(2028, 7, 1), at(2028, 7, 12))
    await closures.close_days(team.baku, date(2028, 7, 24), date(2028, 8, 8), now=at(2028, 7, 12))
    await run(at(2028, 7, 13), at(2028, 8, 10))

    baku = [(step, day) for name, step, day in await told(team) if name == "rashad"]
    assert baku[-2:] == [("last_day", date(2028, 7, 21)), ("window_closed", date(2028, 8, 9))]


async def test_an_agreement_that_runs_out_is_noted_and_said(team: Desk) -> None:
    await Agreement.all().update(renewal=None, signed_on=date(2023, 11, 8), look_at=at(2028, 11, 1))
    await run(at(2028, 11, 1), at(2028, 11, 15))

    assert (await Agreement.get()).ended_on == date(2028, 11, 8)
    assert {step for _, step, _ in await told(team)} >= {"ends_in_7_days", "ends_in_1_day", "ended"}
    await run(at(2028, 11, 16), at(2029, 2, 3))
    assert (await Agreement.get()).look_at is None


async def test_killed_at_any_step_nothing_is_lost_and_nothing_is_said_twice(team: Desk) -> None:
    loop, lasts, finished = asyncio.get_running_loop(), 0, False
    friday = at(2027, 8, 6)
    while not finished:
        await AgreementReminder.all().delete()
        await Notice.all().delete()
        await Agreement.all().update(look_at=friday)
        life = Life(("plan",), lasts := lasts + 1)
        loop.set_task_factory(life.factory)
        try:
            task = loop.create_task(renewals.plan(friday))
            await asyncio.wait([task])
        finally:
            loop.set_task_factory(None)
        await life.ends()
        finished = not task.cancelled()

        await renewals.plan(friday)
        assert await told(team) == [(name, "12_months", friday.date()) for name in ("rashad", "dana")]
        assert await Notice.filter(kind=NoticeKind.RENEWAL).count() == 4
    assert lasts > 10


# The whole life


YEARS = (at(2026, 3, 2), at(2034, 1, 31))


async def _whole_life(team: Desk, *outages: range, since: datetime = YEARS[0]) -> list[tuple[str, str, date]]:
    moment, day = since, 0
    while moment <= YEARS[1]:
        if not any(day in out for out in outages):
            await renewals.plan(moment)
        moment, day = moment + A_DAY, day + 1
    return await told(team)


SIGNED = at(2013, 11, 8)


async def since_it_was_signed(team: Desk, *outages: range) -> list[tuple[str, str, date]]:
    """From 2013 to 2034, with an agreement and people that were there all the time."""
    await Agreement.all().update(dated_at=SIGNED, look_at=SIGNED, created_at=SIGNED)
    await Person.all().update(created_at=SIGNED)
    return await _whole_life(team, *outages, since=SIGNED)


def a_month_from(day: date) -> range:
    begins = (day - SIGNED.date()).days
    return range(begins, begins + 30)


LADDER = [
    "12_months",
    "6_months",
    "90_days",
    "30_days",
    "14_days",
    "7_days",
    "1_day",
    "last_day",
    "window_closed",
    "renewed",
]


async def test_every_step_of_every_term_is_told_once_to_each_coordinator(team: Desk) -> None:
    found = await since_it_was_signed(team)

    for name in ("rashad", "dana"):
        own = [(step, day) for who, step, day in found if who == name]
        assert [step for step, _ in own] == LADDER * 4
        assert all(earlier <= later for (_, earlier), (_, later) in pairwise(own))
    rows = await AgreementReminder.filter(person_id__not_isnull=True)
    places = (await agreements.living(YEARS[0]))[0].places
    for row in rows:
        place = places[row.library_id]
        assert place.day(row.at) == row.day
        assert place.calendar.is_working(row.day)


async def test_three_outages_of_a_month_lose_nothing_and_repeat_nothing(team: Desk) -> None:
    starts = (date(2018, 8, 1), date(2028, 7, 20), date(2033, 10, 20))
    found = await since_it_was_signed(team, *map(a_month_from, starts))

    for name in ("rashad", "dana"):
        own = [step for who, step, _ in found if who == name]
        assert own == LADDER * 4
    said = [number for row in await Notice.filter(target="1002") for number in row.facts["reminders"]]
    assert len(said) == len(set(said)) == len(LADDER) * 4
