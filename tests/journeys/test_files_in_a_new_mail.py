"""A new mail that brings files while nothing waits for a scan: its sender says what it is."""

import pytest

from handlers.text import labels
from models.tables import Attachment, Draft, Letter, Request
from tests.journeys.props import BOOK, PAIRS, SCAN
from tests.journeys.stage import Story

EVERY_TONGUE = pytest.mark.parametrize("tongues", PAIRS, indirect=True)
WORDS = "Құрметті әріптестер! Семинардың бағдарламасын жібереміз."


@EVERY_TONGUE
async def test_files_leave_as_a_letter_when_their_sender_says_so(desk: Story) -> None:
    await desk.nlrk.writes(WORDS, subject="Семинар", files={"бағдарлама.pdf": SCAN})
    assert "бағдарлама.pdf" in desk.nlrk.newest.text
    assert await Letter.all().count() == 0

    await desk.nlrk.says("letter")

    assert [(one.name, one.data) for one in desk.baku.files] == [("бағдарлама.pdf", SCAN)]
    assert WORDS in "".join(desk.baku.everything)
    assert (await Attachment.get()).letter_id == (await Letter.get()).id
    assert await Draft.all().count() == 0


async def test_files_without_a_word_are_a_letter_too(desk: Story) -> None:
    await desk.nlrk.writes("", subject="Семинар", files={"бағдарлама.pdf": SCAN})
    await desk.nlrk.says("letter")

    assert [one.name for one in desk.baku.files] == ["бағдарлама.pdf"]


async def test_files_that_are_discarded_are_kept_no_longer(desk: Story) -> None:
    await desk.nlrk.writes(WORDS, files={"бағдарлама.pdf": SCAN})
    assert await Attachment.all().count() == 1

    await desk.nlrk.says("discard")

    assert (await Attachment.all().count(), await Draft.all().count()) == (0, 0)
    assert desk.baku.files == []


async def test_files_that_are_filed_belong_to_the_new_request(desk: Story) -> None:
    await desk.nlrk.writes(WORDS, files={"cover.pdf": SCAN})
    await desk.nlrk.replies("title: Kitabi-Dədə Qorqud")
    await desk.nlrk.says("file")

    assert (await Request.get()).title == "Kitabi-Dədə Qorqud"
    assert [one.name for one in desk.baku.files] == ["cover.pdf"]


async def test_what_is_attached_to_a_citation_goes_with_the_request(desk: Story) -> None:
    await desk.nlrk.writes(BOOK, files={"cover.pdf": SCAN})

    assert await Request.all().count() == 1
    assert [one.name for one in desk.baku.files] == ["cover.pdf"]


async def test_files_of_a_draft_are_not_taken_for_a_scan(desk: Story) -> None:
    await desk.nlrk.writes(WORDS, files={"бағдарлама.pdf": SCAN})
    asked = desk.nlrk.newest
    await desk.baku.pastes(BOOK)
    await desk.baku.presses(labels.SEND)

    await desk.nlrk.replies("ANL-2026-0001")
    await desk.nlrk.says("letter", to=asked)

    assert [one.letter_id is not None for one in await Attachment.all()] == [True]
