"""The agreement at both doors: looked at, answered, given notice of; from the weeks before 8 August 2028."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from bot.sandbox.botapi.chats import Message
from handlers.text import calendar_feed
from handlers.text.agreement import page, steps
from handlers.text.agreement.dates import NOTICE_DEADLINE
from handlers.text.agreement.news import NEWS
from handlers.text.agreement.renewal import HEADLINES, SEEN
from handlers.text.cards import library_name
from handlers.text.refusals import refusal_text
from handlers.text.says import SENTENCES
from handlers.text.words import display
from models.operations.agreement_facts import keep_text
from models.operations.files import Arrived
from models.operations.libraries import library_number
from models.queries import agreements, parties
from models.queries.agreements import AgreementFacts
from models.rules.errors import NotAllowed, WrongNumber
from models.rules.vocabulary import Act, AgreementAct, Language, RenewalAnswer, RenewalStep, Role, Say
from models.tables import AgreementEvent, AgreementReminder, Person, TerminationNotice
from tests.journeys.props import BOOK, PAIRS, SCAN
from tests.journeys.stage import Letterhead, Librarian, Mailbox, Story, errors_in, opened

MONDAY = datetime(2028, 7, 24, 5, 30, tzinfo=UTC)
DEADLINE, END = date(2028, 8, 8), date(2028, 11, 8)
ALMATY = ZoneInfo("Asia/Almaty")


@pytest.fixture
async def summer(
    tmp_path: Path,
    migrated_file: Path,
    tongues: tuple[Language, Language],
    caplog: pytest.LogCaptureFixture,
) -> AsyncIterator[Story]:
    """A librarian in Baku, coordinators on both sides with mail, everything delivered twice."""
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with opened(tmp_path, url, twice=True, start=MONDAY) as story:
        await story.enters("ANL", tongues[0])
        await coordinates(story, "coordinator", tongues[0], "rashad@anl.example")
        await coordinates(story, "counterpart", tongues[1], "dana@nlrk.example")
        yield story
    assert errors_in(caplog.records) == []


async def coordinates(story: Story, who: str, language: Language, address: str) -> None:
    """A coordinator joins in chat, with a mailbox of their own."""
    await story.enters(who, language, email=address)
    story.boxes[who] = Mailbox(story, address, language)


async def noon(story: Story, day: date) -> None:
    await story.world.advance(datetime.combine(day, time(12), ZoneInfo("Asia/Baku")))


async def known(story: Story) -> AgreementFacts:
    found = await agreements.facts(1, story.world.clock())
    assert found is not None
    return found


def heard(who: Librarian, step: RenewalStep) -> list[Message]:
    words = who.voice.label(HEADLINES[step])
    return [one for one in who.phone.messages if one.from_bot and one.text.splitlines()[0] == words]


def read(box: Mailbox, step: RenewalStep) -> list[Letterhead]:
    words = box.voice.label(HEADLINES[step])
    return [one for one in box.letters if words in one.text.splitlines()]


def entry(letter: Letterhead) -> icalendar.Event:
    """The calendar entry of a mail, as a calendar reads it."""
    [part] = [one for one in letter.message.walk() if one.get_content_type() == "text/calendar"]
    calendar = icalendar.Calendar.from_ical(part.get_content())
    assert str(calendar["METHOD"]) == part["Content-Type"].params["method"]
    [event] = calendar.walk("VEVENT")
    return event


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_everybody_sees_the_dates_and_only_coordinators_record(summer: Story) -> None:
    await summer.baku.types("/agreement")
    voice = summer.baku.voice
    assert voice.day(date(2013, 11, 8)) in summer.baku.reads
    assert f"{voice.named(NOTICE_DEADLINE)}: {voice.day(DEADLINE)}" in summer.baku.reads
    assert summer.baku.buttons == [summer.baku.voice.label(calendar_feed.BUTTON)]

    await summer.coordinator.types("/agreement")
    assert summer.coordinator.voice.label(page.RECORD) in summer.coordinator.buttons


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_a_notice_takes_four_taps_and_a_typed_number_and_is_told_at_once(summer: Story) -> None:
    await noon(summer, date(2028, 7, 26))
    giver, other = summer.coordinator, summer.phones["counterpart"]
    await giver.types("/agreement")
    await giver.presses(page.RECORD)
    await giver.presses(library_name(giver.voice, (await known(summer)).sides[0]))
    await giver.presses(giver.voice.short_day(date(2028, 7, 26)))
    assert giver.voice.day(date(2028, 10, 26)) in giver.reads
    await giver.presses(steps.GO_ON)
    await giver.types("2028")
    assert refusal_text(giver.voice, WrongNumber()) in giver.reads
    assert await TerminationNotice.all().count() == 0
    await giver.types("2610")

    assert giver.voice.day(date(2028, 10, 26)) in giver.reads
    assert (await known(summer)).end(summer.world.clock()) == date(2028, 10, 26)
    assert other.reads.startswith(other.voice.label(NEWS[AgreementAct.RECORD_NOTICE]))
    for who in ("coordinator", "counterpart"):
        letter = summer.boxes[who].newest
        assert summer.boxes[who].voice.label(NEWS[AgreementAct.RECORD_NOTICE]) in letter.subject
        assert entry(letter)["DTSTART"].dt == date(2028, 10, 26)
    assert await AgreementEvent.filter(act=AgreementAct.RECORD_NOTICE).count() == 1


@pytest.mark.parametrize(
    ("local", "ends"),
    [
        (datetime(2028, 8, 8, 23, 30, tzinfo=ALMATY), END),
        (datetime(2028, 8, 9, 0, 0, tzinfo=ALMATY), date(2028, 11, 9)),
    ],
)
async def test_a_notice_half_an_hour_before_midnight_is_in_time(
    summer: Story, local: datetime, ends: date
) -> None:
    await summer.world.advance(local)
    giver = summer.coordinator
    await giver.types("/agreement")
    await giver.presses(page.RECORD)
    await giver.presses(library_name(giver.voice, (await known(summer)).sides[0]))
    await giver.presses(giver.voice.short_day(local.date()))
    await giver.presses(steps.GO_ON)
    await giver.types(f"{ends:%d%m}")

    assert (await known(summer)).end(summer.world.clock()) == ends


async def test_a_notice_is_withdrawn_when_the_other_side_consents(summer: Story) -> None:
    await test_a_notice_takes_four_taps_and_a_typed_number_and_is_told_at_once(summer)
    giver, other = summer.coordinator, summer.phones["counterpart"]
    await giver.types("/agreement")
    await giver.presses(page.WITHDRAW)
    await giver.presses(steps.CONFIRM)
    await other.types("/agreement")
    await other.presses(page.LET_WITHDRAW)
    assert other.voice.day(END) in other.reads
    await other.presses(steps.CONFIRM)

    assert (await known(summer)).end(summer.world.clock()) is None
    moved = entry(summer.boxes["coordinator"].newest)
    assert (moved["DTSTART"].dt, int(moved["SEQUENCE"])) == (DEADLINE, 3)
    assert str(moved["UID"]).startswith("agreement-1-3@")


async def test_a_change_is_proposed_and_agreed_with_its_dates_shown(summer: Story) -> None:
    giver, other = summer.coordinator, summer.phones["counterpart"]
    await giver.types("/agreement")
    await giver.presses(page.CHANGE)
    await giver.presses(steps.OTHER_LAST_DAY)
    await giver.types("tomorrow")
    await giver.types("31.12.2029")
    assert giver.voice.day(date(2029, 9, 30)) in giver.reads
    await giver.presses(steps.PROPOSE)
    await other.types("/agreement")
    await other.presses(page.CONSENT)
    assert other.voice.day(date(2029, 12, 31)) in other.reads
    await other.presses(steps.CONFIRM)

    standing = (await known(summer)).standing(summer.world.clock())
    assert (standing.last_day, standing.deadline) == (date(2029, 12, 31), date(2029, 9, 30))
    assert entry(summer.boxes["counterpart"].newest)["DTSTART"].dt == date(2029, 9, 30)


async def test_another_notice_period_is_typed_and_agreed(summer: Story) -> None:
    giver, other = summer.coordinator, summer.phones["counterpart"]
    await giver.types("/agreement")
    await giver.presses(page.CHANGE)
    await giver.presses(steps.OTHER_NOTICE)
    await giver.types("soon")
    await giver.types("6m")
    assert giver.voice.day(date(2028, 5, 8)) in giver.reads
    await giver.presses(steps.PROPOSE)
    await other.types("/agreement")
    await other.presses(page.CONSENT)
    assert other.voice.day(date(2028, 5, 8)) in other.reads
    await other.presses(steps.CONFIRM)

    assert (await known(summer)).standing(summer.world.clock()).deadline == date(2028, 5, 8)


async def test_everybody_gets_the_calendar_by_a_button(summer: Story) -> None:
    await summer.baku.types("/agreement")
    await summer.baku.presses(calendar_feed.BUTTON)

    assert summer.baku.voice.say(calendar_feed.HOLDS) in summer.baku.reads


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_a_reminder_comes_by_both_doors_and_an_answer_in_chat_stops_the_own_side(summer: Story) -> None:
    await noon(summer, date(2028, 7, 25))
    giver, other = summer.coordinator, summer.phones["counterpart"]
    for who in ("coordinator", "counterpart"):
        assert len(heard(summer.phones[who], RenewalStep.DAYS_14)) == 1
        [letter] = read(summer.boxes[who], RenewalStep.DAYS_14)
        assert letter.message["Auto-Submitted"] == "auto-generated"
        assert entry(letter)["DTSTART"].dt == DEADLINE
    assert heard(summer.baku, RenewalStep.DAYS_14) == []

    await giver.presses(page.ANSWERS[RenewalAnswer.RENEW])
    await noon(summer, date(2028, 8, 8))
    assert heard(giver, RenewalStep.DAYS_7) == []  # the one that was answered shows the agreement now
    assert len(heard(other, RenewalStep.DAYS_7)) == 3
    assert len(heard(other, RenewalStep.LAST_DAY)) == 1
    await noon(summer, date(2028, 8, 9))
    for who in (giver, other):
        assert len(heard(who, RenewalStep.CLOSED)) == 1


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
@pytest.mark.parametrize("said", RenewalAnswer)
async def test_a_mail_answers_with_a_word_of_its_language(summer: Story, said: RenewalAnswer) -> None:
    await noon(summer, date(2028, 7, 25))
    box = summer.boxes["counterpart"]
    [letter] = read(box, RenewalStep.DAYS_14)
    word = display(said.value, box.language)
    assert word in letter.text
    await box.replies(word, to=letter)

    almaty = await library_number("NLRK")
    stand = (await known(summer)).stand(almaty, DEADLINE)
    assert stand is not None
    assert stand.answer is said
    assert box.voice.label(NEWS[AgreementAct.ANSWER]) in box.newest.text
    assert await TerminationNotice.all().count() == 0
    assert await AgreementEvent.filter(act=AgreementAct.ANSWER).count() == 1


async def test_seen_is_shown_to_the_other_side_and_nobody_else_is_asked(summer: Story) -> None:
    await noon(summer, date(2028, 7, 25))
    box = summer.boxes["counterpart"]
    [letter] = read(box, RenewalStep.DAYS_14)
    await box.replies(display("seen", box.language), to=letter)
    assert box.voice.say(SENTENCES[Say.RENEWAL_SEEN]) in box.newest.text

    giver = summer.coordinator
    await giver.types("/agreement")
    name = library_name(giver.voice, (await known(summer)).sides[1])
    seen = giver.voice.say("{library}: seen, {day}", library=name, day=giver.voice.day(date(2028, 7, 25)))
    assert seen in giver.reads


def accepts(letter: Letterhead, address: str) -> bytes:
    """What a calendar sends when an entry is accepted (RFC 5546 §3.2.3)."""
    event = entry(letter)
    organizer = str(event["ORGANIZER"]).removeprefix("mailto:")
    event["ATTENDEE"].params["PARTSTAT"] = "ACCEPTED"
    calendar = icalendar.Calendar()
    calendar.add("method", "REPLY")
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//A calendar//EN")
    calendar.add_component(event)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = address, organizer, "Accepted"
    mail["Message-ID"] = "<accepted@calendar.example>"
    mail.set_content("Accepted")
    mail.add_alternative(calendar.to_ical(), "text", "calendar", params={"method": "REPLY"})
    return mail.as_bytes()


async def test_accepting_the_calendar_entry_is_seen(summer: Story) -> None:
    await noon(summer, date(2028, 7, 25))
    box = summer.boxes["counterpart"]
    [letter] = read(box, RenewalStep.DAYS_14)
    count = len(box.letters)
    await box.posts(accepts(letter, box.address))

    assert await AgreementReminder.filter(seen_at__not_isnull=True).count() == 1
    assert len(box.letters) == count


async def test_a_button_of_a_reminder_says_that_it_was_seen(summer: Story) -> None:
    await noon(summer, date(2028, 7, 25))
    await summer.phones["counterpart"].presses(SEEN)

    assert await AgreementReminder.filter(seen_at__not_isnull=True).count() == 1


async def test_who_is_no_coordinator_any_more_records_nothing(summer: Story) -> None:
    who = summer.coordinator
    await who.types("/agreement")
    await Person.filter(telegram_id=who.phone.user.id).update(role=Role.LIBRARIAN)
    await who.presses(page.RECORD)

    assert refusal_text(who.voice, NotAllowed()) in who.reads


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_the_agreement_by_mail_and_its_calendar_entry(summer: Story) -> None:
    box = summer.boxes["coordinator"]
    await box.writes(display("agreement", box.language))

    assert box.voice.day(DEADLINE) in box.newest.text
    assert display("renew", box.language) in box.newest.text
    assert entry(box.newest)["DTSTART"].dt == DEADLINE


async def test_a_text_of_the_agreement_is_a_file(summer: Story) -> None:
    async def keep(now: datetime) -> None:
        arrived = Arrived(name="kelisim.pdf", data=SCAN)
        await keep_text(1, "kk", arrived, root=summer.world.settings.files, now=now)

    await summer.world.doing(keep)
    await summer.baku.types("/agreement")
    await summer.baku.presses("Қазақша")

    assert [one.name for one in summer.baku.files] == ["kelisim.pdf"]


async def test_while_a_notice_runs_filing_warns_and_a_loan_is_due_by_the_end(summer: Story) -> None:
    await test_a_notice_takes_four_taps_and_a_typed_number_and_is_told_at_once(summer)
    await summer.enters("NLRK", Language.KK)
    await summer.baku.pastes(BOOK)
    day = summer.baku.voice.day(date(2028, 10, 26))
    assert day in summer.baku.reads
    await summer.baku.presses("Sorğunu göndər")
    await noon(summer, date(2028, 8, 11))
    await summer.almaty.presses(Act.SHIP)

    assert f"{summer.almaty.voice.day(date(2028, 10, 26))}" in summer.almaty.reads
    assert summer.almaty.voice.day(date(2028, 11, 9)) in summer.baku.reads or day in summer.baku.reads


async def test_a_program_that_stops_between_planning_and_sending_says_everything_once(summer: Story) -> None:
    await summer.world.stop()
    summer.world.clock.advance(datetime(2028, 8, 5, 6, tzinfo=UTC))
    await summer.world.start()
    await summer.world.advance(datetime(2028, 8, 7, 6, tzinfo=UTC))

    coordinator = summer.coordinator
    [late] = heard(coordinator, RenewalStep.DAYS_1)
    for days in (13, 6):
        assert coordinator.voice.plural("late by {n} day", "late by {n} days", days) in late.text
    people = await parties.coordinators_of(await library_number("ANL"))
    rows = await AgreementReminder.filter(person_id=people[0].id).order_by("id")
    assert [row.step for row in rows] == [RenewalStep.DAYS_14, RenewalStep.DAYS_7, RenewalStep.DAYS_1]
