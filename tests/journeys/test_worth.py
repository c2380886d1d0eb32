"""What a parcel is worth: stated in either door, seen on the card and on its papers, remembered."""

import pytest

from handlers.text import labels
from handlers.text.choices import DECLARED, INSURED
from models.rules.papers import Paper
from models.rules.vocabulary import Act
from models.tables import Habit
from tests.journeys.props import BOOK, PAIRS
from tests.journeys.stage import Story
from tests.journeys.test_papers import asked, prints
from tests.papers.props import text_of

EVERY_TONGUE = pytest.mark.parametrize("tongues", PAIRS, indirect=True)


@EVERY_TONGUE
async def test_values_typed_in_chat_stand_on_the_card_and_on_the_papers(chats: Story) -> None:
    almaty = await asked(chats)
    await almaty.presses(Act.SHIP)
    await almaty.presses(Act.DETAIL_DISPATCH)
    await almaty.presses(DECLARED)
    await almaty.types("50 EUR")
    await almaty.opens("ANL-2026-0001")
    await almaty.presses(Act.DETAIL_DISPATCH)
    await almaty.presses(INSURED)
    await almaty.types("70 EUR")
    await almaty.opens("ANL-2026-0001")

    assert ("50 EUR" in almaty.reads, "70 EUR" in almaty.reads) == (True, True)
    slip = text_of(await prints(almaty, Paper.DISPATCH_SLIP))
    assert ("50 EUR" in slip, "70 EUR" in slip) == (True, True)
    await almaty.opens("ANL-2026-0001")
    assert "50 EUR" in text_of(await prints(almaty, Paper.CUSTOMS))


async def test_values_come_by_mail_with_the_parcel_or_after_it_and_are_remembered(desk: Story) -> None:
    await desk.baku.pastes(BOOK)
    await desk.baku.presses(labels.SEND)
    await desk.nlrk.says("sent", "RR123456785KZ, объявленная ценность 50 EUR")
    await desk.nlrk.replies("insured 70 EUR")
    await desk.baku.opens("ANL-2026-0001")

    assert ("50 EUR" in desk.baku.reads, "70 EUR" in desk.baku.reads) == (True, True)
    habit = await Habit.get()
    assert (habit.value, habit.insured) == ("50 EUR", "70 EUR")
