"""Loans that do not go straight: one library chats, the other only answers mail."""

from datetime import date

import pytest

from handlers.text import labels
from handlers.text.cards import FOR_PARTNER
from handlers.text.choices import CONFIRM
from handlers.text.details import of_pieces
from handlers.text.refusals import refusal_text
from handlers.text.reminders import HEADLINES
from models.queries.standings import standing_of
from models.rules.errors import NothingToUndo, TooLate
from models.rules.lifecycle import status
from models.rules.vocabulary import Act, Clock, Condition, Flag, Settlement, Stage, Status
from models.tables import Request
from tests.journeys.props import BOOK, PAIRS, START
from tests.journeys.stage import Story

NUMBER = "ANL-2026-0001"
EITHER_PAIR = pytest.mark.parametrize("tongues", PAIRS, indirect=True)


@EITHER_PAIR
async def test_a_loan_renewed_twice_recalled_overdue_lost_and_settled(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await nlrk.says("sent", "RR123456785KZ")
    await baku.presses(Act.RECEIVE)

    await baku.presses(Act.ASK_RENEWAL)
    await nlrk.says("yes")
    assert baku.voice.day(date(2026, 5, 1)) in baku.reads
    await baku.presses(Act.ASK_RENEWAL)
    await nlrk.says("yes", "15.05.2026")
    assert baku.voice.day(date(2026, 5, 15)) in baku.reads

    await nlrk.says("recall")
    assert baku.voice.label(labels.FLAGS[Flag.RECALLED]) in baku.reads
    await chat_and_box.world.advance(START.replace(month=5, day=19))
    overdue = baku.voice.label(HEADLINES[Clock.OVERDUE, "first"])
    assert sum(text.startswith(overdue) for text in baku.everything) == 1

    await baku.types(NUMBER)
    await baku.presses(Act.LOSE)
    await baku.presses(CONFIRM)
    await nlrk.says("settle", nlrk.voice.label(labels.SETTLEMENTS[Settlement.IDENTICAL_COPY]))
    assert baku.voice.label(labels.SETTLEMENTS[Settlement.IDENTICAL_COPY]) in baku.reads
    await baku.presses(Act.AGREE_SETTLEMENT)

    assert nlrk.voice.label(labels.NEWS[Act.AGREE_SETTLEMENT]) in nlrk.newest.text
    assert status(standing_of(await Request.get(number=NUMBER))) is Status.COMPLETED_WITHOUT_RETURN
    assert await chat_and_box.acts(NUMBER) == [
        Act.SUBMIT,
        Act.SHIP,
        Act.RECEIVE,
        Act.ASK_RENEWAL,
        Act.GRANT_RENEWAL,
        Act.ASK_RENEWAL,
        Act.GRANT_RENEWAL,
        Act.RECALL,
        Act.MARK_OVERDUE,
        Act.LOSE,
        Act.PROPOSE_SETTLEMENT,
        Act.AGREE_SETTLEMENT,
    ]


@EITHER_PAIR
async def test_of_three_pieces_one_is_missing_and_is_found(box_and_chat: Story) -> None:
    anl, almaty = box_and_chat.anl, box_and_chat.almaty
    await anl.writes(BOOK)
    await almaty.presses(Act.SHIP)
    await almaty.presses(Act.DETAIL_DISPATCH)
    await almaty.presses(almaty.voice.plural("{n} piece", "{n} pieces", 3))

    await anl.says("received", "2")
    assert almaty.voice.label(labels.FLAGS[Flag.INCOMPLETE]) in almaty.reads
    assert of_pieces(almaty.voice, 2, 3) in almaty.reads
    await anl.says("returned", "2")
    await almaty.presses(Act.CHECK_IN_DAMAGED)
    await almaty.types("Volume 3 is not in the parcel.")
    assert "Volume 3 is not in the parcel." in anl.newest.text

    await anl.says("found")
    await almaty.presses(Act.CHECK_IN)

    assert anl.voice.label(labels.STAGES[Stage.DONE]) in anl.newest.text
    assert (await box_and_chat.acts(NUMBER))[-4:] == [
        Act.SEND_BACK,
        Act.CHECK_IN_DAMAGED,
        Act.FIND,
        Act.CHECK_IN,
    ]


@EITHER_PAIR
async def test_conditions_are_declined_by_a_tap(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await nlrk.says("conditions", nlrk.voice.label(labels.CONDITIONS[Condition.SIGNATURE_REQUIRED]))
    await baku.presses(Act.DECLINE)

    assert nlrk.voice.label(labels.NEWS[Act.DECLINE]) in nlrk.newest.text
    assert await chat_and_box.acts(NUMBER) == [Act.SUBMIT, Act.CONDITIONS, Act.DECLINE]


@EITHER_PAIR
async def test_conditions_are_declined_by_a_word(box_and_chat: Story) -> None:
    anl, almaty = box_and_chat.anl, box_and_chat.almaty
    await anl.writes(BOOK)

    await almaty.presses(Act.CONDITIONS)
    await almaty.presses(Condition.NO_REPRODUCTION)
    await anl.says("no")

    assert almaty.voice.label(labels.STAGES[Stage.CLOSED]) in almaty.reads
    assert await box_and_chat.acts(NUMBER) == [Act.SUBMIT, Act.CONDITIONS, Act.DECLINE]


@EITHER_PAIR
async def test_a_cancellation_is_refused_and_then_agreed(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await nlrk.says("yes")

    await baku.presses(Act.CANCEL)
    await baku.presses(CONFIRM)
    await nlrk.says("no")
    assert baku.voice.label(labels.NEWS[Act.REFUSE_CANCEL]) in baku.reads
    await baku.types(NUMBER)
    assert baku.voice.label(labels.STAGES[Stage.WILL_SUPPLY]) in baku.reads

    await baku.presses(Act.CANCEL)
    await baku.presses(CONFIRM)
    await nlrk.says("yes")
    assert baku.voice.label(labels.STAGES[Stage.CANCELLED]) in baku.reads
    assert await chat_and_box.acts(NUMBER) == [
        Act.SUBMIT,
        Act.YES,
        Act.CANCEL,
        Act.REFUSE_CANCEL,
        Act.CANCEL,
        Act.AGREE_CANCEL,
    ]


@EITHER_PAIR
async def test_what_the_partner_said_on_the_telephone_is_recorded_for_it(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await baku.types(NUMBER)

    await baku.presses(labels.RECORD_FOR_PARTNER)
    await baku.presses(Act.YES)

    assert baku.voice.label(FOR_PARTNER) in baku.reads
    assert nlrk.voice.label(labels.NEWS[Act.YES]) in nlrk.newest.text
    assert nlrk.voice.label(FOR_PARTNER) in nlrk.newest.text
    told = (await chat_and_box.history(NUMBER))[-1]
    assert (told.act, told.for_partner, told.by) == (Act.YES, True, "Aytən Məmmədova")

    await nlrk.says("undo")
    assert baku.voice.label(labels.NEWS[Act.UNDO]) in baku.reads


@EITHER_PAIR
async def test_a_request_is_reopened_within_thirty_days_and_not_after(box_and_chat: Story) -> None:
    anl, almaty = box_and_chat.anl, box_and_chat.almaty
    await anl.writes(BOOK)
    await anl.says("cancel")
    await box_and_chat.advances(days=29)
    cancelled = [one for one in anl.letters if NUMBER in one.subject][-1]

    await anl.says("reopen", "The reader asks again.", to=cancelled)
    assert "The reader asks again." in almaty.reads
    assert almaty.voice.label(labels.STAGES[Stage.SENT]) in almaty.reads

    await anl.says("cancel")
    await almaty.types(NUMBER)
    await almaty.presses(Act.REOPEN)
    await box_and_chat.advances(days=31)
    await almaty.types("We have found it.")
    sentence = refusal_text(almaty.voice, TooLate(act=Act.REOPEN, limit=30))
    assert any(sentence in text for text in almaty.everything[-3:])
    await almaty.types(NUMBER)
    assert almaty.voice.label(labels.ACTS[Act.REOPEN]) not in almaty.buttons

    cancelled = [one for one in anl.letters if NUMBER in one.subject][-1]
    await anl.says("reopen", "Once more.", to=cancelled)
    assert refusal_text(anl.voice, TooLate(act=Act.REOPEN, limit=30)) in anl.newest.text
    assert (await box_and_chat.acts(NUMBER))[-3:] == [Act.CANCEL, Act.COMMENT, Act.COMMENT]


@EITHER_PAIR
async def test_a_silent_partners_request_is_closed_and_taken_up_again(chat_and_box: Story) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await baku.types(NUMBER)
    assert baku.voice.label(labels.ACTS[Act.CLOSE]) not in baku.buttons

    await chat_and_box.advances(days=20)
    await baku.types(NUMBER)
    await baku.presses(Act.CLOSE)
    await baku.presses(CONFIRM)
    assert nlrk.voice.label(labels.NEWS[Act.CLOSE]) in nlrk.newest.text

    await nlrk.says("reopen", "The book is here.")
    assert "The book is here." in baku.reads
    assert baku.voice.label(labels.STAGES[Stage.SENT]) in baku.reads
    await nlrk.says("sent")
    assert baku.voice.label(labels.STAGES[Stage.SHIPPED]) in baku.reads


@EITHER_PAIR
async def test_a_word_taken_back_by_a_word_is_corrected_until_the_other_side_acts(
    chat_and_box: Story,
) -> None:
    baku, nlrk = chat_and_box.baku, chat_and_box.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await nlrk.says("sent")
    await nlrk.says("undo")
    assert baku.voice.label(labels.NEWS[Act.UNDO]) in baku.reads
    assert baku.voice.label(labels.STAGES[Stage.SENT]) in baku.reads

    await nlrk.says("sent")
    await baku.presses(Act.RECEIVE)
    await nlrk.says("undo")
    assert refusal_text(nlrk.voice, NothingToUndo()) in nlrk.newest.text
    assert await chat_and_box.acts(NUMBER) == [
        Act.SUBMIT,
        Act.SHIP,
        Act.UNDO,
        Act.SHIP,
        Act.RECEIVE,
        Act.COMMENT,
    ]
