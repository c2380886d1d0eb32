"""Requests under an agreement that ends: due dates are cut to its last day, afterwards only returns go on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.operations import reminders, renewals, terminations
from models.operations.agreements import AgreementIntent
from models.operations.terminations import NewNotice
from models.queries import between, requests
from models.queries.lists import listing
from models.queries.renewals import renewals as renewed
from models.rules.errors import AgreementEnded, NoAgreement
from models.rules.vocabulary import (
    Act,
    Clock,
    ExchangeAct,
    Filter,
    NoticeKind,
    RenewalStep,
    Role,
    Service,
    Stage,
    Via,
    Way,
)
from models.tables import Event, Notice, Reminder, Request
from tests.desk import Desk, row
from tests.operations.gap_desk import ABAI, does, line

AUGUST = datetime(2028, 8, 1, 6, tzinfo=UTC)
END = date(2028, 11, 1)


@pytest.fixture
async def ending(desk: Desk) -> Desk:
    """Baku has given notice, which Almaty received on 1 August 2028."""
    await desk.person("rashad", desk.baku, chat=1002, role=Role.COORDINATOR)
    await desk.person("dana", desk.almaty, chat=2002, role=Role.COORDINATOR)
    desk.now = AUGUST
    intent = AgreementIntent(agreement=1, actor=desk.people["rashad"], via=Via.TELEGRAM, key="notice")
    new = NewNotice(given_by=desk.baku, received_on=AUGUST.date())
    await terminations.record_notice(intent, new, AUGUST)
    return desk


async def details(request: int, act: Act) -> dict[str, object]:
    found: dict[str, object] = (await Event.get(request_id=request, act=act)).details
    return found


async def test_a_shipped_loan_is_due_by_the_end_and_the_event_says_so(ending: Desk) -> None:
    request = (await ending.files()).request
    ending.now = datetime(2028, 9, 1, 6, tzinfo=UTC)
    await ending.act(request, Act.SHIP, "gulnar")

    assert (await row(request)).due == END
    assert (await details(request, Act.SHIP))["wished"] == "2028-11-30"


async def test_a_named_due_date_is_cut_as_well(ending: Desk) -> None:
    request = (await ending.files()).request
    await ending.act(request, Act.SHIP, "gulnar", due=date(2029, 1, 15))

    assert (await row(request)).due == END
    assert await details(request, Act.SHIP) == {"due": "2028-11-01", "wished": "2029-01-15"}


async def test_what_is_due_in_time_stays(ending: Desk) -> None:
    request = (await ending.files()).request
    await ending.act(request, Act.SHIP, "gulnar", due=date(2028, 10, 15))

    assert (await row(request)).due == date(2028, 10, 15)
    assert await details(request, Act.SHIP) == {"due": "2028-10-15"}


async def test_a_renewal_ends_with_the_agreement(ending: Desk) -> None:
    request = await ending.lent(due=date(2028, 10, 15))
    await ending.act(request, Act.ASK_RENEWAL, "leyla")
    await ending.act(request, Act.GRANT_RENEWAL, "gulnar")

    assert (await row(request)).due == END


async def test_a_coordinator_may_set_a_later_day_with_a_reason(ending: Desk) -> None:
    request = await ending.lent(due=date(2028, 10, 15))
    later = date(2028, 12, 1)
    await ending.act(request, Act.CHANGE_DUE, "dana", due=later)
    assert (await row(request)).due == END

    await ending.act(request, Act.CHANGE_DUE, "gulnar", due=later, note="An exhibition")
    assert (await row(request)).due == END
    await ending.act(request, Act.CHANGE_DUE, "dana", due=later, note="An exhibition")
    assert (await row(request)).due == later


async def test_copies_go_on(ending: Desk) -> None:
    request = (await ending.files(service=Service.COPY)).request
    await ending.act(request, Act.YES, "gulnar")

    assert (await row(request)).due is None


async def test_after_the_end_only_returns_go_on(ending: Desk) -> None:
    out = await ending.lent()
    asked = (await ending.files()).request
    ending.now = datetime(2028, 11, 2, 6, tzinfo=UTC)
    await renewals.plan(ending.now)

    with pytest.raises(AgreementEnded) as refused:
        await ending.act(asked, Act.YES, "gulnar")
    assert refused.value == AgreementEnded(on="2028-11-01")
    with pytest.raises(NoAgreement):
        await ending.files()
    await ending.act(out, Act.SEND_BACK, "leyla")
    await ending.act(out, Act.CHECK_IN, "gulnar")
    await ending.act(asked, Act.COMMENT, "leyla", note="Thank you for fifteen years")


async def test_a_card_offers_after_the_end_what_brings_things_home(ending: Desk) -> None:
    out = await ending.lent()
    ending.now = datetime(2028, 11, 2, 6, tzinfo=UTC)
    await renewals.plan(ending.now)

    view = await requests.card(out, await ending.view("leyla"), ending.now)
    assert view is not None
    assert view.offers(Act.SEND_BACK)
    assert not view.offers(Act.ASK_RENEWAL)


async def test_what_is_open_between_the_libraries_is_listed(ending: Desk) -> None:
    await ending.lent()
    await ending.files(service=Service.COPY)
    await ending.files()

    matters = await between.open_matters(1)
    assert (matters.to_return, matters.to_send, matters.others) == (
        ("ANL-2028-0001",),
        ("ANL-2028-0002",),
        ("ANL-2028-0003",),
    )
    figures = await between.figures(1)
    assert (figures.asked, figures.supplied) == ({ending.baku: 3}, {ending.baku: 1})
    assert await Request.all().count() == matters.total


async def test_after_the_end_only_what_comes_home_is_reminded_of(ending: Desk) -> None:
    out = await ending.lent()
    asked = (await ending.files()).request
    promised = (await ending.files(service=Service.COPY)).request
    await ending.act(promised, Act.YES, "gulnar")
    day = datetime(2028, 11, 2, 6, tzinfo=UTC)
    await renewals.plan(day)
    before = await Reminder.all().count()
    for _ in range(60):
        await reminders.plan(day)
        day += timedelta(days=1)

    told = {one.request_id for one in await Reminder.filter(clock__not=Clock.OVERDUE).order_by("id")[before:]}
    assert told == set()
    assert {one.request_id for one in await Reminder.filter(clock=Clock.OVERDUE)} == {out}
    assert (await row(asked)).stage is Stage.SENT


async def test_after_the_end_nothing_that_cannot_be_done_waits_in_the_list(ending: Desk) -> None:
    await ending.files()
    out = (await ending.files()).request
    await ending.act(out, Act.SHIP, "gulnar")
    before = await listing(await ending.view("gulnar"), Filter.TO_DO, AUGUST.date())
    day = datetime(2028, 11, 2, 6, tzinfo=UTC)
    await renewals.plan(day)
    after = await listing(await ending.view("gulnar"), Filter.TO_DO, day.date())
    own = await listing(await ending.view("leyla"), Filter.TO_DO, day.date())

    assert (before.total, after.total) == (1, 0)
    assert [one.id for one in own.lines] == [out]


async def test_the_closing_report_lists_what_is_still_open(ending: Desk) -> None:
    await ending.lent()
    await ending.files(service=Service.COPY)
    await ending.files()
    day = datetime(2028, 11, 2, 6, tzinfo=UTC)
    await renewals.plan(day)
    [notice] = await Notice.filter(kind=NoticeKind.RENEWAL, target="1002").order_by("-id").limit(1)
    told = await renewed(notice.facts["reminders"])

    assert told[-1].step is RenewalStep.ENDED
    matters = await between.open_matters(1)
    assert (matters.to_return, matters.to_send, matters.others) == (
        ("ANL-2028-0001",),
        ("ANL-2028-0002",),
        ("ANL-2028-0003",),
    )


async def test_a_document_of_a_gap_list_is_open_until_it_has_arrived(ending: Desk) -> None:
    missing = await line(ending, "leyla", ABAI)
    offered = await does(ending, "gulnar", ExchangeAct.OFFER, item=missing, way=Way.ORIGINAL)
    assert (await between.open_matters(1)).gaps == ()

    await does(ending, "leyla", ExchangeAct.WANT, exchange=offered.exchange)
    matters = await between.open_matters(1)
    assert [one["title"] for one in matters.gaps] == ["Абай жолы"]
    assert matters.total == 1
