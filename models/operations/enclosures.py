"""The files that come with an event: messages in chats, parts of a mail, or what is said in their place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.operations.outbox import Slip
from models.queries import parties
from models.rules.filelimits import left_out
from models.rules.lifecycle import Details
from models.rules.routing import channels
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Attachment, Event


async def slips_of(event: Event, told: Sequence[Slip], now: datetime) -> list[Slip]:
    """What the files add to the event's notices: messages in chats, and a word to the sender if need be."""
    numbers = list(Details.from_json(event.details).files)
    rows = await Attachment.filter(id__in=numbers).order_by("id").prefetch_related("file")
    return [*_to_chats(event, rows, told), *await _to_sender(event, rows, told, now)]


def _to_chats(event: Event, rows: Sequence[Attachment], told: Sequence[Slip]) -> list[Slip]:
    return [
        replace(
            slip,
            kind=NoticeKind.FILE,
            facts={"request": event.request_id, "file": row.id},
            dedupe=f"file:{event.id}:{row.id}:{slip.person}",
        )
        for slip in told
        if slip.channel is Channel.CHAT
        for row in rows
    ]


async def _to_sender(
    event: Event, rows: Sequence[Attachment], told: Sequence[Slip], now: datetime
) -> list[Slip]:
    """What no way of the other side can carry: its sender hears of it, if no link goes out in its place."""
    person = await parties.person(event.actor_id) if event.actor_id else None
    stuck = _stuck(rows, told)
    if person is None or not stuck:
        return []
    facts = {"request": event.request_id, "files": stuck}
    return [
        Slip(
            channel=channel,
            target=person.address(channel),
            kind=NoticeKind.TOO_LARGE,
            facts=facts,
            dedupe=f"too_large:{event.id}:{person.id}",
            person=person.id,
        )
        for channel in channels(person.as_member(person.library or 0, now.date()))[:1]
    ]


def _stuck(rows: Sequence[Attachment], told: Sequence[Slip]) -> list[int]:
    sizes = [row.file.size for row in rows]
    ways = {slip.channel for slip in told}
    missing = [set(left_out(channel, sizes)) for channel in ways]
    return [rows[place].id for place in sorted(set.intersection(*missing))] if missing else []
