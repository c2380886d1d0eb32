"""The durable inboxes: what came in is stored before it is acknowledged, done once its answers are rows."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from models.engines import sql, transaction
from models.operations import leases, outbox, traces
from models.operations.leases import Queue
from models.operations.traces import Talk
from models.tables import Aside, Fetched, Mail, Update

LONGEST_KEPT = 3000
POISON_AFTER = 3
"""After so many failures a message is set aside, so that the rest goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A Telegram update as it came. Updates of one chat are done one after another."""

    update_id: int
    chat: int
    body: dict[str, Any]


async def store_updates(arrivals: Sequence[Arrival], now: datetime) -> None:
    """Keep a batch; an update that is known already is left as it is (compared by equality of ids)."""
    rows = [
        Update(update_id=one.update_id, chat_id=one.chat, body=one.body, received_at=now) for one in arrivals
    ]
    if rows:
        await Update.bulk_create(rows, ignore_conflicts=True)


UPDATES = Queue(table="update", lane="chat_id", columns="id, update_id, chat_id, body")


async def claim_updates(*, machine: float, token: str, limit: int) -> list[Arrival]:
    """Take the oldest of each chat that nobody handles, in the order of arrival."""
    rows = await leases.claim(UPDATES, machine=machine, token=token, limit=limit)
    return [
        Arrival(update_id=row["update_id"], chat=row["chat_id"], body=sql.document(row["body"]))
        for row in rows
    ]


async def rest_update(update_id: int, token: str, *, until: float) -> None:
    """Not now: it stays ours, and whoever looks after `until` (machine time) takes it up again."""
    await Update.filter(update_id=update_id, lease_token=token).update(lease_until=until)


def _held(token: str | None) -> dict[str, Any]:
    """Fences off who lost the lease; what is done without one has no token."""
    return {"done_at": None} if token is None else {"done_at": None, "lease_token": token}


async def finish_update(
    update_id: int,
    answers: Sequence[outbox.Slip],
    now: datetime,
    *,
    conversations: Sequence[Talk] = (),
    token: str | None = None,
) -> bool:
    """An update is done when its answers and its conversation are rows: all in one transaction.

    False when it was done before, or when its lease had run out and somebody else has taken it up.
    """
    async with transaction():
        if not await Update.filter(update_id=update_id, **_held(token)).update(done_at=now):
            return False
        await outbox.write(answers, now)
        for talk in conversations:
            await traces.keep_talk(talk)
    return True


async def forget_updates(before: datetime) -> int:
    """Delete updates that were done before: what was typed in a chat is not kept twice, nor for ever."""
    return await Update.filter(done_at__lt=before).delete()


async def fail_update(
    update_id: int, failure: str, now: datetime, *, told: Sequence[outbox.Slip] = (), token: str | None = None
) -> bool:
    """Count a failure and let the update go; True when it is poisoned and set aside, and that is `told`."""
    async with transaction():
        row = await Update.filter(update_id=update_id, **_held(token)).select_for_update().first()
        if row is None:
            return False
        poisoned = _count_failure(row, failure, now)
        await row.save(update_fields=FAILED)
        if poisoned:
            await outbox.write(told, now)
    return poisoned


FAILED = ("attempts", "failure", "done_at", "lease_until", "lease_token")


def _count_failure(row: Update | Mail, failure: str, now: datetime) -> bool:
    row.attempts += 1
    row.failure = failure[:2000]
    row.lease_until = row.lease_token = None
    poisoned = row.attempts >= POISON_AFTER
    row.done_at = now if poisoned else None
    return poisoned


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMail:
    """A message as it came by LMTP, IMAP, a pipe or the sandbox: bytes and envelope."""

    body: bytes
    sender: str
    recipients: tuple[str, ...]
    source: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMail:
    """A stored message that is not done yet."""

    id: int
    body: bytes
    sender: str
    recipients: tuple[str, ...]
    attempts: int
    received_at: datetime
    let_through: bool = False


def mail_key(message_id: str | None, from_address: str, fallback: bytes) -> str:
    """What makes a message one message: Message-ID and From; without an id, its bytes."""
    basis = f"{message_id}\n{from_address.lower()}".encode() if message_id else fallback
    return hashlib.sha256(basis).hexdigest()


async def store_mail(mail: RawMail, now: datetime) -> bool:
    """Keep a message before it is acknowledged; False when it was here already, by whichever way."""
    try:
        await Mail.create(
            key=mail.key,
            sender=mail.sender,
            recipients=list(mail.recipients),
            source=mail.source,
            body=mail.body,
            received_at=now,
        )
    except IntegrityError:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A message from an IMAP mailbox, with what names it there."""

    mail: RawMail
    box: str
    validity: int
    uid: int


async def store_fetched(bulk: Sequence[FetchedMail], now: datetime) -> None:
    """Keep a bulk in one transaction: all of it, or on any error nothing; what is known stays as it is."""
    mails = [
        Mail(
            key=one.mail.key,
            sender=one.mail.sender,
            recipients=list(one.mail.recipients),
            source=one.mail.source,
            body=one.mail.body,
            received_at=now,
        )
        for one in bulk
    ]
    places = [Fetched(box=one.box[:500], validity=one.validity, uid=one.uid, at=now) for one in bulk]
    async with transaction():
        await Mail.bulk_create(mails, ignore_conflicts=True)
        await Fetched.bulk_create(places, ignore_conflicts=True)


MAILS = Queue(
    table="mail", lane="sender", columns="id, body, sender, recipients, attempts, received_at, ruling"
)
MAIL_LEASE = 600.0


async def claim_mails(*, machine: float, token: str, limit: int = 4) -> list[WaitingMail]:
    """Take the oldest of each writer that nobody reads, oldest first."""
    rows = await leases.claim(MAILS, machine=machine, token=token, limit=limit, lease=MAIL_LEASE)
    return [
        WaitingMail(
            id=row["id"],
            body=bytes(row["body"]),
            sender=row["sender"],
            recipients=tuple(sql.document(row["recipients"])),
            attempts=row["attempts"],
            received_at=sql.moment(row["received_at"]),
            let_through=row["ruling"] is not None,
        )
        for row in rows
    ]


async def let_mail_go(mail_id: int, token: str) -> None:
    """Not now, and through no fault of its own: whoever looks next takes it up."""
    await Mail.filter(id=mail_id, lease_token=token).update(lease_until=None, lease_token=None)


async def understood(mail_id: int, *, author: str, thread: int | None, digest: str | None) -> None:
    """Note who wrote a message, about which request, and what in short: floods are counted by it."""
    await Mail.filter(id=mail_id).update(author=author[:320], thread=thread, digest=digest)


async def finish_mail(
    mail_id: int, outcome: str, answers: Sequence[outbox.Slip], now: datetime, *, token: str | None = None
) -> bool:
    """A message is done when its answers are rows: both in one transaction.

    False when it was done before, or when its lease had run out and somebody else has taken it up.
    """
    async with transaction():
        if not await Mail.filter(id=mail_id, **_held(token)).update(done_at=now, outcome=outcome):
            return False
        await outbox.write(answers, now)
    return True


async def fail_mail(
    mail_id: int, failure: str, now: datetime, *, told: Sequence[outbox.Slip] = (), token: str | None = None
) -> bool:
    """Count a failure and let the message go; True when it is poisoned and set aside, and that is `told`."""
    async with transaction():
        row = await Mail.filter(id=mail_id, **_held(token)).select_for_update().first()
        if row is None:
            return False
        poisoned = _count_failure(row, failure, now)
        row.outcome = "poisoned" if poisoned else None
        await row.save(update_fields=(*FAILED, "outcome"))
        if poisoned:
            await outbox.write(told, now)
    return poisoned


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAside:
    """What coordinators are shown of a mail that nobody may act on yet; attachments by name alone.

    `person` is as whom it would be done, were it let through. A blocked sender's is shown to nobody.
    """

    mail: int
    verdict: str
    from_address: str
    subject: str
    excerpt: str
    attachments: tuple[str, ...]
    request: int | None
    person: int | None = None
    is_blocked: bool = False


async def keep_aside(kept: KeptAside, now: datetime) -> int:
    """Write the card of a kept mail once, and return its number."""
    row, _ = await Aside.get_or_create(
        mail_id=kept.mail,
        defaults={
            "verdict": kept.verdict,
            "from_address": kept.from_address[:320],
            "subject": kept.subject[:500],
            "excerpt": kept.excerpt[:300],
            "text": kept.excerpt[:LONGEST_KEPT],
            "attachments": list(kept.attachments),
            "request_id": kept.request,
            "person_id": kept.person,
            "settled_at": now if kept.is_blocked else None,
            "created_at": now,
        },
    )
    return row.id


async def settle_aside(aside_id: int, now: datetime) -> bool:
    """A coordinator has dealt with it; False when somebody had before."""
    return bool(await Aside.filter(id=aside_id, settled_at=None).update(settled_at=now))
