"""The durable inboxes: what came in is stored before it is acknowledged, done once its answers are rows."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import outbox, traces
from models.operations.traces import Talk
from models.tables import Aside, Mail, Update

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


async def waiting_updates() -> list[Arrival]:
    """What is not done yet, in the order of arrival."""
    rows = await Update.filter(done_at=None).order_by("id")
    return [Arrival(update_id=row.update_id, chat=row.chat_id, body=row.body) for row in rows]


async def is_done(update_id: int) -> bool:
    """Whether an update was finished already."""
    return await Update.exists(update_id=update_id, done_at__isnull=False)


async def finish_update(
    update_id: int,
    answers: Sequence[outbox.Slip],
    now: datetime,
    *,
    conversations: Sequence[Talk] = (),
) -> None:
    """An update is done when its answers and its conversation are rows: all in one transaction."""
    async with transaction():
        if not await Update.filter(update_id=update_id, done_at=None).update(done_at=now):
            return
        await outbox.write(answers, now)
        for talk in conversations:
            await traces.keep_talk(talk)


async def forget_updates(before: datetime) -> int:
    """Delete updates that were done before: what was typed in a chat is not kept twice, nor for ever."""
    return await Update.filter(done_at__lt=before).delete()


async def fail_update(update_id: int, failure: str, now: datetime) -> bool:
    """Count a failure; True when the update is poisoned and was set aside."""
    row = await Update.get(update_id=update_id)
    row.attempts += 1
    row.failure = failure[:2000]
    poisoned = row.attempts >= POISON_AFTER
    row.done_at = now if poisoned else None
    await row.save()
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


async def waiting_mails(*, limit: int = 50) -> list[WaitingMail]:
    """Stored messages that are not done, oldest first."""
    rows = await Mail.filter(done_at=None).order_by("id").limit(limit)
    return [
        WaitingMail(
            id=row.id,
            body=bytes(row.body),
            sender=row.sender,
            recipients=tuple(row.recipients),
            attempts=row.attempts,
            received_at=row.received_at,
        )
        for row in rows
    ]


async def finish_mail(mail_id: int, outcome: str, answers: Sequence[outbox.Slip], now: datetime) -> None:
    """A message is done when its answers are rows: both in one transaction."""
    async with transaction():
        if await Mail.filter(id=mail_id, done_at=None).update(done_at=now, outcome=outcome):
            await outbox.write(answers, now)


async def fail_mail(mail_id: int, failure: str, now: datetime) -> bool:
    """Count a failure; True when the message is poisoned and was set aside."""
    row = await Mail.get(id=mail_id)
    row.attempts += 1
    row.failure = failure[:2000]
    poisoned = row.attempts >= POISON_AFTER
    row.done_at = now if poisoned else None
    row.outcome = "poisoned" if poisoned else None
    await row.save()
    return poisoned


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAside:
    """What coordinators are shown of a mail that nobody may act on yet; attachments by name alone."""

    mail: int
    verdict: str
    from_address: str
    subject: str
    excerpt: str
    attachments: tuple[str, ...]
    request: int | None


async def keep_aside(kept: KeptAside, now: datetime) -> int:
    """Write the card of a kept mail once, and return its number."""
    row, _ = await Aside.get_or_create(
        mail_id=kept.mail,
        defaults={
            "verdict": kept.verdict,
            "from_address": kept.from_address[:320],
            "subject": kept.subject[:500],
            "excerpt": kept.excerpt[:300],
            "attachments": list(kept.attachments),
            "request_id": kept.request,
            "created_at": now,
        },
    )
    return row.id


async def settle_aside(aside_id: int, now: datetime) -> bool:
    """A coordinator has dealt with it; False when somebody had before."""
    return bool(await Aside.filter(id=aside_id, settled_at=None).update(settled_at=now))
