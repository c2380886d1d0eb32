"""The program stands still for ten days; back again, it says once what is still true, and skips the rest."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot import scheduler
from handlers.text import labels
from handlers.text.reminders import HEADLINES
from models.queries.traffic import is_quiet
from models.rules.vocabulary import Act, Clock, Stage
from models.tables import Reminder
from tests.journeys.props import ARTICLE, BOOK, PAIRS
from tests.journeys.stage import Librarian, Mailbox, Story

LOAN, UNANSWERED, COPY = "ANL-2026-0001", "ANL-2026-0002", "ANL-2026-0003"
OTHER_BOOK = "Bakıxanov A. Gülüstani-İrəm. — Bakı : Elm, 1991. — 304 s."
BEFORE, AFTER = date(2026, 3, 26), date(2026, 4, 6)
"""Thursday and the Monday after the next: the program is down in between, and Baku keeps Nowruz meanwhile."""


def noon(day: date) -> datetime:
    """Noon in Baku."""
    return datetime.combine(day, time(12), ZoneInfo("Asia/Baku"))


def told(story: Story, clock: Clock, step: str) -> tuple[int, int]:
    """How often Baku and Almaty read this reminder."""
    return said(story.baku, clock, step), mailed(story.nlrk, clock, step)


def said(who: Librarian, clock: Clock, step: str) -> int:
    """How many messages begin with the reminder's headline."""
    return sum(text.startswith(who.voice.label(HEADLINES[clock, step])) for text in who.everything)


def mailed(box: Mailbox, clock: Clock, step: str) -> int:
    """How many mails carry it."""
    return sum(box.voice.label(HEADLINES[clock, step]) in one.text for one in box.letters)


async def three_requests(story: Story) -> None:
    """A loan that is due on 1 April, a book that nobody answers, and a copy that nobody complains of."""
    baku, nlrk = story.baku, story.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await nlrk.says("sent")
    await baku.presses(Act.RECEIVE)
    await story.world.advance(noon(date(2026, 3, 5)))
    await baku.pastes(OTHER_BOOK)
    await baku.presses(labels.SEND)
    await story.world.advance(noon(date(2026, 3, 19)))
    await baku.pastes(ARTICLE)
    await baku.presses(labels.SEND)
    await nlrk.attaches()


async def comes_back(story: Story, day: date) -> None:
    """Start again at noon of a later day, on the same data."""
    await story.world.stop()
    story.world.clock.advance(noon(day))
    await story.world.start()
    await scheduler.tick(story.world.clock())
    await story.settles()


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_after_ten_days_each_reminder_that_is_still_true_comes_once(chat_and_box: Story) -> None:
    story, baku, nlrk = chat_and_box, chat_and_box.baku, chat_and_box.nlrk
    await three_requests(story)
    await story.world.advance(noon(BEFORE))
    assert told(story, Clock.ANSWER, "reminder") == (0, 1)
    assert told(story, Clock.ANSWER, "question") == (0, 0)
    messages = len(baku.everything)

    await comes_back(story, AFTER)

    assert told(story, Clock.DUE_SOON, "first") == (0, 0)
    assert told(story, Clock.DUE_SOON, "second") == (0, 0)
    assert told(story, Clock.OVERDUE, "first") == (1, 0)
    assert told(story, Clock.ANSWER, "question") == (1, 0)
    assert told(story, Clock.ANSWER, "reminder") == (0, 1)
    finished = baku.voice.label(labels.NEWS[Act.FINISH_SILENT])
    assert sum(finished in text for text in baku.everything[messages:]) == 1
    assert (await story.acts(COPY))[-1] is Act.FINISH_SILENT
    assert (await story.history(LOAN))[-1].act is Act.MARK_OVERDUE
    assert (await story.history(UNANSWERED))[-1].stage_to is Stage.SENT

    everything = story.sent()
    await story.restarts()
    await scheduler.tick(story.world.clock())
    await story.settles()
    assert story.sent() == everything
    assert await is_quiet(story.world.clock())
    assert nlrk.voice.label(labels.NEWS[Act.FINISH_SILENT]) in "".join(one.text for one in nlrk.letters)
    assert await Reminder.filter(clock=Clock.OVERDUE).count() == 1
