"""Stories that only time tells: nobody does anything, and the right people hear of it, once."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.botapi import Message
from bot.sandbox.botapi.api import Call
from handlers.text import labels
from handlers.text.cards import DEADLINE
from handlers.text.choices import CONFIRM
from handlers.text.reminders import HEADLINES
from handlers.text.says import SENTENCES
from handlers.text.words import display
from models.operations import drafts
from models.operations.libraries import library_number
from models.queries import parties
from models.rules.vocabulary import Act, Clock, Reason, Say, Service, Stage, Via
from tests.journeys.props import ARTICLE, BOOK, PAIRS, SCAN
from tests.journeys.stage import Letterhead, Librarian, Mailbox, Story

NUMBER = "ANL-2026-0001"
OTHER_BOOK = "Bakıxanov A. Gülüstani-İrəm. — Bakı : Elm, 1991. — 304 s."


async def until(story: Story, day: date) -> None:
    """Noon in Baku on that day; the story begins on Monday, 2 March 2026."""
    await story.world.advance(datetime.combine(day, time(12), ZoneInfo("Asia/Baku")))


def heard(who: Librarian, clock: Clock, step: str) -> list[Message]:
    """The reminders of this step, as they came."""
    words = who.voice.label(HEADLINES[clock, step])
    return [one for one in who.phone.messages if one.from_bot and one.text.startswith(words)]


def read(box: Mailbox, clock: Clock, step: str) -> list[Letterhead]:
    """The mails of this step."""
    words = box.voice.label(HEADLINES[clock, step])
    return [one for one in box.letters if words in one.text]


async def stage(story: Story) -> Stage:
    """Where the request stands."""
    return (await story.history(NUMBER))[-1].stage_to


async def lent(story: Story) -> None:
    """A book that Baku received on 2 March; it is due on 1 April."""
    await story.baku.pastes(BOOK)
    await story.baku.presses(labels.SEND)
    await story.almaty.presses(Act.SHIP)
    await story.baku.presses(Act.RECEIVE)


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_a_loan_that_is_not_returned_is_reminded_of_until_it_counts_as_lost(chats: Story) -> None:
    coordinator = await chats.enters("coordinator", chats.baku.voice.language)
    await lent(chats)
    baku, almaty = chats.baku, chats.almaty

    await until(chats, date(2026, 3, 31))
    assert len(heard(baku, Clock.DUE_SOON, "second")) == 1  # Baku was closed when the first fell due

    told = []
    for day in (date(2026, 4, 2), date(2026, 4, 8), date(2026, 4, 15)):
        await until(chats, day)
        told.append([len(heard(baku, Clock.OVERDUE, step)) for step in ("first", "second", "third")])
    assert told == [[1, 0, 0], [1, 1, 0], [1, 1, 1]]

    await until(chats, date(2026, 4, 22))
    escalated = [len(heard(who, Clock.OVERDUE, "coordinator")) for who in (baku, coordinator, almaty)]
    assert escalated == [0, 1, 1]  # Almaty has no coordinator: its staff is told instead

    await until(chats, date(2026, 6, 1))  # the sixtieth day is a Sunday
    asked = heard(baku, Clock.OVERDUE, "lost")
    assert [len(heard(who, Clock.OVERDUE, "lost")) for who in (baku, coordinator, almaty)] == [1, 1, 1]
    await baku.presses_on(Act.LOSE, asked[0])
    await baku.presses_on(CONFIRM, asked[0])
    assert await stage(chats) is Stage.LOST
    assert (await chats.acts(NUMBER)).count(Act.MARK_OVERDUE) == 1


async def test_a_reminder_of_saturday_waits_for_monday_and_counts_the_days_until_then(chats: Story) -> None:
    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)
    await chats.almaty.presses(Act.SHIP)
    await chats.almaty.presses(Act.CHANGE_DUE)
    await chats.almaty.types("03.04.2026")
    await chats.baku.presses(Act.RECEIVE)
    await until(chats, date(2026, 4, 5))
    assert heard(chats.baku, Clock.OVERDUE, "first") == []

    await until(chats, date(2026, 4, 6))
    [reminder] = heard(chats.baku, Clock.OVERDUE, "first")
    day = chats.baku.voice.day(date(2026, 4, 3))
    assert reminder.text.splitlines()[1] == f"Həmin tarixdən 3 gün keçib: {day}"


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_a_request_over_nowruz_waits_for_the_library_that_is_open(chats: Story) -> None:
    """Almaty's eighth working day is 13 March, its sixteenth 30 March; Baku opens again on the 31st."""
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    deadline = f"{almaty.voice.named(DEADLINE)}: {almaty.voice.day(date(2026, 3, 13))}"
    assert deadline in almaty.reads

    await until(chats, date(2026, 3, 12))
    assert heard(almaty, Clock.ANSWER, "reminder") == []
    await until(chats, date(2026, 3, 13))
    assert len(heard(almaty, Clock.ANSWER, "reminder")) == 1
    await until(chats, date(2026, 3, 19))
    assert len(heard(almaty, Clock.ANSWER, "coordinator")) == 1

    await until(chats, date(2026, 3, 30))
    assert heard(baku, Clock.ANSWER, "question") == []
    await until(chats, date(2026, 3, 31))
    [question] = heard(baku, Clock.ANSWER, "question")

    await baku.presses_on(Act.WAIT, question)
    await until(chats, date(2026, 4, 9))
    assert len(heard(almaty, Clock.ANSWER, "reminder")) == 1
    await until(chats, date(2026, 4, 10))
    assert len(heard(almaty, Clock.ANSWER, "reminder")) == 2
    assert await stage(chats) is Stage.SENT


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_over_nowruz_each_library_is_given_its_own_working_days(chat_and_box: Story) -> None:
    """Asked on the same Monday; Almaty's eighth working day is 31 March, Baku's 6 April."""
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await until(chat_and_box, date(2026, 3, 16))
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    asked = nlrk.newest.text
    await nlrk.writes(OTHER_BOOK)
    assert f"{nlrk.voice.named(DEADLINE)}: {nlrk.voice.day(date(2026, 3, 31))}" in asked
    assert f"{baku.voice.named(DEADLINE)}: {baku.voice.day(date(2026, 4, 6))}" in baku.reads

    told = []
    for day in (date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 5), date(2026, 4, 6)):
        await until(chat_and_box, day)
        told.append((len(read(nlrk, Clock.ANSWER, "reminder")), len(heard(baku, Clock.ANSWER, "reminder"))))
    assert told == [(0, 0), (1, 0), (1, 0), (1, 1)]


async def test_the_question_can_be_answered_by_giving_up(chats: Story) -> None:
    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)
    await until(chats, date(2026, 3, 31))

    [question] = heard(chats.baku, Clock.ANSWER, "question")
    await chats.baku.presses_on(Act.CANCEL, question)
    await chats.baku.presses_on(CONFIRM, question)

    assert await stage(chats) is Stage.CANCELLED


async def file_needed_by(story: Story, day: date) -> None:
    """Baku's librarian files a book that is needed by a day."""
    baku, almaty = await library_number("ANL"), await library_number("NLRK")
    author = (await parties.members_of(baku))[0].id

    async def file(now: datetime) -> None:
        values = {"title": "Dədə Qorqud", "needed_by": day.isoformat()}
        draft = await drafts.start(author, Service.LOAN, now, values=values, supplying=almaty)
        await drafts.submit(draft, author=author, via=Via.SANDBOX, key="needed", now=now)

    await story.world.doing(file)


async def test_a_needed_by_date_ends_a_request_only_after_an_unanswered_question(chats: Story) -> None:
    await file_needed_by(chats, date(2026, 3, 12))
    baku, almaty = chats.baku, chats.almaty

    await until(chats, date(2026, 3, 6))
    assert [len(heard(who, Clock.NEEDED_BY, "warning")) for who in (baku, almaty)] == [1, 1]
    await until(chats, date(2026, 3, 16))
    assert [len(heard(who, Clock.NEEDED_BY, "question")) for who in (baku, almaty)] == [1, 0]
    assert await stage(chats) is Stage.SENT

    await until(chats, date(2026, 3, 17))
    assert await stage(chats) is Stage.EXPIRED
    for who in (baku, almaty):
        assert any(who.voice.label(labels.NEWS[Act.EXPIRE]) in text for text in who.everything)


async def test_a_request_whose_library_still_waits_does_not_expire(chats: Story) -> None:
    await file_needed_by(chats, date(2026, 3, 12))
    await until(chats, date(2026, 3, 12))

    [question] = heard(chats.baku, Clock.NEEDED_BY, "question")
    await chats.baku.presses_on(Act.WAIT, question)
    await until(chats, date(2026, 3, 19))

    assert await stage(chats) is Stage.SENT


async def test_a_copy_that_nobody_complains_of_is_complete_after_two_weeks(chats: Story) -> None:
    await chats.baku.pastes(ARTICLE)
    await chats.baku.presses(labels.SEND)
    await chats.almaty.replies_with_file(SCAN)
    await until(chats, date(2026, 3, 15))
    assert await stage(chats) is Stage.DELIVERED

    await until(chats, date(2026, 3, 16))
    assert await stage(chats) is Stage.DONE
    for who in (chats.baku, chats.almaty):
        assert any(who.voice.label(labels.NEWS[Act.FINISH_SILENT]) in text for text in who.everything)


async def test_a_no_that_nobody_follows_up_is_closed_after_two_weeks(chats: Story) -> None:
    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)
    await chats.almaty.presses(Act.NO)
    await chats.almaty.presses(Reason.NOT_HELD)
    await until(chats, date(2026, 3, 15))
    assert await stage(chats) is Stage.UNFILLED

    await until(chats, date(2026, 3, 16))
    assert await stage(chats) is Stage.CLOSED


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_a_mailbox_is_reminded_and_answers_the_reminder_with_a_word(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    await until(boxes, date(2026, 3, 13))
    [letter] = read(boxes.nlrk, Clock.ANSWER, "reminder")
    assert display("yes", boxes.nlrk.language) in letter.text
    assert letter.message["Auto-Submitted"] == "auto-generated"

    await boxes.nlrk.replies(display("yes", boxes.nlrk.language), to=letter)
    assert await stage(boxes) is Stage.WILL_SUPPLY
    await until(boxes, date(2026, 3, 16))
    assert len(read(boxes.nlrk, Clock.ANSWER, "reminder")) == 1


async def test_waiting_on_is_said_by_mail_with_a_word(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    await until(boxes, date(2026, 3, 31))
    [question] = read(boxes.anl, Clock.ANSWER, "question")

    await boxes.anl.replies(display("wait", boxes.anl.language), to=question)

    assert (await boxes.acts(NUMBER))[-1] is Act.WAIT


async def test_a_morning_without_work_is_quiet_and_one_with_work_says_what_waits(chats: Story) -> None:
    await until(chats, date(2026, 3, 3))
    before = len(chats.almaty.everything)
    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)
    await until(chats, date(2026, 3, 4))

    news = chats.almaty.everything[before:]
    assert [NUMBER in text for text in news] == [True, True]
    digest = chats.almaty.screen
    assert chats.almaty.voice.label(labels.STAGES[Stage.SENT]) in digest.text
    await chats.almaty.presses(NUMBER_BUTTON)
    assert (await chats.acts(NUMBER))[-1] is Act.OPEN


NUMBER_BUTTON = f"{NUMBER} Путь Абая : роман"


async def test_the_daily_mail_ends_with_one_word(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    await until(boxes, date(2026, 3, 3))
    digest = boxes.nlrk.newest
    word = display("stop", boxes.nlrk.language)
    assert word in digest.text
    assert str(digest.message["List-Unsubscribe"]).startswith("<mailto:requests+")
    count = len(boxes.nlrk.letters)

    await boxes.nlrk.says("stop")
    assert boxes.nlrk.voice.say(SENTENCES[Say.DIGEST_OFF]) in boxes.nlrk.newest.text
    await until(boxes, date(2026, 3, 5))
    assert len(boxes.nlrk.letters) == count + 1


def sent_to(story: Story, who: Librarian) -> list[Call]:
    """The messages that were sent to somebody."""
    calls = [call for call in story.world.api.calls if call.method == "sendMessage"]
    return [call for call in calls if int(call.params["chat_id"]) == who.phone.user.id]


async def test_news_at_night_makes_no_sound_and_an_answer_does(chats: Story) -> None:
    await until(chats, date(2026, 3, 3))
    await chats.advances(hours=9)  # nine in the evening in Baku, ten in Almaty
    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)

    silent = [call.params.get("disable_notification") for call in sent_to(chats, chats.almaty)]
    loud = [call.params.get("disable_notification") for call in sent_to(chats, chats.baku)]
    assert (silent[-1], loud[-1]) == ("true", None)
