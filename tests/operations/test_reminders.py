"""Clocks at work on a database: every step once, to whom it concerns, in their working hours."""

from datetime import UTC, date, datetime

import pytest

from models.operations import closures, reminders
from models.queries import clocks
from models.rules.errors import NotPossibleNow
from models.rules.vocabulary import Act, Clock, Flag, Method, NoticeKind, Reach, Reason, Role, Stage, Via
from models.tables import Agreement, Event, Notice, Person, Reminder, Request
from tests.desk import Desk, acts, row

MONDAY = datetime(2026, 6, 1, 5, 30, tzinfo=UTC)
"""Half past nine in Baku, half past ten in Almaty."""


@pytest.fixture
async def team(desk: Desk) -> Desk:
    """The desk with a coordinator on each side and Almaty's mailbox, on a Monday in June."""
    await desk.person("rashad", desk.baku, chat=1002, role=Role.COORDINATOR)
    await desk.person("dana", desk.almaty, chat=2002, role=Role.COORDINATOR)
    await desk.person("box", desk.almaty, email="ill@nlrk.example", is_mailbox=True, reach=Reach.MAIL)
    desk.now = MONDAY
    return desk


def june(day: int, hour: int = 6) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


async def told(desk: Desk) -> list[tuple[str, str, str]]:
    """Clock, step and name of every reminder that was sent, in order."""
    names = {number: name for name, number in desk.people.items()}
    sent = await Reminder.filter(state="sent").order_by("id")
    return [(one.clock.value, one.step, names[one.person_id]) for one in sent]


async def skipped(desk: Desk) -> list[tuple[str, str, str]]:
    names = {number: name for name, number in desk.people.items()}
    rows = await Reminder.filter(state="skipped").order_by("id")
    return [(one.clock.value, one.step, names[one.person_id]) for one in rows]


async def test_a_request_without_an_answer_reminds_staff_then_coordinator_then_asks(team: Desk) -> None:
    await team.files()
    for day in range(1, 30):
        await reminders.plan(june(day))

    assert await told(team) == [
        ("answer", "reminder", "gulnar"),
        ("answer", "reminder", "dana"),
        ("answer", "reminder", "box"),
        ("answer", "coordinator", "dana"),
        ("answer", "question", "leyla"),
    ]


async def test_a_step_is_written_with_its_row_of_the_outbox(team: Desk) -> None:
    filed = await team.files()
    await reminders.plan(june(15))

    rows = await Notice.filter(kind=NoticeKind.REMINDER).order_by("id")
    assert [(one.channel.value, one.target) for one in rows] == [
        ("chat", "2001"),
        ("chat", "2002"),
        ("mail", "ill@nlrk.example"),
    ]
    assert rows[0].facts == {
        "request": filed.request,
        "clock": "answer",
        "step": "reminder",
        "anchor": "2026-06-01",
    }


async def test_the_same_minute_again_writes_nothing_more(team: Desk) -> None:
    await team.files()

    assert await reminders.plan(june(15)) == 3
    await Request.all().update(look_at=june(15))
    assert await reminders.plan(june(15)) == 0
    assert await reminders.plan(june(15, 7)) == 0


async def test_after_ten_days_of_silence_each_person_gets_what_is_still_true_once(team: Desk) -> None:
    request = await team.lent()
    await Request.filter(id=request).update(due=date(2026, 6, 10))
    await reminders.plan(june(1))
    await reminders.plan(june(25))

    assert await told(team) == [("overdue", "third", "leyla")]
    assert [step for _, step, _ in await skipped(team)] == ["first", "second"]


async def test_each_of_several_overdue_steps_goes_to_those_whom_only_it_concerns(team: Desk) -> None:
    await team.files()
    await reminders.plan(june(29))

    assert sorted(await told(team)) == [
        ("answer", "coordinator", "dana"),
        ("answer", "question", "leyla"),
        ("answer", "reminder", "box"),
        ("answer", "reminder", "gulnar"),
    ]
    assert await skipped(team) == [("answer", "reminder", "dana")]


async def test_only_who_took_the_request_is_reminded_and_the_mailbox(team: Desk) -> None:
    filed = await team.files()
    await team.act(filed.request, Act.TAKE, "gulnar")
    await reminders.plan(june(15))

    assert [name for _, _, name in await told(team)] == ["gulnar", "box"]


@pytest.mark.parametrize(
    ("planned", "leaves"),
    [
        (june(11, 6), june(11, 6)),
        (datetime(2026, 6, 10, 20, tzinfo=UTC), june(11, 4)),  # an hour past midnight in Almaty
        (june(11, 14), june(12, 4)),
        (june(13, 6), datetime(2026, 6, 16, 4, tzinfo=UTC)),  # a Saturday before a holiday
    ],
)
async def test_a_reminder_waits_for_the_recipients_working_hours(
    team: Desk, planned: datetime, leaves: datetime
) -> None:
    await team.files()
    await Request.all().update(look_at=planned)
    await reminders.plan(planned)

    assert {one.next_at for one in await Notice.filter(kind=NoticeKind.REMINDER)} == {leaves}


async def test_a_reminder_that_was_switched_off_is_skipped(team: Desk) -> None:
    await team.files()
    await Person.filter(id=team.people["gulnar"]).update(settings={"off": ["answer"]})
    await reminders.plan(june(15))

    assert [name for _, _, name in await told(team)] == ["dana", "box"]
    assert await skipped(team) == [("answer", "reminder", "gulnar")]


async def test_without_a_coordinator_the_staff_hears_of_it(desk: Desk) -> None:
    desk.now = MONDAY
    await desk.files()
    await reminders.plan(june(11))
    await reminders.plan(june(18))

    assert await told(desk) == [("answer", "reminder", "gulnar"), ("answer", "coordinator", "gulnar")]


async def test_a_colleague_who_joins_later_is_not_told_what_was_said_before(team: Desk) -> None:
    await team.files()
    await reminders.plan(june(15))
    await team.person("aliya", team.almaty, chat=2003)
    await reminders.plan(june(16))

    assert "aliya" not in [name for _, _, name in await told(team)]


async def test_a_loan_is_marked_overdue_once_and_quietly(team: Desk) -> None:
    request = await team.lent(due=date(2026, 6, 10))
    await reminders.plan(june(11))
    await reminders.plan(june(12))

    assert Flag.OVERDUE in (await row(request)).flags
    assert (await acts(request)).count(Act.MARK_OVERDUE) == 1
    assert not await Notice.exists(kind=NoticeKind.EVENT, dedupe__contains="mark")


async def test_a_renewal_starts_a_new_round(team: Desk) -> None:
    request = await team.lent(due=date(2026, 6, 10))
    await reminders.plan(june(11))
    team.now = june(11, 7)
    await team.act(request, Act.ASK_RENEWAL, "leyla")
    await team.act(request, Act.GRANT_RENEWAL, "gulnar", due=date(2026, 6, 17))
    await reminders.plan(june(18))

    assert [one for one in await told(team) if one[0] == "overdue"] == [("overdue", "first", "leyla")] * 2
    assert Flag.OVERDUE in (await row(request)).flags


async def test_overdue_notices_wait_while_a_renewal_is_asked(team: Desk) -> None:
    request = await team.lent(due=date(2026, 6, 10))
    team.now = june(10, 7)
    await team.act(request, Act.ASK_RENEWAL, "leyla")
    await reminders.plan(june(12))

    assert ("overdue", "first", "leyla") not in await told(team)
    await reminders.plan(june(16))
    assert ("overdue", "first", "leyla") in await told(team)
    assert ("renewal", "reminder", "gulnar") in await told(team)


async def test_a_recall_reminds_every_third_working_day(team: Desk) -> None:
    request = await team.lent()
    await team.act(request, Act.RECALL, "gulnar")
    for day in range(2, 17):
        await reminders.plan(june(day))

    assert [step for clock, step, _ in await told(team) if clock == "recall"] == [
        "reminder_1",
        "reminder_2",
        "reminder_3",
    ]


async def test_a_request_expires_five_days_after_the_question_stayed_unanswered(team: Desk) -> None:
    filed = await team.files()
    await Request.filter(id=filed.request).update(needed_by=date(2026, 6, 3), look_at=june(3))
    await reminders.plan(june(3))
    await reminders.plan(june(7))
    assert (await row(filed.request)).stage is Stage.SENT

    await reminders.plan(june(8))
    assert (await row(filed.request)).stage is Stage.EXPIRED
    assert ("needed_by", "question", "leyla") in await told(team)


async def test_waiting_answers_the_question_and_begins_the_clock_anew(team: Desk) -> None:
    filed = await team.files()
    await Request.filter(id=filed.request).update(needed_by=date(2026, 6, 3), look_at=june(3))
    await reminders.plan(june(3))
    request = await row(filed.request)
    assert await clocks.asks_whether_to_wait(request, "Asia/Baku")

    team.now = june(4)
    await team.act(filed.request, Act.WAIT, "leyla")
    for day in range(4, 30):
        await reminders.plan(june(day))

    request = await row(filed.request)
    assert (request.stage, request.waited_on) == (Stage.SENT, date(2026, 6, 4))
    assert not await Event.exists(act=Act.EXPIRE)
    assert await Reminder.exists(clock=Clock.ANSWER, step="reminder", anchor=date(2026, 6, 4))


async def test_a_request_that_was_reopened_does_not_expire_again(team: Desk) -> None:
    filed = await team.files()
    await Request.filter(id=filed.request).update(needed_by=date(2026, 6, 3), look_at=june(3))
    for day in (3, 8):
        await reminders.plan(june(day))
    team.now = june(9)
    await team.act(filed.request, Act.REOPEN, "leyla", note="still needed")
    for day in range(10, 20):
        await reminders.plan(june(day))

    assert (await row(filed.request)).stage is Stage.SENT


async def test_an_unfilled_request_is_closed_after_two_weeks_and_both_are_told(team: Desk) -> None:
    request = await team.unfilled()
    await reminders.plan(june(14))
    assert (await row(request)).stage is Stage.UNFILLED

    await reminders.plan(june(16))
    assert (await row(request)).stage is Stage.CLOSED
    event = await Event.get(act=Act.CLOSE_SILENT)
    assert (event.via, event.actor_id) == (Via.CLOCK, None)
    targets = {one.target for one in await Notice.filter(dedupe__startswith=f"event:{event.id}:")}
    assert targets == {"1001", "2001"}


async def test_a_move_that_somebody_hears_of_waits_for_working_hours(team: Desk) -> None:
    request = await team.unfilled()
    await reminders.plan(june(14, 20))  # midnight in Baku; the day after is a holiday there
    await reminders.plan(june(15, 6))
    assert (await row(request)).stage is Stage.UNFILLED

    await reminders.plan(june(16, 6))
    assert (await row(request)).stage is Stage.CLOSED


async def test_a_touched_copy_is_not_finished_before_two_quiet_weeks(team: Desk) -> None:
    filed = await team.files()
    await Request.filter(id=filed.request).update(stage=Stage.DELIVERED, service="copy", look_at=june(1))
    team.now = june(12)
    await team.act(filed.request, Act.COMMENT, "leyla", note="I will look next week")
    await reminders.plan(june(17))
    assert (await row(filed.request)).stage is Stage.DELIVERED

    await reminders.plan(june(29))  # the 26th is a holiday in Baku
    assert (await row(filed.request)).stage is Stage.DONE


async def test_a_parcel_is_asked_for_by_its_way(team: Desk) -> None:
    filed = await team.files()
    await team.act(filed.request, Act.SHIP, "gulnar", method=Method.COURIER)
    await reminders.plan(june(10))
    assert await told(team) == []

    await reminders.plan(june(11))
    assert await told(team) == [("arrival", "question", "leyla")]


async def test_announced_days_off_move_the_reminder(team: Desk) -> None:
    await team.files()
    await reminders.plan(june(1))
    await closures.close_days(team.almaty, date(2026, 6, 8), date(2026, 6, 12), now=june(2))
    await reminders.plan(june(12))
    assert await told(team) == []

    await reminders.plan(june(22))
    assert [step for _, step, _ in await told(team)] == ["reminder"] * 3


async def test_the_agreement_settles_how_long(team: Desk) -> None:
    await Agreement.all().update(clocks={"answer": 2})
    await team.files()
    await reminders.plan(june(3))

    assert [step for _, step, _ in await told(team)] == ["reminder"] * 3


async def test_a_clock_that_fails_stops_no_other(team: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await closures.set_weekend(team.almaty, {5, 6}, june(1))
    broken, sound = await team.files(), await team.files()
    await Request.filter(id=broken.request).update(dispatch={"method": "carrier pigeon"})
    await reminders.plan(june(15))

    assert {one.request_id for one in await Reminder.all()} == {sound.request}
    assert f"the clock of request {broken.request} failed" in caplog.text


async def test_a_minute_without_anything_due_reads_no_request(team: Desk) -> None:
    filed = await team.files()
    await reminders.plan(june(1))

    assert (await row(filed.request)).look_at == june(2)


async def test_what_has_ended_is_looked_at_no_more(team: Desk) -> None:
    filed = await team.files()
    await team.act(filed.request, Act.CANCEL, "leyla")

    assert (await row(filed.request)).look_at is None


async def test_the_foreseen_reminders_of_a_day_are_those_that_will_leave(team: Desk) -> None:
    await team.files()

    foreseen = await reminders.foresee(date(2026, 6, 11))
    assert [one.planned.person.id for one in foreseen] == [team.people[n] for n in ("gulnar", "dana", "box")]
    assert not await Reminder.exists()
    assert await reminders.plan_on(date(2026, 6, 11)) == 3
    assert await reminders.foresee(date(2026, 6, 11)) == []


async def test_nothing_is_foreseen_on_a_day_off(team: Desk) -> None:
    await team.files()

    assert await reminders.foresee(date(2026, 6, 13)) == []


async def test_what_comes_next_is_the_earliest_step_of_all_requests(team: Desk) -> None:
    await team.files()
    await team.lent(due=date(2026, 6, 30))

    coming = await clocks.coming(MONDAY)
    assert coming is not None
    assert (coming.due.clock, coming.at) == (Clock.ANSWER, june(11, 4))


async def test_nothing_comes_where_nothing_is_open(team: Desk) -> None:
    assert await clocks.coming(MONDAY) is None


async def test_the_clock_cannot_do_what_is_not_its_own(team: Desk) -> None:
    filed = await team.files()

    with pytest.raises(NotPossibleNow):
        await team.act(filed.request, Act.NO, None, reason=Reason.NOT_HELD)


async def test_deadlines_are_known_for_many_requests_at_once(team: Desk) -> None:
    first, second = await team.files(), await team.lent(due=date(2026, 6, 30))
    rows = await Request.all()

    found = await clocks.deadlines(rows, date(2026, 6, 1))
    assert found == {first.request: date(2026, 6, 11), second: date(2026, 6, 30)}
