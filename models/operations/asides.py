"""What becomes of a mail that was kept aside: who is shown it, and what they do with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.engines import transaction
from models.operations import requests
from models.operations.inbox import settle_aside
from models.operations.intents import Intent
from models.operations.outbox import Slip
from models.queries.parties import PersonView
from models.rules.errors import UnknownRequest
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, NoticeKind, Via
from models.tables import Aside, Blocked, Mail, Notice

CARDS_AN_HOUR = 5
HOUR = timedelta(hours=1)
KEPT = timedelta(days=30)
THROUGH = "through"


async def cards(
    aside_id: int, watchers: Sequence[PersonView], *, asked: PersonView | None, now: datetime
) -> list[Slip]:
    """The cards of a kept mail: for its watchers, and for the person who is asked whether it was them.

    A person gets five an hour; what is beyond is told of together once the hour is over.
    """
    kinds = {one.id: (one, NoticeKind.ASIDE) for one in watchers}
    if asked is not None:
        kinds[asked.id] = (asked, NoticeKind.WAS_IT_YOU)
    return [slip for one, kind in kinds.values() for slip in await _cards(aside_id, one, kind, now=now)]


async def _cards(aside_id: int, person: PersonView, kind: NoticeKind, *, now: datetime) -> list[Slip]:
    recent = Notice.filter(person_id=person.id, dedupe__startswith="aside:", created_at__gt=now - HOUR)
    if kind is NoticeKind.ASIDE and await recent.count() >= CARDS_AN_HOUR:
        return _digest(person, now)
    return [
        Slip(
            channel=channel,
            target=person.address(channel),
            kind=kind,
            facts={"aside": aside_id},
            dedupe=f"aside:{aside_id}:{person.id}:{channel}",
            person=person.id,
        )
        for channel in person.nearest()
    ]


def _digest(person: PersonView, now: datetime) -> list[Slip]:
    hour = now.replace(minute=0, second=0, microsecond=0)
    return [
        Slip(
            channel=channel,
            target=person.address(channel),
            kind=NoticeKind.ASIDES,
            facts={"since": hour.isoformat(), "until": (hour + HOUR).isoformat()},
            dedupe=f"asides:{person.id}:{hour:%Y-%m-%dT%H}",
            person=person.id,
            not_before=hour + HOUR,
        )
        for channel in person.nearest()
    ]


async def let_through(aside_id: int, now: datetime) -> bool:
    """Have the mail done as if its sender had been believed, once; False when it was dealt with before."""
    async with transaction():
        row = await Aside.get_or_none(id=aside_id)
        if row is None or row.person_id is None or not await settle_aside(aside_id, now):
            return False
        mail = Mail.filter(id=row.mail_id)
        await mail.update(
            ruling=THROUGH, done_at=None, outcome=None, attempts=0, lease_until=None, lease_token=None
        )
        return True


async def attach(aside_id: int, *, by: int, key: str, now: datetime) -> None:
    """Add the kept words to the request as the coordinator's comment, signed by the sender's address.

    Once, whoever taps second. Raises `UnknownRequest` when the mail names none of the coordinator's requests.
    """
    row = await Aside.get_or_none(id=aside_id)
    if row is None or row.request_id is None:
        raise UnknownRequest
    intent = Intent(
        request=row.request_id,
        act=Act.COMMENT,
        actor=by,
        via=Via.TELEGRAM,
        key=f"aside:{aside_id}:{key}"[:120],
        details=Details(note=row.text or row.excerpt),
        signed_by=row.from_address[:200],
    )
    async with transaction():
        if await settle_aside(aside_id, now):
            await requests.act(intent, now)


async def drop(aside_id: int, now: datetime) -> bool:
    """Leave the mail where it is and show its card no more; False when it was dealt with before."""
    return await settle_aside(aside_id, now)


async def block(aside_id: int, *, by: int, now: datetime) -> None:
    """Show nobody any more what this sender writes; what is kept aside of theirs is settled."""
    row = await Aside.get_or_none(id=aside_id)
    if row is None:
        return
    async with transaction():
        await Blocked.get_or_create(address=row.from_address, defaults={"by_id": by, "at": now})
        await Aside.filter(from_address=row.from_address, settled_at=None).update(settled_at=now)


async def is_blocked(address: str) -> bool:
    """Whether a coordinator wants to see nothing of this sender."""
    return await Blocked.exists(address=address[:320])


async def forget(now: datetime) -> int:
    """Delete what was kept aside for thirty days, and the words of those mails; returns how many."""
    old = await Aside.filter(created_at__lt=now - KEPT).values_list("id", "mail_id")
    for aside_id, mail_id in old:
        async with transaction():
            await Aside.filter(id=aside_id).delete()
            # The row stays: by its key the same message is known, should it come again.
            await Mail.filter(id=mail_id, done_at__isnull=False).update(body=b"")
    return len(old)
