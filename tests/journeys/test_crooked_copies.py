"""Copies and citations that need a second try: one library chats, the other only answers mail."""

import pytest

from handlers.text import labels
from handlers.text.cards import PREVIOUS
from models.rules.vocabulary import Act, Reason, ScanProblem, Stage
from tests.journeys.props import ARTICLE, BOOK, PAIRS, SCAN
from tests.journeys.stage import Story

NUMBER, NEXT = "ANL-2026-0001", "ANL-2026-0002"
EITHER_PAIR = pytest.mark.parametrize("tongues", PAIRS, indirect=True)
SECOND, THIRD = SCAN + b"with pages 15-17", SCAN + b"scanned anew"


@EITHER_PAIR
async def test_a_copy_sent_again_twice_for_a_mailbox(box_and_chat: Story) -> None:
    anl, almaty = box_and_chat.anl, box_and_chat.almaty
    await anl.writes(ARTICLE)
    await almaty.replies_with_file(SCAN)

    await anl.says("problem", f"{anl.voice.label(labels.SCAN_PROBLEMS[ScanProblem.PAGES_MISSING])} 15–17")
    assert almaty.voice.label(labels.SCAN_PROBLEMS[ScanProblem.PAGES_MISSING]) in almaty.reads
    assert "15" in almaty.reads
    await almaty.replies_with_file(SECOND)
    await anl.says("problem", anl.voice.label(labels.SCAN_PROBLEMS[ScanProblem.UNREADABLE]))
    assert almaty.voice.label(labels.SCAN_PROBLEMS[ScanProblem.UNREADABLE]) in almaty.reads
    await almaty.replies_with_file(THIRD)
    assert anl.newest.files[-1][1] == THIRD
    await anl.says("fine")

    assert almaty.voice.label(labels.STAGES[Stage.DONE]) in almaty.reads
    assert await box_and_chat.acts(NUMBER) == SENT_AGAIN_TWICE


SENT_AGAIN_TWICE = [
    Act.SUBMIT,
    Act.DELIVER,
    Act.PROBLEM,
    Act.DELIVER,
    Act.PROBLEM,
    Act.DELIVER,
    Act.FINE,
]


@EITHER_PAIR
async def test_a_copy_sent_again_twice_by_a_mailbox(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(ARTICLE)
    await baku.presses(labels.SEND)
    await nlrk.attaches(SCAN)

    await baku.presses(Act.PROBLEM)
    await baku.presses(ScanProblem.PAGES_MISSING)
    await baku.types("15–17")
    assert "15–17" in nlrk.newest.text
    await nlrk.attaches(SECOND)
    await baku.presses(Act.PROBLEM)
    await baku.presses(ScanProblem.CANNOT_OPEN)
    assert nlrk.voice.label(labels.SCAN_PROBLEMS[ScanProblem.CANNOT_OPEN]) in nlrk.newest.text
    await nlrk.attaches(THIRD)
    await baku.presses(Act.FINE)

    assert [one.data for one in baku.files] == [SCAN, SECOND, THIRD]
    assert nlrk.voice.label(labels.STAGES[Stage.DONE]) in nlrk.newest.text
    assert await chat_and_box.acts(NUMBER) == SENT_AGAIN_TWICE


@EITHER_PAIR
async def test_a_doubtful_citation_is_mended_and_sent_again_as_a_linked_request(box_and_chat: Story) -> None:
    anl, almaty = box_and_chat.anl, box_and_chat.almaty
    await anl.writes(BOOK)
    await almaty.presses(Act.LATER)
    await almaty.presses(Reason.NOT_FOUND_AS_CITED)
    await almaty.presses(almaty.voice.named(labels.FIELDS["year"]))
    assert anl.voice.named(labels.FIELDS["year"]) in anl.newest.text

    await anl.says("again", f"\n{anl.voice.named(labels.FIELDS['year'])}: 1978")

    assert NEXT in almaty.reads
    assert "1978" in almaty.reads
    await almaty.types(NEXT)
    assert f"{almaty.voice.named(PREVIOUS)}: {NUMBER}" in almaty.reads
    assert await box_and_chat.acts(NUMBER) == [Act.SUBMIT, Act.LATER, Act.FIX_AND_RESEND]
    assert (await box_and_chat.acts(NEXT))[0] is Act.SUBMIT


@EITHER_PAIR
async def test_a_copy_is_asked_for_where_the_book_stays_at_home(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await nlrk.says("no", nlrk.voice.label(labels.REASONS[Reason.NON_CIRCULATING]))

    await baku.presses(Act.ASK_COPY)
    await baku.types("12-40")
    await baku.presses(labels.SEND)
    assert NEXT in nlrk.newest.subject
    await nlrk.attaches(SCAN)
    await baku.presses(Act.FINE)

    assert [one.data for one in baku.files] == [SCAN]
    assert await chat_and_box.acts(NUMBER) == [Act.SUBMIT, Act.NO, Act.ASK_COPY]
    assert await chat_and_box.acts(NEXT) == [Act.SUBMIT, Act.DELIVER, Act.FINE]
