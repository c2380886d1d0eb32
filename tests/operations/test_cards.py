"""Open cards follow their request: the newest of a chat, one change at a time, never for who acted."""

from datetime import timedelta

import pytest

from models.operations import outbox, traces
from models.operations.intents import Outcome
from models.rules.vocabulary import Act, Channel, NoticeKind, Via
from models.tables import Card, Notice, Person
from tests.desk import Desk


async def changes() -> list[tuple[str, int]]:
    """The changes of cards that wait or went: chat and message."""
    rows = await Notice.filter(kind=NoticeKind.CARD).order_by("id")
    return [(row.target, row.facts["edit"]) for row in rows]


async def shows(desk: Desk, chat: int, message: int, request: int, *, live: bool = True) -> None:
    await traces.shown(chat, message, request=request, version=1, now=desk.now, live=live)


async def test_a_card_is_changed_in_place_when_something_happens(desk: Desk) -> None:
    request = (await desk.files()).request
    await shows(desk, 1001, 7, request)

    await desk.act(request, Act.YES, "gulnar")

    assert await changes() == [("1001", 7)]


async def test_the_card_of_who_acts_is_answered_and_not_followed(desk: Desk) -> None:
    request = (await desk.files()).request
    await shows(desk, 2001, 7, request)

    await desk.act(request, Act.YES, "gulnar")

    assert await changes() == []


async def test_one_change_of_a_card_waits_at_most(desk: Desk) -> None:
    request = (await desk.files()).request
    await shows(desk, 1001, 7, request)

    await desk.act(request, Act.TAKE, "gulnar")
    await desk.act(request, Act.YES, "gulnar")
    assert await changes() == [("1001", 7)]
    await Notice.filter(kind=NoticeKind.CARD).update(status="sent")
    await desk.act(request, Act.UNDO, "gulnar")

    assert await changes() == [("1001", 7)] * 2


async def test_a_change_in_a_workers_hands_is_followed_by_another(desk: Desk) -> None:
    request = (await desk.files()).request
    await shows(desk, 1001, 7, request)
    await desk.act(request, Act.TAKE, "gulnar")
    leased = await outbox.claim(Channel.CHAT, now=desk.now + timedelta(days=1), machine=1.0, token="t")
    assert NoticeKind.CARD in {one.kind for one in leased}

    await desk.act(request, Act.YES, "gulnar")

    assert await changes() == [("1001", 7)] * 2


async def test_of_a_chat_the_newest_card_of_the_request_is_followed(desk: Desk) -> None:
    request = (await desk.files()).request
    for message in (7, 8):
        await shows(desk, 1001, message, request)

    await desk.act(request, Act.YES, "gulnar")

    assert await changes() == [("1001", 8)]


async def test_the_three_newest_cards_of_a_chat_are_followed(desk: Desk) -> None:
    requests = [(await desk.files()).request for _ in range(4)]
    for message, request in enumerate(requests, start=7):
        await shows(desk, 1001, message, request)

    for request in requests:
        await desk.act(request, Act.YES, "gulnar")

    assert await changes() == [("1001", 8), ("1001", 9), ("1001", 10)]


@pytest.mark.parametrize("reason", ["a question", "too old", "left", "closed", "gone"])
async def test_a_card_is_left_alone(desk: Desk, reason: str) -> None:
    request = (await desk.files()).request
    await shows(desk, 1001, 7, request, live=reason != "a question")
    match reason:
        case "too old":
            await Card.all().update(at=desk.now - timedelta(hours=49))
        case "left" | "closed":
            row = await desk.person("other", desk.baku, chat=1009)

            await Card.all().update(chat_id=1009)
            column = "left_at" if reason == "left" else "chat_closed_at"
            await Person.filter(id=row).update(**{column: desk.now})
        case "gone":
            await traces.lost(1001, 7)
        case _:
            pass

    await desk.act(request, Act.YES, "gulnar")

    assert await changes() == []


async def test_a_followed_card_grows_no_younger(desk: Desk) -> None:
    request = (await desk.files()).request
    await shows(desk, 1001, 7, request)
    shown = (await Card.get(message_id=7)).at

    await traces.followed(1001, 7, version=5)

    row = await Card.get(message_id=7)
    assert (row.at, row.version, row.live) == (shown, 5, True)


async def news() -> list[tuple[str, int]]:
    """The changes of news that was told before."""
    rows = await Notice.filter(kind=NoticeKind.EVENT).order_by("id")
    return [(row.target, row.facts["edit"]) for row in rows if "edit" in row.facts]


async def told_of(desk: Desk, chat: int, message: int, filed: Outcome) -> None:
    """The news of a new request stands in a chat, with the acts of then."""
    await traces.shown(
        chat, message, request=filed.request, version=1, now=desk.now, live=True, event=filed.event
    )


async def test_the_news_of_every_colleague_follows_when_the_mailbox_answers(desk: Desk) -> None:
    await desk.person("daniyar", desk.almaty, chat=2002)
    await desk.person("ill", desk.almaty, email="ill@nlrk.example", is_mailbox=True)
    filed = await desk.files()
    for chat in (2001, 2002):
        await told_of(desk, chat, 7, filed)

    await desk.act(filed.request, Act.YES, "ill", via=Via.EMAIL)

    assert sorted(await news()) == [("2001", 7), ("2002", 7)]


async def test_the_news_of_who_answers_by_mail_follows_in_their_chat(desk: Desk) -> None:
    filed = await desk.files()
    await told_of(desk, 2001, 7, filed)

    await desk.act(filed.request, Act.YES, "gulnar", via=Via.EMAIL)

    assert await news() == [("2001", 7)]


async def test_news_follows_for_a_month_however_much_came_after_it(desk: Desk) -> None:
    filed = [await desk.files() for _ in range(6)]
    for message, one in enumerate(filed, start=7):
        await told_of(desk, 2001, message, one)
    await desk.person("daniyar", desk.almaty, chat=2002)
    desk.now += timedelta(days=20)

    await desk.act(filed[0].request, Act.YES, "daniyar")
    desk.now += timedelta(days=20)
    await desk.act(filed[1].request, Act.YES, "daniyar")

    assert await news() == [("2001", 7)]


async def test_what_moves_nothing_leaves_the_news_alone(desk: Desk) -> None:
    filed = await desk.files()
    await told_of(desk, 2001, 7, filed)

    await desk.act(filed.request, Act.COMMENT, "leyla", note="Thank you.")

    assert await news() == []
