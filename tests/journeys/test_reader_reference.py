"""The reader's reference stays at home: it is sought in every byte that left for the other library."""

import json
import logging
from email import message_from_bytes, policy

import pytest
from tortoise.models import Model

from handlers.text import labels
from models.rules.vocabulary import Act, Condition, Service
from models.tables import Aside, Card, Draft, Event, Mail, Notice, Request, ThreadMail
from tests.journeys.props import ARTICLE, BOOK
from tests.journeys.stage import Letterhead, Story

READER = "OXUCU-Qz7731-XK"
"""Like no other word, in no encoding."""


async def test_reader_reference_is_in_nothing_that_left_for_the_other_library(
    desk: Story, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await _loan(desk)
    await _copy(desk)
    await _by_mail(desk)

    assert READER in "".join(desk.baku.everything)
    assert _chats_with_reader(desk) <= {desk.baku.phone.id, desk.coordinator.phone.id}
    assert [box.address for box in desk.boxes.values() if _mail_with_reader(box.letters)] == []
    assert [table.__name__ for table in TABLES if await _holds_reader(table)] == []
    assert [record.name for record in caplog.records if READER in record.getMessage()] == []


TABLES: tuple[type[Model], ...] = (Event, Notice, Request, Card, ThreadMail, Mail, Aside, Draft)
"""Everything that wording, the other library's card or an export could draw on."""


async def _loan(story: Story) -> None:
    baku, almaty = story.baku, story.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.EDIT)
    await baku.presses(baku.voice.named(labels.FIELDS["reader"]))
    await baku.types(READER)
    await baku.presses(labels.SEND)
    await almaty.presses(Act.CONDITIONS)
    await almaty.presses(Condition.LIBRARY_USE_ONLY)
    await baku.presses(Act.ACCEPT)
    await almaty.presses(Act.SHIP)
    await baku.presses(Act.RECEIVE)
    await almaty.opens("ANL-2026-0001")
    await almaty.presses(labels.HISTORY)
    await baku.opens("ANL-2026-0001")
    assert READER in baku.reads
    await baku.presses(Act.SEND_BACK)
    await almaty.presses(Act.CHECK_IN)


async def _copy(story: Story) -> None:
    baku = story.baku
    await baku.types("/new")
    await baku.presses(Service.COPY)
    await baku.types(ARTICLE)
    while baku.voice.named(labels.FIELDS["reader"]) not in baku.reads:
        await baku.presses(labels.SKIP)
    await baku.types(READER)
    await baku.presses(labels.FINISH)
    await baku.presses(labels.SEND)
    await story.nlrk.attaches()
    await baku.presses(Act.FINE)


async def _by_mail(story: Story) -> None:
    await story.nlrk.replies("", to=story.nlrk.letters[-2])
    await story.nlrk.says("list")
    await story.nlrk.says("status", "")


def _chats_with_reader(story: Story) -> set[int]:
    calls = story.world.api.calls
    written = [(call.params.get("chat_id"), json.dumps(call.params, default=str)) for call in calls]
    shown = [(call.params.get("chat_id"), json.dumps(call.result, default=str)) for call in calls]
    # The answer to getUpdates is what people themselves wrote to the desk.
    return {int(str(chat)) for chat, text in written + shown if chat is not None and READER in text}


def _mail_with_reader(letters: list[Letterhead]) -> bool:
    return any(READER in text for letter in letters for text in _decoded(letter.raw))


def _decoded(raw: bytes) -> list[str]:
    message = message_from_bytes(raw, policy=policy.default)
    heads = [f"{name}: {value}" for name, value in message.items()]
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return [raw.decode("latin-1"), *heads, *parts]


async def _holds_reader(table: type[Model]) -> bool:
    return READER in json.dumps(await table.all().values(), default=str, ensure_ascii=False)
