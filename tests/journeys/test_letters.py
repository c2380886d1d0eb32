"""Letters between colleagues: words and files, from either door to either door, without any request."""

import io

import pytest
from pypdf import PdfReader

from handlers.text import labels
from models.rules.errors import FileWrongKind
from models.tables import Letter, LetterThread, Request
from tests.files import pictures
from tests.journeys.props import PAIRS, SCAN
from tests.journeys.stage import Story

EVERY_TONGUE = pytest.mark.parametrize("tongues", PAIRS, indirect=True)
WORDS = "Могли бы Вы прислать программу семинара?"
ANSWER = "Бағдарлама келесі аптада дайын болады."


async def _written(story: Story) -> None:
    await story.baku.types("/letter")
    await story.baku.types(WORDS)


@EVERY_TONGUE
async def test_letter_is_answered_by_reply_in_one_thread(chats: Story) -> None:
    await _written(chats)
    assert WORDS in chats.almaty.reads
    await chats.almaty.replies(ANSWER)
    assert ANSWER in chats.baku.reads
    await chats.baku.presses(labels.ANSWER)
    await chats.baku.types("Çox sağ olun.")

    assert "Çox sağ olun." in chats.almaty.reads
    assert [one.text for one in await Letter.all().order_by("id")] == [WORDS, ANSWER, "Çox sağ olun."]
    assert await LetterThread.all().count() == 1
    assert await Request.all().count() == 0


@EVERY_TONGUE
async def test_file_of_a_letter_goes_from_chat_to_mail_and_from_mail_to_chat(desk: Story) -> None:
    await desk.baku.types("/letter")
    desk.baku.phone.attaches(SCAN, file_name="proqram.pdf", caption=WORDS)
    await desk.settles()
    assert WORDS in desk.nlrk.newest.text
    assert [name for name, _ in desk.nlrk.newest.files] == ["proqram.pdf"]
    assert [data for _, data in desk.nlrk.newest.files] == [SCAN]

    await desk.nlrk.replies(ANSWER, files={"жоспар.pdf": SCAN})

    assert [one.name for one in desk.baku.files] == ["жоспар.pdf"]
    assert ANSWER in "".join(desk.baku.everything)
    await desk.baku.replies("Təşəkkür edirik.")
    assert "Təşəkkür edirik." in desk.nlrk.newest.text
    assert await LetterThread.all().count() == 1


async def test_reply_to_a_file_of_a_letter_stays_in_its_thread(chats: Story) -> None:
    await _written(chats)
    await chats.almaty.replies_with_file(name="жоспар.pdf")
    await chats.baku.replies("Qəbul edildi.")

    assert "Qəbul edildi." in chats.almaty.reads
    assert await LetterThread.all().count() == 1


async def test_new_letter_may_be_a_file_alone(chats: Story) -> None:
    await chats.baku.types("/letter")
    await chats.baku.sends_file(name="proqram.pdf")

    assert [one.name for one in chats.almaty.files] == ["proqram.pdf"]
    assert (await LetterThread.get()).subject == "proqram.pdf"


async def test_album_in_a_letter_is_one_pdf(chats: Story) -> None:
    await chats.baku.types("/letter")
    chats.baku.phone.album([pictures.jpeg(), pictures.jpeg(size=(450, 300))], caption="Proqram")
    await chats.settles()

    [file] = chats.almaty.files
    assert len(PdfReader(io.BytesIO(file.data)).pages) == 2
    assert [one.text for one in await Letter.all()] == ["Proqram"]


async def test_words_go_where_a_file_cannot_and_the_writer_is_told(desk: Story) -> None:
    await _written(desk)
    await desk.nlrk.replies(ANSWER, files={"macro.exe": b"MZ\x90\x00 something"})

    assert ANSWER in desk.baku.reads
    assert desk.baku.files == []
    told = "\n".join(one.text for one in desk.nlrk.letters[-2:])
    assert "macro.exe" in told
    assert FileWrongKind(name="macro.exe").name in told


@EVERY_TONGUE
async def test_new_mail_without_a_citation_becomes_a_letter_when_its_writer_says_so(desk: Story) -> None:
    await desk.nlrk.writes("Құрметті әріптестер! Семинарға шақырамыз.", subject="Семинар")
    assert await Letter.all().count() == 0
    await desk.nlrk.says("letter")

    assert "Семинарға шақырамыз." in desk.baku.reads
    assert (await LetterThread.get()).subject == "Семинар"
