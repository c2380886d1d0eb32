"""Cards that are open on somebody's phone follow the request that they show."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind, Via
from models.tables import Card, Event, Notice, Person

FOLLOWED_FOR = timedelta(hours=48)
NEWS_FOLLOWED_FOR = timedelta(days=30)
"""News with its acts waits for an answer; as long as most answers take, its buttons stay true."""
MOST_PER_CHAT = 3
"""Cards of one chat that follow: the newest; an older one is brought up to date when it is tapped."""


async def follow(event: Event, now: datetime) -> None:
    """Have the request's open cards changed in place, in the event's own transaction.

    One change of a card waits at most: words are made last, so it will tell this event too. Whoever acts in
    chat is answered anyway, so their chat is left alone.
    """
    answered = event.actor_id if event.via is Via.TELEGRAM else None
    for card in [*await _open(event.request_id, now), *await _news(event, now)]:
        person = await Person.get_or_none(telegram_id=card.chat_id, left_at=None, chat_closed_at=None)
        if person is None or person.id == answered or await _waits(card):
            continue
        await outbox.write([_change(card, person.id, event.id)], now)


async def _open(request: int, now: datetime) -> Iterable[Card]:
    """The newest open card of the request in each chat, where it is among the chat's newest."""
    newest: dict[int, Card] = {}
    shown = Card.filter(request_id=request, live=True, event_id=None, at__gt=now - FOLLOWED_FOR)
    for card in await shown.order_by("id"):
        newest[card.chat_id] = card
    return [card for card in newest.values() if await _is_recent(card)]


async def _is_recent(card: Card) -> bool:
    newer = Card.filter(chat_id=card.chat_id, live=True, event_id=None, id__gt=card.id)
    return await newer.count() < MOST_PER_CHAT


async def _news(event: Event, now: datetime) -> Iterable[Card]:
    """The newest news of the request in each chat whose acts may no longer be those of now."""
    shown = Card.filter(request_id=event.request_id, live=True, at__gt=now - NEWS_FOLLOWED_FOR)
    newest: dict[int, list[Card]] = {}
    for card in await shown.exclude(event_id=None).exclude(version=event.version).order_by("-id"):
        newest.setdefault(card.chat_id, []).append(card)
    return [card for cards in newest.values() for card in cards[:MOST_PER_CHAT]]


async def _waits(card: Card) -> bool:
    """Whether a change of this card waits. It is locked, so that no worker words it before we commit."""
    waiting = Notice.filter(dedupe__startswith=f"follow:{card.id}:", status="pending")
    return await waiting.select_for_update().first() is not None


def _change(card: Card, person: int, event: int) -> Slip:
    return Slip(
        channel=Channel.CHAT,
        target=str(card.chat_id),
        kind=NoticeKind.CARD if card.event_id is None else NoticeKind.EVENT,
        facts={
            "request": card.request_id,
            "edit": card.message_id,
            "follows": True,
            **({} if card.event_id is None else {"event": card.event_id}),
        },
        dedupe=f"follow:{card.id}:{event}",
        person=person,
    )
