"""Cards that are open on somebody's phone follow the request that they show."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Card, Notice, Person

FOLLOWED_FOR = timedelta(hours=48)
MOST_PER_CHAT = 3
"""Cards of one chat that follow: the newest; an older one is brought up to date when it is tapped."""


async def follow(request: int, event: int, *, actor: int | None, now: datetime) -> None:
    """Have the request's open cards changed in place, in the event's own transaction.

    One change of a card waits at most: words are made last, so it will tell this event too. Whoever acts is
    answered anyway, so their chat is left alone.
    """
    for card in await _open(request, now):
        person = await Person.get_or_none(telegram_id=card.chat_id, left_at=None, chat_closed_at=None)
        if person is None or person.id == actor or await _waits(card):
            continue
        await outbox.write([_change(card, person.id, event)], now)


async def _open(request: int, now: datetime) -> Iterable[Card]:
    """The newest open card of the request in each chat, where it is among the chat's newest."""
    newest: dict[int, Card] = {}
    for card in await Card.filter(request_id=request, live=True, at__gt=now - FOLLOWED_FOR).order_by("id"):
        newest[card.chat_id] = card
    return [card for card in newest.values() if await _is_recent(card)]


async def _is_recent(card: Card) -> bool:
    return await Card.filter(chat_id=card.chat_id, live=True, id__gt=card.id).count() < MOST_PER_CHAT


async def _waits(card: Card) -> bool:
    """Whether a change of this card waits. It is locked, so that no worker words it before we commit."""
    waiting = Notice.filter(dedupe__startswith=f"follow:{card.id}:", status="pending")
    return await waiting.select_for_update().first() is not None


def _change(card: Card, person: int, event: int) -> Slip:
    return Slip(
        channel=Channel.CHAT,
        target=str(card.chat_id),
        kind=NoticeKind.CARD,
        facts={"request": card.request_id, "edit": card.message_id, "follows": True},
        dedupe=f"follow:{card.id}:{event}",
        person=person,
    )
