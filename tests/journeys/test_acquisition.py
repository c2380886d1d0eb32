"""A document is bought in Almaty for Baku: once in chat, once by mail alone, everything told twice."""

import pytest

from handlers.text import forms, labels
from handlers.text.words import display
from models.rules.lifecycle import HOLDINGS_REASONS
from models.rules.vocabulary import Act, Language, Reason, Service, Stage
from tests.journeys.props import BOOK, PAIRS, SCAN
from tests.journeys.stage import Story

NUMBER = "ANL-2026-0001"


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_acquisition_in_chat(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty

    await baku.pastes(BOOK)
    await baku.presses(forms.NOW_ACQUIRED)
    await baku.presses(labels.SEND)
    assert almaty.voice.label(labels.SERVICES[Service.ACQUISITION]) in almaty.reads

    await almaty.presses(Act.YES)
    await almaty.presses(Act.OBTAIN)
    await almaty.types("12 EUR, Akniet")
    assert "12 EUR, Akniet" in baku.reads
    await almaty.opens(NUMBER)
    await almaty.presses(Act.SHIP)
    await baku.presses(Act.RECEIVE)

    assert baku.voice.label(labels.STAGES[Stage.DONE]) in baku.reads
    assert [act for act in await chats.acts(NUMBER) if act is not Act.OPEN] == [
        Act.SUBMIT,
        Act.YES,
        Act.OBTAIN,
        Act.SHIP,
        Act.RECEIVE,
    ]


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_acquisition_by_mail_alone(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk

    await anl.writes(f"{display('acquire', anl.language)}\n{BOOK}")
    assert NUMBER in nlrk.newest.subject
    assert nlrk.voice.label(labels.SERVICES[Service.ACQUISITION]) in nlrk.newest.text
    await nlrk.says("yes")
    await nlrk.says("obtained", "12 EUR")
    assert "12 EUR" in anl.newest.text
    await nlrk.says("sent", "RR123456789KZ")
    assert "RR123456789KZ" in anl.newest.text
    await anl.says("received")

    assert nlrk.voice.label(labels.STAGES[Stage.DONE]) in nlrk.newest.text
    assert await boxes.acts(NUMBER) == [Act.SUBMIT, Act.YES, Act.OBTAIN, Act.SHIP, Act.RECEIVE]


async def test_what_cannot_be_bought_is_refused_with_a_reason_of_its_own(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(forms.NOW_ACQUIRED)
    await baku.presses(labels.SEND)

    await almaty.presses(Act.NO)
    shelf = {almaty.voice.label(labels.REASONS[one]) for one in HOLDINGS_REASONS}
    assert not shelf & set(almaty.buttons)
    await almaty.presses(Reason.OUT_OF_PRINT)

    assert baku.voice.label(labels.REASONS[Reason.OUT_OF_PRINT]) in baku.reads
    await baku.presses(Act.TO_GAP_LIST)


async def test_a_price_is_agreed_before_it_is_bought(empty: Story) -> None:
    baku = await empty.enters("ANL", Language.AZ)
    nlrk = await empty.opens_box("NLRK", Language.KK)
    await baku.pastes(BOOK)
    await baku.presses(forms.NOW_ACQUIRED)
    await baku.presses(labels.SEND)

    await nlrk.says("conditions", "12 EUR")
    assert "12 EUR" in baku.reads
    await baku.presses(Act.ACCEPT)

    assert [act for act in await empty.acts(NUMBER) if act is not Act.OPEN] == [
        Act.SUBMIT,
        Act.CONDITIONS,
        Act.ACCEPT,
    ]


async def test_an_electronic_document_comes_as_a_file(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.types("/new")
    await baku.presses(Service.ACQUISITION)
    await baku.types("Путь Абая")
    for _ in range(6):
        if baku.voice.label(labels.SKIP) in baku.buttons:
            await baku.presses(labels.SKIP)
    await baku.presses(labels.SEND)

    await almaty.replies_with_file(SCAN, name="abai.pdf")
    assert [one.data for one in baku.files] == [SCAN]
    await baku.presses(Act.FINE)

    assert [act for act in await chats.acts(NUMBER) if act is not Act.OPEN] == [
        Act.SUBMIT,
        Act.DELIVER,
        Act.FINE,
    ]
