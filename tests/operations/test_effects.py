"""What acts write into the request beside its stage, as it stands in the database after."""

from datetime import UTC, date, datetime, timedelta

from models.rules.vocabulary import Act, Condition, Method, Reason, Service, Settlement, Stage
from tests.desk import BOOK, SCAN, Desk, row


async def test_a_shipped_loan_is_provisionally_due_in_ninety_days(desk: Desk) -> None:
    request = (await desk.files()).request

    await desk.act(request, Act.SHIP, "gulnar", method=Method.REGISTERED, pieces=3)

    shipped = await row(request)
    assert (shipped.due, shipped.named_due) == (date(2026, 3, 2) + timedelta(days=90), False)
    assert shipped.dispatch == {"sent_on": "2026-03-02", "method": "registered", "pieces": 3}
    assert shipped.taker_id == desk.people["gulnar"]


async def test_the_loan_period_counts_from_receipt(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.SHIP, "gulnar")
    desk.now += timedelta(days=20)

    await desk.act(request, Act.RECEIVE, "leyla", pieces=2)

    received = await row(request)
    assert received.due == date(2026, 3, 22) + timedelta(days=30)
    assert received.dispatch["received_pieces"] == 2


async def test_a_named_due_date_stays(desk: Desk) -> None:
    request = await desk.lent(due=date(2026, 6, 1))

    assert ((await row(request)).due, (await row(request)).named_due) == (date(2026, 6, 1), True)


async def test_the_day_is_that_of_the_acting_library(desk: Desk) -> None:
    request = (await desk.files()).request
    desk.now = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # Almaty has the third of March already, Baku not

    await desk.act(request, Act.SHIP, "gulnar")
    await desk.act(request, Act.RECEIVE, "leyla")

    received = await row(request)
    assert received.dispatch["sent_on"] == "2026-03-03"
    assert received.due == date(2026, 3, 2) + timedelta(days=30)


async def test_a_renewal_runs_from_the_due_date_and_clears_what_was_overdue(desk: Desk) -> None:
    request = await desk.lent(due=date(2026, 4, 1))
    await desk.act(request, Act.ASK_RENEWAL, "leyla")
    await desk.act(request, Act.MARK_OVERDUE, None)

    await desk.act(request, Act.GRANT_RENEWAL, "gulnar")

    renewed = await row(request)
    assert (renewed.due, renewed.flags, renewed.waits_for) == (date(2026, 5, 1), [], None)


async def test_a_renewal_after_the_due_date_runs_from_today(desk: Desk) -> None:
    request = await desk.lent(due=date(2026, 4, 1))
    desk.now += timedelta(days=60)
    await desk.act(request, Act.ASK_RENEWAL, "leyla")

    await desk.act(request, Act.GRANT_RENEWAL, "gulnar")

    assert (await row(request)).due == date(2026, 5, 31)


async def test_a_renewal_grants_the_day_that_was_asked_for_last(desk: Desk) -> None:
    request = await desk.lent()
    await desk.act(request, Act.ASK_RENEWAL, "leyla", due=date(2026, 5, 5))
    await desk.act(request, Act.REFUSE_RENEWAL, "gulnar")
    await desk.act(request, Act.ASK_RENEWAL, "leyla", due=date(2026, 4, 20))

    await desk.act(request, Act.GRANT_RENEWAL, "gulnar")

    assert (await row(request)).due == date(2026, 4, 20)


async def test_the_turn_counts_from_when_it_passed(desk: Desk) -> None:
    request = (await desk.files()).request
    sent = desk.now
    await desk.act(request, Act.OPEN, "gulnar")
    await desk.act(request, Act.TAKE, "gulnar")
    await desk.act(request, Act.YES, "gulnar")
    assert (await row(request)).turn_since == sent

    await desk.act(request, Act.SHIP, "gulnar")
    passed = desk.now
    await desk.act(request, Act.RECEIVE, "leyla")

    assert (await row(request)).turn_since == passed


async def test_who_must_act_follows_stage_and_flags(desk: Desk) -> None:
    request = (await desk.files()).request
    waits = [(await row(request)).waits_for]
    for act, by, details in (
        (Act.SHIP, "gulnar", {}),
        (Act.RECEIVE, "leyla", {}),
        (Act.ASK_RENEWAL, "leyla", {}),
        (Act.RECALL, "gulnar", {}),
        (Act.LOSE, "leyla", {}),
        (Act.PROPOSE_SETTLEMENT, "leyla", {"settlement": Settlement.WAIVER}),
        (Act.AGREE_SETTLEMENT, "gulnar", {}),
    ):
        await desk.act(request, act, by, **details)
        waits.append((await row(request)).waits_for)

    assert waits == [
        "supplying",
        "requesting",
        None,
        "supplying",
        "requesting",
        "both",
        "supplying",
        None,
    ]


async def test_the_terms_of_the_latest_answer_replace_the_earlier_ones(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.CONDITIONS, "gulnar", reason=Reason.COST, cost="5 USD")

    await desk.act(
        request,
        Act.CONDITIONS,
        "gulnar",
        reason=Reason.MUST_MEET_CONDITION,
        conditions=(Condition.SUPERVISED, Condition.NO_REPRODUCTION),
    )

    answered = await row(request)
    assert answered.terms == {"conditions": ["SpecCollSupervReq", "NoReproduction"]}
    assert answered.reason is Reason.MUST_MEET_CONDITION


async def test_accepting_another_service_changes_the_service_of_the_same_request(desk: Desk) -> None:
    request = (await desk.files(values=BOOK | {"pages": "1-5"})).request
    await desk.act(request, Act.CONDITIONS, "gulnar", reason=Reason.SERVICE)

    await desk.act(request, Act.ACCEPT, "leyla")

    accepted = await row(request)
    assert (accepted.service, accepted.stage) == (Service.COPY, Stage.WILL_SUPPLY)


async def test_a_reported_problem_and_a_settlement_stand_in_the_terms(desk: Desk) -> None:
    request = (await desk.files(service=Service.COPY, values=SCAN)).request
    await desk.act(request, Act.DELIVER, "gulnar", url="https://nlrk.example/scan.pdf")

    await desk.act(request, Act.PROBLEM, "leyla", problem="pages_missing", pages="4-5")

    assert (await row(request)).terms == {"problem": "pages_missing", "pages": "4-5"}


async def test_the_way_that_parcels_go_is_taken_for_granted_once_it_was_named(desk: Desk) -> None:
    first, second, third = [(await desk.files()).request for _ in range(3)]
    await desk.act(first, Act.SHIP, "gulnar")
    await desk.act(first, Act.DETAIL_DISPATCH, "gulnar", method=Method.DIPLOMATIC)
    await desk.act(second, Act.SHIP, "gulnar")
    await desk.act(third, Act.SHIP, "gulnar", method=Method.COURIER)

    methods = [(await row(one)).dispatch.get("method") for one in (first, second, third)]

    assert methods == ["diplomatic", "diplomatic", "courier"]


async def test_values_of_parcels_are_those_of_the_pair_until_others_are_named(desk: Desk) -> None:
    first, second, third = [(await desk.files()).request for _ in range(3)]
    await desk.act(first, Act.SHIP, "gulnar", value="50 EUR", insured="70 EUR")
    await desk.act(second, Act.SHIP, "gulnar")
    await desk.act(third, Act.SHIP, "gulnar", value="20 EUR")

    dispatches = [(await row(one)).dispatch for one in (second, third)]

    assert [(one["value"], one["insured"]) for one in dispatches] == [
        ("50 EUR", "70 EUR"),
        ("20 EUR", "70 EUR"),
    ]
