"""Too much mail: from one sender about one request it is recorded, and acted on no more."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.mail.compose import Automatic
from handlers.mail.outgoing import AUTOMATIC
from handlers.mail.parse import Reading
from models.operations import inbox
from models.operations.outbox import Leased, Slip
from models.queries import parties, traffic
from models.rules.vocabulary import NoticeKind

MOST_IN = 10
IN_WITHIN = timedelta(minutes=10)
MOST_SAME = 3
SAME_WITHIN = timedelta(days=1)


MOST_ANSWERS = 5
ANSWERS_WITHIN = timedelta(minutes=10)
MOST_OUT = 30
OUT_WITHIN = timedelta(days=1)


class Flood(StrEnum):
    """Why a mail is recorded only."""

    TOO_MANY = "flood"
    SAME_AGAIN = "same_again"


async def flood(mail: int, reading: Reading, request: int | None, now: datetime) -> Flood | None:
    """Whether this mail is one too many of its sender in its thread; None for an ordinary one.

    Ten within ten minutes are heard, and the same words twice a day. An act is a word that is said often:
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


async def held_back(row: Leased, now: datetime) -> float:
    """For how many seconds a mail waits so that its thread does not flood its reader; 0: it may leave.

    In ten minutes a person gets five automatic answers in a conversation, in a day thirty mails of any kind.
    What people and partners do is news and is not held up by the answers.
    """
    if row.person is None:
        return 0.0
    sent = await traffic.mailed_since(row.person, now - OUT_WITHIN)
    own = traffic.conversation(row.facts)
    here = [(at, kind) for at, kind, other in sent if other == own]
    waits = [_room(here, MOST_OUT, OUT_WITHIN, now=now) if "request" in row.facts else 0.0]
    if _answers(row.kind):
        answers = [(at, kind) for at, kind in here if _answers(kind)]
        waits.append(_room(answers, MOST_ANSWERS, ANSWERS_WITHIN, now=now))
    return max(waits)


def _answers(kind: NoticeKind) -> bool:
    return AUTOMATIC.get(kind) is Automatic.REPLIED


def _room(sent: list[tuple[datetime, NoticeKind]], most: int, within: timedelta, *, now: datetime) -> float:
    """Seconds until there is room for one more within so much time."""
    if len(sent) < most:
        return 0.0
    return max(0.0, (sent[-most][0] + within - now).total_seconds())


async def alerts(
    address: str, request: int | None, person: parties.PersonView | None, now: datetime
) -> list[Slip]:
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
