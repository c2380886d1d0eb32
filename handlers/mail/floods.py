"""Too much mail: from one sender about one request it is recorded, and acted on no more."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.mail.parse import Reading
from models.operations import inbox
from models.operations.outbox import Slip
from models.queries import parties, traffic
from models.rules.vocabulary import NoticeKind

MOST_IN = 10
IN_WITHIN = timedelta(minutes=10)
MOST_SAME = 3
SAME_WITHIN = timedelta(days=1)


class Flood(StrEnum):
    """Why a mail is recorded only."""

    TOO_MANY = "flood"
    SAME_AGAIN = "same_again"


async def flood(mail: int, reading: Reading, request: int | None, now: datetime) -> Flood | None:
    """Whether this mail is one too many of its sender in its thread; None for an ordinary one.

    Ten within ten minutes are heard, and the same words twice a day. An act is a word that is said often, so
    only other words are compared.
    """
    words = " ".join(reading.text.casefold().split())
    plain = reading.act is None and bool(words)
    digest = hashlib.sha256(words.encode(errors="replace")).hexdigest() if plain else None
    await inbox.understood(mail, author=reading.sender, thread=request, digest=digest)
    before = await traffic.passages(mail, lately=now - IN_WITHIN, today=now - SAME_WITHIN)
    if before.lately >= MOST_IN:
        return Flood.TOO_MANY
    return Flood.SAME_AGAIN if before.same >= MOST_SAME - 1 else None


async def alerts(address: str, request: int | None, person: parties.PersonView, now: datetime) -> list[Slip]:
    """Who looks after the library hears of a flood, once an hour."""
    return [
        Slip(
            channel=channel,
            target=watcher.address(channel),
            kind=NoticeKind.MAIL_FLOOD,
            facts={"request": request, "address": address},
            dedupe=f"flood:{watcher.id}:{now:%Y-%m-%dT%H}:{address}"[:160],
            person=watcher.id,
        )
        for watcher in await parties.watchers(request, person)
        for channel in watcher.nearest()
    ]
