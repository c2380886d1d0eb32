"""The files of an event or a letter: messages in chats, parts of a mail, or what is said in their place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.operations.outbox import Slip
from models.queries import parties
from models.rules.filelimits import left_out
from models.rules.lifecycle import Details
from models.rules.routing import channels
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Attachment, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What the files belong to: as a fact (`request` or `letter`), as a key, and who sent them."""

    about: dict[str, int]
    key: str
    sender: int | None


async def slips_of(event: Event, told: Sequence[Slip], now: datetime) -> list[Slip]:
    """What the files add to the event's notices: messages in chats, and a word to the sender if need be."""
    numbers = list(Details.from_json(event.details).files)
    rows = await Attachment.filter(id__in=numbers).order_by("id").prefetch_related("file")
    what = Enclosed(about={"request": event.request_id}, key=str(event.id), sender=event.actor_id)
    return await slips_for(what, rows, told, now)


async def slips_for(
    what: Enclosed, rows: Sequence[Attachment], told: Sequence[Slip], now: datetime
) -> list[Slip]:
    """The same for files of any origin; `told` are the notices of what they belong to."""
    return [*_to_chats(what, rows, told), *await _to_sender(what, _stuck(rows, told), now)]


def _to_chats(what: Enclosed, rows: Sequence[Attachment], told: Sequence[Slip]) -> list[Slip]:
    return [
        replace(
            slip,
            kind=NoticeKind.FILE,
            facts={**what.about, "file": row.id},
            dedupe=f"file:{what.key}:{row.id}:{slip.person}",
        )
        for slip in told
        if slip.channel is Channel.CHAT
        for row in rows
    ]


async def _to_sender(what: Enclosed, files: Sequence[int], now: datetime) -> list[Slip]:
    """What no way of the other side can carry: its sender hears of it, if no link goes out in its place."""
    person = await parties.person(what.sender) if what.sender else None
    if person is None or not files:
        return []
    return [
        Slip(
            channel=channel,
            target=person.address(channel),
            kind=NoticeKind.TOO_LARGE,
            facts={**what.about, "files": list(files)},
            dedupe=f"too_large:{what.key}:{person.id}",
            person=person.id,
        )
        for channel in channels(person.as_member(person.library or 0, now.date()))[:1]
    ]


def _stuck(rows: Sequence[Attachment], told: Sequence[Slip]) -> list[int]:
    sizes = [row.file.size for row in rows]
    ways = {slip.channel for slip in told}
    missing = [set(left_out(channel, sizes)) for channel in ways]
    return [rows[place].id for place in sorted(set.intersection(*missing))] if missing else []
