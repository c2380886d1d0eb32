"""A book goes from Almaty to Baku and home again, every tap and every mail delivered twice."""

from datetime import date

import pytest

from handlers.text import labels
from models.rules.vocabulary import Act, Condition, Filter, Language, Reason, Stage
from tests.journeys.props import BOOK, PAIRS
from tests.journeys.stage import Story

NUMBER = "ANL-2026-0001"
THERE_AND_BACK = [
    Act.SUBMIT,
    Act.CONDITIONS,
    Act.ACCEPT,
    Act.SHIP,
    Act.DETAIL_DISPATCH,
    Act.CHANGE_DUE,
    Act.RECEIVE,
    Act.ASK_RENEWAL,
    Act.GRANT_RENEWAL,
    Act.SEND_BACK,
    Act.CHECK_IN,
]


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_loan_by_telegram_alone(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty

    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    assert NUMBER in almaty.reads

    await almaty.presses(Act.CONDITIONS)
    await almaty.presses(Condition.LIBRARY_USE_ONLY)
    assert baku.voice.label(labels.CONDITIONS[Condition.LIBRARY_USE_ONLY]) in baku.reads
    await baku.presses(Act.ACCEPT)

    await almaty.presses(Act.SHIP)
    await almaty.presses(Act.DETAIL_DISPATCH)
    await almaty.types("RR123456785KZ")
    await almaty.presses(Act.CHANGE_DUE)
    await almaty.types("15.04.2026")
    assert baku.voice.day(date(2026, 4, 15)) in baku.reads

    await baku.presses(Act.RECEIVE)
    assert "RR123456785KZ" in baku.reads
    await baku.presses(Act.ASK_RENEWAL)
    await almaty.presses(Act.GRANT_RENEWAL)
    assert baku.voice.day(date(2026, 5, 15)) in baku.reads

    await baku.presses(Act.SEND_BACK)
    await almaty.presses(Act.CHECK_IN)
    assert almaty.voice.label(labels.STAGES[Stage.DONE]) in almaty.reads
    assert baku.voice.label(labels.STAGES[Stage.DONE]) in baku.reads
    assert await chats.acts(NUMBER) == THERE_AND_BACK


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_loan_by_mail_alone(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk

    await anl.writes(BOOK)
    assert NUMBER in anl.newest.subject
    assert NUMBER in nlrk.newest.subject
    assert "Путь Абая" in nlrk.newest.text

    await nlrk.says("conditions", nlrk.voice.label(labels.CONDITIONS[Condition.LIBRARY_USE_ONLY]))
    assert anl.voice.label(labels.CONDITIONS[Condition.LIBRARY_USE_ONLY]) in anl.newest.text
    await anl.says("yes")

    await nlrk.says("sent", "15.04.2026 RR123456785KZ")
    assert anl.voice.day(date(2026, 4, 15)) in anl.newest.text
    assert "RR123456785KZ" in anl.newest.text
    await anl.says("received")

    await anl.says("renew")
    await nlrk.says("yes")
    assert anl.voice.day(date(2026, 5, 15)) in anl.newest.text

    await anl.says("returned")
    await nlrk.says("checked_in")
    assert anl.voice.label(labels.STAGES[Stage.DONE]) in anl.newest.text
    assert await boxes.acts(NUMBER) == [
        act for act in THERE_AND_BACK if act not in {Act.DETAIL_DISPATCH, Act.CHANGE_DUE}
    ]


async def test_loan_asked_in_chat_and_answered_by_mail(empty: Story) -> None:
    baku = await empty.enters("ANL", Language.AZ)
    nlrk = await empty.opens_box("NLRK", Language.KK)

    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await nlrk.replies("иә")
    await nlrk.says("sent", "RR123456785KZ")
    await baku.presses(Act.RECEIVE)
    await baku.presses(Act.ASK_RENEWAL)
    await nlrk.says("yes", "20.05.2026")
    assert baku.voice.day(date(2026, 5, 20)) in baku.reads
    await baku.presses(Act.SEND_BACK)
    await nlrk.says("checked_in")

    assert await empty.acts(NUMBER) == [
        Act.SUBMIT,
        Act.YES,
        Act.SHIP,
        Act.RECEIVE,
        Act.ASK_RENEWAL,
        Act.GRANT_RENEWAL,
        Act.SEND_BACK,
        Act.CHECK_IN,
    ]


async def test_loan_asked_by_mail_and_answered_in_chat(empty: Story) -> None:
    anl = await empty.opens_box("ANL", Language.AZ)
    almaty = await empty.enters("NLRK", Language.KK)

    await anl.writes(BOOK)
    await almaty.presses(Act.YES)
    await almaty.presses(Act.SHIP)
    await anl.says("received")
    await anl.says("renew")
    await almaty.presses(Act.REFUSE_RENEWAL)
    assert anl.voice.label(labels.NEWS[Act.REFUSE_RENEWAL]) in anl.newest.text
    await anl.says("returned")
    await almaty.presses(Act.CHECK_IN)

    assert await empty.acts(NUMBER) == [
        Act.SUBMIT,
        Act.YES,
        Act.SHIP,
        Act.RECEIVE,
        Act.ASK_RENEWAL,
        Act.REFUSE_RENEWAL,
        Act.SEND_BACK,
        Act.CHECK_IN,
    ]


async def test_no_with_a_reason_by_tap_and_by_mail(desk: Story) -> None:
    baku, almaty, nlrk = desk.baku, desk.almaty, desk.nlrk

    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await almaty.presses(Act.NO)
    await almaty.presses(Reason.NOT_HELD)
    assert baku.voice.label(labels.REASONS[Reason.NOT_HELD]) in baku.reads

    await baku.pastes("Бөкейхан Ә. Шығармалар. — Алматы : Қазақстан, 1994.")
    await baku.presses(labels.SEND)
    await nlrk.says("no", nlrk.voice.label(labels.REASONS[Reason.NOT_ON_SHELF]))
    assert baku.voice.label(labels.REASONS[Reason.NOT_ON_SHELF]) in baku.reads

    assert (await desk.history(NUMBER))[-1].details.reason is Reason.NOT_HELD
    assert (await desk.history("ANL-2026-0002"))[-1].details.reason is Reason.NOT_ON_SHELF


async def test_comments_go_both_ways_and_move_nothing(desk: Story) -> None:
    baku, almaty, nlrk = desk.baku, desk.almaty, desk.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await almaty.replies("Қай томы керек?")
    assert "Қай томы керек?" in baku.reads
    await baku.replies("Birinci cildi.")
    assert "Birinci cildi." in almaty.reads
    await nlrk.replies("Бірінші томы бізде бар, бірақ мұқабасы жыртық.")
    assert "мұқабасы жыртық" in baku.reads

    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.COMMENT, Act.COMMENT, Act.COMMENT]


async def test_undo_brings_the_request_back_and_corrects_the_news(desk: Story) -> None:
    baku, almaty, nlrk = desk.baku, desk.almaty, desk.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await almaty.presses(Act.YES)
    await almaty.presses(labels.UNDO)
    assert baku.voice.label(labels.NEWS[Act.UNDO]) in baku.reads

    await nlrk.says("yes")
    assert nlrk.voice.label(labels.STAGES[Stage.SENT]) in nlrk.newest.text
    await nlrk.says("yes")
    await nlrk.says("undo")
    assert nlrk.voice.label(labels.NEWS[Act.UNDO]) in nlrk.newest.text

    acts = await desk.acts(NUMBER)
    assert acts == [Act.SUBMIT, Act.YES, Act.UNDO, Act.COMMENT, Act.YES, Act.UNDO]
    await almaty.opens(NUMBER)
    assert almaty.voice.label(labels.ACTS[Act.YES]) in almaty.buttons


async def test_list_and_card_lead_to_the_whole_history(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await almaty.presses(Act.YES)
    await almaty.presses(Act.SHIP)
    await baku.presses(Act.RECEIVE)

    await baku.presses(labels.MY_REQUESTS)
    assert baku.reads.startswith(baku.voice.label(labels.FILTERS[Filter.TO_DO]))
    await baku.opens(NUMBER)
    assert baku.voice.label(labels.NEWS[Act.SUBMIT]) not in baku.reads

    await baku.presses(labels.HISTORY)
    told = [baku.voice.label(labels.NEWS[act]) for act in (Act.SUBMIT, Act.YES, Act.SHIP, Act.RECEIVE)]
    assert [text for text in told if text in baku.reads] == told
