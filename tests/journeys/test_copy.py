"""Pages are scanned in Almaty and read in Baku, every tap and every mail delivered twice."""

import pytest

from handlers.text import labels
from models.rules.vocabulary import Act, Language, ScanProblem, Stage
from tests.journeys.props import ARTICLE, PAIRS, SCAN
from tests.journeys.stage import Story

NUMBER = "ANL-2026-0001"


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_copy_by_telegram_alone(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty

    await baku.pastes(ARTICLE)
    await baku.presses(labels.SEND)
    await almaty.replies_with_file(SCAN, name="tarix-1998-5.pdf")
    assert [one.data for one in baku.files] == [SCAN]

    await baku.presses(Act.PROBLEM)
    await baku.presses(ScanProblem.PAGES_MISSING)
    await baku.types("15–17")
    assert "15–17" in almaty.reads
    await almaty.replies_with_file(SCAN + b"pages 15-17", name="tarix-1998-5-15-17.pdf")
    await baku.presses(Act.FINE)

    assert baku.voice.label(labels.STAGES[Stage.DONE]) in baku.reads
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER, Act.PROBLEM, Act.DELIVER, Act.FINE]
    assert [one.data for one in baku.files] == [SCAN, SCAN + b"pages 15-17"]


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_copy_by_mail_alone(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk

    await anl.writes(ARTICLE)
    await nlrk.attaches(SCAN, name="tarix-1998-5.pdf")
    assert anl.newest.files == [("tarix-1998-5.pdf", SCAN)]
    await anl.says("fine")

    assert nlrk.voice.label(labels.STAGES[Stage.DONE]) in nlrk.newest.text
    assert await boxes.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER, Act.FINE]


async def test_copy_asked_by_mail_and_delivered_in_chat(empty: Story) -> None:
    anl = await empty.opens_box("ANL", Language.AZ)
    almaty = await empty.enters("NLRK", Language.KK)

    await anl.writes(ARTICLE)
    await almaty.presses(Act.DELIVER)
    await almaty.sends_file(SCAN, name="tarix-1998-5.pdf")
    assert anl.newest.files == [("tarix-1998-5.pdf", SCAN)]
    await anl.says("fine")

    assert await empty.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER, Act.FINE]


async def test_copy_asked_in_chat_and_delivered_by_mail(empty: Story) -> None:
    baku = await empty.enters("ANL", Language.AZ)
    nlrk = await empty.opens_box("NLRK", Language.KK)

    await baku.pastes(ARTICLE)
    await baku.presses(labels.SEND)
    await nlrk.attaches(SCAN, name="tarix-1998-5.pdf", text="Сканер файлы тіркелді.")
    assert [one.data for one in baku.files] == [SCAN]
    await baku.presses(Act.FINE)

    assert await empty.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER, Act.FINE]


async def test_file_out_of_the_blue_asks_for_which_request(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(ARTICLE)
    await baku.presses(labels.SEND)

    await almaty.sends_file()
    await almaty.presses(next(one for one in almaty.buttons if one.startswith(NUMBER)))

    assert [one.data for one in baku.files] == [SCAN]
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER]


async def test_mail_that_nobody_vouches_for_is_filed_once_its_sender_says_so(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    before = len(nlrk.letters)

    await anl.writes(ARTICLE, authenticated=False)
    assert "Вопросы истории" in anl.newest.text
    assert len(nlrk.letters) == before
    await anl.says("file")

    assert NUMBER in nlrk.newest.subject
    assert await boxes.acts(NUMBER) == [Act.SUBMIT]
