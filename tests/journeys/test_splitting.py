"""A new matter that comes by "Reply": it stays in the thread, and becomes a request on one word."""

import pytest

from handlers.text import labels
from models.rules.vocabulary import Act
from models.tables import Draft, Letter, Request
from tests.journeys.props import BOOK, PAIRS
from tests.journeys.stage import Story

EVERY_TONGUE = pytest.mark.parametrize("tongues", PAIRS, indirect=True)
FIRST = "ANL-2026-0001"
OTHER = "Есенберлин І. Көшпенділер. — Алматы : Жазушы, 1976. — 520 б."


async def asked(story: Story) -> None:
    await story.baku.pastes(BOOK)
    await story.baku.presses(labels.SEND)


@EVERY_TONGUE
async def test_a_citation_in_a_reply_is_a_comment_until_its_writer_files_it(desk: Story) -> None:
    await asked(desk)
    await desk.nlrk.replies(OTHER)
    assert await desk.acts(FIRST) == [Act.SUBMIT, Act.COMMENT]
    assert await Request.all().count() == 1

    await desk.nlrk.says("file")

    made = await Request.all().order_by("-id").first()
    assert made is not None
    assert ("Көшпенділер" in made.title, made.number) == (True, "NLRK-2026-0001")
    assert "Көшпенділер" in desk.baku.reads
    assert await Draft.all().count() == 0


async def test_another_subject_is_offered_as_a_letter_too(desk: Story) -> None:
    await asked(desk)
    raw = desk.nlrk.composes("Біздің оқу залы мамыр айында жабық болады. Соны ескеріңіздер.")
    subject = next(line for line in raw.split(b"\r\n") if line.lower().startswith(b"subject:"))
    start = raw.index(subject)
    end = raw.index(b"\r\n", start)
    while raw[end + 2 : end + 3] in {b" ", b"\t"}:
        end = raw.index(b"\r\n", end + 2)
    await desk.nlrk.posts(raw[:start] + b"Subject: Reading room in May" + raw[end:])
    assert await desk.acts(FIRST) == [Act.SUBMIT, Act.COMMENT]

    await desk.nlrk.says("letter")

    assert (await Letter.get()).text.startswith("Біздің оқу залы")


async def test_an_ordinary_remark_is_offered_nothing(desk: Story) -> None:
    await asked(desk)
    for remark in ("The second volume is here as well, 12 pages are torn.", BOOK):
        await desk.nlrk.replies(remark)

    assert await Draft.all().count() == 0


@EVERY_TONGUE
async def test_a_citation_in_a_chats_reply_gets_a_button(chats: Story) -> None:
    await asked(chats)
    await chats.almaty.replies(OTHER)
    assert await chats.acts(FIRST) == [Act.SUBMIT, Act.COMMENT]

    await chats.almaty.presses(labels.FILE_AS_REQUEST)
    await chats.almaty.presses(labels.SEND)

    assert await Request.all().count() == 2
    assert "Көшпенділер" in chats.baku.reads
