"""Letters between the libraries: written in one door, answered in the other, about no request."""

import pytest

from handlers.text import labels
from models.tables import Letter, LetterThread, Request
from tests.journeys.props import PAIRS
from tests.journeys.stage import Story

EITHER_PAIR = pytest.mark.parametrize("tongues", PAIRS, indirect=True)


@EITHER_PAIR
async def test_a_letter_from_a_chat_is_answered_by_mail_and_answered_again(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk

    await baku.types("/letter")
    await baku.types("Which catalogue of manuscripts do you use?")
    assert "Which catalogue of manuscripts do you use?" in nlrk.newest.text
    await nlrk.replies("The printed one of 1979.")
    assert "The printed one of 1979." in baku.reads
    await baku.replies("We will look there.")
    assert "We will look there." in nlrk.newest.text

    assert await LetterThread.all().count() == 1
    assert await Letter.all().count() == 3
    assert await Request.all().count() == 0


@EITHER_PAIR
async def test_a_mail_that_asks_for_nothing_is_passed_on_as_a_letter(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    before = len(baku.everything)

    await nlrk.writes("Our reading room is closed in May. Please plan for it.", subject="May")
    assert len(baku.everything) == before
    await nlrk.says("letter")
    assert "Our reading room is closed in May." in baku.reads
    await baku.presses(labels.ANSWER)
    await baku.types("Thank you for telling us.")

    assert "Thank you for telling us." in nlrk.newest.text
    assert await LetterThread.all().count() == 1
