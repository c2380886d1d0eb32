"""What was taken away from a mail for the thread is one tap away, and only while it is kept."""

import pytest

from handlers.text import labels
from handlers.text.wholemails import BELOW, GONE
from models.tables import Event
from tests.journeys.props import BOOK, PAIRS
from tests.journeys.stage import Story


async def remarked(story: Story) -> None:
    await story.baku.pastes(BOOK)
    await story.baku.presses(labels.SEND)
    await story.nlrk.replies("Екінші томы да осында.\n\n-- \nДанияр, 3-бөлме")


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_the_whole_mail_is_one_tap_from_the_comment_and_from_the_card(desk: Story) -> None:
    await remarked(desk)
    baku = desk.baku
    assert "3-бөлме" not in baku.reads
    await baku.presses(labels.WHOLE_MAIL)
    assert ("3-бөлме" in baku.reads, baku.voice.say(BELOW) in baku.reads) == (True, True)

    await baku.opens("ANL-2026-0001")
    await baku.presses(labels.WHOLE_MAIL)
    assert "3-бөлме" in baku.reads


async def test_where_the_rest_is_gone_no_button_leads_to_it_and_an_old_one_says_so(desk: Story) -> None:
    await remarked(desk)
    await Event.all().update(removed=None)
    await desk.baku.presses(labels.WHOLE_MAIL)
    assert desk.baku.voice.say(GONE) in desk.baku.reads

    await desk.baku.opens("ANL-2026-0001")
    assert desk.baku.voice.label(labels.WHOLE_MAIL) not in desk.baku.buttons
