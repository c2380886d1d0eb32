"""What people choose: the way of news, an address of their own, hours, days away."""

from datetime import date
from typing import Any

import pytest

from models.operations import preferences
from models.rules.errors import BadAddress, NotAllowed, NotColleague
from models.rules.preferences import Preferences
from models.rules.vocabulary import Act, Clock, NoticeKind, Reach, Role
from models.tables import Notice, Person
from tests.desk import Desk

HOME = "Leyla@home.example"
LAST_DAY = date(2026, 3, 20)


async def chosen(desk: Desk, name: str = "leyla") -> Preferences:
    return (await desk.view(name)).preferences


async def test_mail_is_chosen_only_with_an_address_that_takes_it(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    assert not await preferences.set_reach(leyla, Reach.BOTH)
    await Person.filter(id=leyla).update(email=HOME, mail_bad_at=desk.now)
    assert not await preferences.set_reach(leyla, Reach.MAIL)
    await Person.filter(id=leyla).update(mail_bad_at=None)

    assert await preferences.set_reach(leyla, Reach.MAIL)
    assert (await desk.view("leyla")).reach is Reach.MAIL


async def test_an_address_is_asked_by_one_mail_and_is_the_persons_after_its_yes(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    for _twice in range(2):
        await preferences.ask_address(leyla, f" {HOME} ", reach=Reach.BOTH, key="m1", now=desk.now)

    mails = await Notice.filter(kind=NoticeKind.ADDRESS)
    assert [(one.target, one.person_id) for one in mails] == [(HOME, leyla)]
    assert not await preferences.confirm_address(leyla, "somebody@else.example", desk.now)
    assert await preferences.confirm_address(leyla, HOME.lower(), desk.now)
    view = await desk.view("leyla")
    assert (view.email, view.reach, view.preferences.wanted_email) == (HOME, Reach.BOTH, None)
    assert not await preferences.confirm_address(leyla, HOME, desk.now)


async def test_what_is_no_address_is_refused(desk: Desk) -> None:
    with pytest.raises(BadAddress):
        await preferences.ask_address(desk.people["leyla"], "home", reach=Reach.MAIL, key="m", now=desk.now)
    assert await Notice.all().count() == 0


async def test_an_address_waited_for_no_longer_confirms_nothing(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    await preferences.ask_address(leyla, HOME, reach=Reach.MAIL, key="m", now=desk.now)
    await preferences.forget_address(leyla)

    assert not await preferences.confirm_address(leyla, HOME, desk.now)


@pytest.mark.parametrize(("hour", "kept"), [(7, 7), (None, None), (24, 9), (-1, 9)])
async def test_the_hour_of_the_digest_is_an_hour_of_the_day_or_none(
    desk: Desk, hour: int | None, kept: int | None
) -> None:
    await preferences.set_digest(desk.people["leyla"], hour)

    assert (await chosen(desk)).digest_hour == kept


@pytest.mark.parametrize(
    ("hours", "kept"), [((22, 6), (22, 6)), (None, None), ((8, 8), (19, 8)), ((22, 24), (19, 8))]
)
async def test_quiet_hours_have_two_ends(desk: Desk, hours: Any, kept: Any) -> None:
    await preferences.set_quiet(desk.people["leyla"], hours)

    assert (await chosen(desk)).quiet == kept


async def test_a_reminder_is_turned_off_and_on_again(desk: Desk) -> None:
    leyla = desk.people["leyla"]
    await preferences.switch_reminder(leyla, Clock.ARRIVAL)
    await preferences.switch_reminder(leyla, Clock.OVERDUE)
    await preferences.switch_reminder(leyla, Clock.ARRIVAL)

    assert (await chosen(desk)).off == {Clock.OVERDUE}


async def test_who_is_away_names_a_colleague_who_stands_in(desk: Desk) -> None:
    gulnar, dana = desk.people["gulnar"], await desk.person("dana", desk.almaty, chat=2002)
    await preferences.go_away(gulnar, LAST_DAY, deputy=dana, by=gulnar)

    found = await chosen(desk, "gulnar")
    assert (found.away_until, found.deputy) == (LAST_DAY, dana)
    await preferences.come_back(gulnar, by=gulnar)
    assert (await chosen(desk, "gulnar")).away_until is None


@pytest.mark.parametrize("deputy", ["leyla", "gulnar", "box", "gone"])
async def test_only_another_colleague_stands_in(desk: Desk, deputy: str) -> None:
    await desk.person("box", desk.almaty, email="ill@nlrk.example", is_mailbox=True)
    await desk.person("gone", desk.almaty, chat=2009, left_at=desk.now)
    gulnar = desk.people["gulnar"]

    with pytest.raises(NotColleague):
        await preferences.go_away(gulnar, LAST_DAY, deputy=desk.people[deputy], by=gulnar)


@pytest.mark.parametrize(("role", "library"), [(Role.LIBRARIAN, "almaty"), (Role.COORDINATOR, "baku")])
async def test_somebody_elses_absence_is_recorded_by_their_coordinator_alone(
    desk: Desk, role: Role, library: str
) -> None:
    other = await desk.person("other", getattr(desk, library), chat=9, role=role)

    with pytest.raises(NotAllowed):
        await preferences.go_away(desk.people["gulnar"], LAST_DAY, deputy=None, by=other)
    boss = await desk.person("boss", desk.almaty, chat=10, role=Role.COORDINATOR)
    await preferences.go_away(desk.people["gulnar"], LAST_DAY, deputy=None, by=boss)
    assert (await chosen(desk, "gulnar")).is_away(LAST_DAY)


async def test_news_of_a_kept_request_reaches_the_deputy_until_the_last_day(desk: Desk) -> None:
    gulnar, dana = desk.people["gulnar"], await desk.person("dana", desk.almaty, chat=2002)
    outcome = await desk.files()
    await desk.act(outcome.request, Act.YES, "gulnar")
    await preferences.go_away(gulnar, desk.now.date(), deputy=dana, by=gulnar)

    await desk.act(outcome.request, Act.CANCEL, "leyla")
    told = await Notice.filter(kind=NoticeKind.EVENT).order_by("-id").first()
    assert told is not None
    assert told.person_id == dana
