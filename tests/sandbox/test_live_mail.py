"""The mailboxes of a running world: what people and machines answer reaches the program as what it is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.letters import listed
from bot.sandbox.mail import StoredMail
from bot.sandbox.mail_client import Client
from bot.sandbox.scene import Blob, Robot, UnknownError
from bot.sandbox.stages import BOXES
from tests.sandbox.live import MONDAY, Play, played

NLRK = BOXES[1]
SCAN = b"%PDF-1.7\nthe pages that were asked for\n%%EOF\n"


@pytest.fixture
async def play(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Play]:
    async with played(tmp_path, migrated_file) as play:
        await play.asks()
        await play.world.settle()
        yield play


async def outcomes(play: Play) -> list[object]:
    await play.world.settle()
    await play.scene.look()
    rows = play.scene.state()["mails"]
    assert isinstance(rows, list)
    return [row["outcome"] for row in rows]


def newest(play: Play) -> str:
    return play.scene.mails(NLRK)[0]["id"]


@pytest.mark.parametrize("client", Client)
async def test_word_in_the_manner_of_each_program_moves_the_request(play: Play, client: Client) -> None:
    before, mail = play.answers, newest(play)
    await play.scene.reply(NLRK, mail, body="иә", client=client, html=True, attachments=[])
    assert "act" in str((await outcomes(play))[0])
    assert play.answers > before
    assert play.scene.mails(NLRK)[-1]["answered"] is False
    assert any(one["answered"] for one in play.scene.mails(NLRK))


async def test_file_in_a_plain_reply_arrives_in_chat(play: Play) -> None:
    scan = Blob(SCAN, "scan.pdf", "application/pdf")
    await play.scene.reply(NLRK, newest(play), body="", client="plain", html=False, attachments=[scan])
    await play.world.settle()
    assert any(one.get("document") for one in play.scene.chat(play.cast.baku.id))


async def test_absent_owner_moves_nothing(play: Play) -> None:
    before = play.answers
    await play.scene.answer_by_itself(NLRK, newest(play), Robot.AWAY)
    assert "auto" in str((await outcomes(play))[0])
    assert play.answers == before


async def test_bounce_is_known_as_one(play: Play) -> None:
    await play.scene.answer_by_itself(NLRK, newest(play), Robot.BOUNCE)
    assert "bounce" in str((await outcomes(play))[0])


async def test_letter_and_program_that_do_not_exist_are_unknown(play: Play) -> None:
    with pytest.raises(UnknownError):
        await play.scene.answer_by_itself(NLRK, "99", Robot.AWAY)
    with pytest.raises(UnknownError):
        await play.scene.reply(NLRK, newest(play), body="x", client="pine", html=False, attachments=[])
    with pytest.raises(UnknownError):
        await play.scene.write("nobody@nowhere.example", subject="x", body="x", attachments=[])


@pytest.mark.parametrize(("method", "gone"), [("REQUEST", False), ("CANCEL", True)])
def test_calendar_part_is_an_appointment(method: str, *, gone: bool) -> None:
    raw = (
        "From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/calendar; method={method}; charset=utf-8\r\n\r\n"
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTAMP:20260302T053000Z\r\nDTSTART;VALUE=DATE:20260415\r\nSUMMARY:Qaytarma tarixi\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
    mail = listed("0", StoredMail(raw, "a@b.example", NLRK, datetime.now(UTC)), answered=False)
    assert mail["appointments"] == [{"name": "Qaytarma tarixi", "at": "2026-04-15", "cancelled": gone}]


def test_the_story_begins_on_a_monday() -> None:
    assert MONDAY.weekday() == 0
