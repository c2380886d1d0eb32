"""What waits, what failed, and what was kept aside: for coordinators, `doctor` and the sandbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from models.engines import sql
from models.rules.vocabulary import Channel, Language, NoticeKind, Role
from models.tables import Album, Aside, Invitation, Mail, MatterCard, Notice, Setting, Update

# The words of the partial indexes stand here as they stand in the migration: else no planner uses those.
DUE = """
SELECT n.id FROM notice n
  WHERE n.channel = '{channel}' AND n.status = 'pending' AND n.next_at <= $1 {also}
    AND NOT EXISTS (
      SELECT 1 FROM notice e
      WHERE e.channel = n.channel AND e.target = n.target AND e.id <> n.id
        AND e.status IN ('pending', 'sending')
        AND (
          e.status = 'sending'
          OR (e.holds AND (NOT n.holds OR e.id < n.id))
          OR (NOT n.holds AND e.next_at <= $1 AND (e.rank < n.rank OR (e.rank = n.rank AND e.id < n.id)))
        )
    )"""
"""Rows that may leave now ($1): of each target the first, unless something of that target is on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideView:
    """A mail that was kept aside, as a coordinator sees it."""

    id: int
    mail: int
    verdict: str
    from_address: str
    subject: str
    excerpt: str
    attachments: tuple[str, ...]
    request: int | None
    settled: bool
    person: int | None = None
    text: str = ""

    @classmethod
    def of(cls, row: Aside) -> Self:
        """Read a row."""
        return cls(
            id=row.id,
            mail=row.mail_id,
            verdict=row.verdict,
            from_address=row.from_address,
            subject=row.subject,
            excerpt=row.excerpt,
            attachments=tuple(row.attachments),
            request=row.request_id,
            settled=row.settled_at is not None,
            person=row.person_id,
            text=row.text,
        )


async def aside(aside_id: int) -> AsideView | None:
    """One kept mail."""
    row = await Aside.get_or_none(id=aside_id)
    return AsideView.of(row) if row else None


async def asides_between(since: datetime, until: datetime) -> list[AsideView]:
    """What was kept aside in this time and waits for somebody, oldest first."""
    rows = await Aside.filter(created_at__gte=since, created_at__lt=until, settled_at=None).order_by("id")
    return [AsideView.of(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Passages:
    """What one sender wrote about one request before a mail: how many of late, and how often the same."""

    lately: int
    same: int


async def passages(mail_id: int, *, lately: datetime, today: datetime) -> Passages:
    """Count what came before this mail from its author to its thread since these times."""
    row = await Mail.get(id=mail_id)
    before = Mail.filter(author=row.author, thread=row.thread, id__lt=mail_id)
    same = before.filter(digest=row.digest, received_at__gt=today)
    return Passages(
        lately=await before.filter(received_at__gt=lately).count(),
        same=await same.count() if row.digest else 0,
    )


def conversation(facts: dict[str, Any]) -> str | None:
    """What a row of the outbox is about: a request, or an item or plan of the libraries; None: the desk."""
    named = (name for name in ("request", "item", "plan") if facts.get(name) is not None)
    return next((f"{name}:{facts[name]}" for name in named), None)


async def mailed_since(person: int, since: datetime) -> list[tuple[datetime, NoticeKind, str | None]]:
    """The mails that left for a person since then, oldest first: when, of which kind, about what."""
    rows = (
        await Notice.filter(channel=Channel.MAIL, person_id=person, status="sent", sent_at__gt=since)
        .order_by("sent_at")
        .values_list("sent_at", "kind", "facts")
    )
    return [(at, NoticeKind(kind), conversation(facts)) for at, kind, facts in rows]


async def mails_out(since: datetime) -> list[datetime]:
    """When mails left since then, oldest first."""
    rows = await Notice.filter(channel=Channel.MAIL, status="sent", sent_at__gt=since).order_by("sent_at")
    return [row.sent_at for row in rows if row.sent_at]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An invitation that goes out by mail."""

    id: int
    email: str
    role: Role
    library: int | None
    language: Language
    is_mailbox: bool
    expires_at: datetime
    used: bool


async def invitation(invitation_id: int) -> InvitationView | None:
    """An invitation with an address; None for one without."""
    row = await Invitation.get_or_none(id=invitation_id).prefetch_related("library")
    if row is None or row.email is None:
        return None
    return InvitationView(
        id=row.id,
        email=row.email,
        role=row.role,
        library=row.library_id,
        language=row.library.language if row.library else Language.EN,
        is_mailbox=row.is_mailbox,
        expires_at=row.expires_at,
        used=row.used_at is not None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """How much waits in each queue, and since when the oldest letter that was tried in vain does."""

    updates: int
    mails: int
    notices: dict[Channel, int]
    dead: int
    oldest_mail_out: datetime | None


WAITING = """
SELECT channel, count(*) AS rows,
  min(CASE WHEN last_error IS NOT NULL THEN created_at END) AS oldest_tried
FROM notice WHERE status IN ('pending', 'sending') GROUP BY channel
"""


async def queues() -> Queues:
    """Count what is not done."""
    found = {row["channel"]: row for row in await sql.rows(WAITING)}
    oldest = found.get(Channel.MAIL, {}).get("oldest_tried")
    return Queues(
        updates=await Update.filter(done_at=None).count(),
        mails=await Mail.filter(done_at=None).count(),
        notices={channel: found[channel]["rows"] if channel in found else 0 for channel in Channel},
        dead=await Notice.filter(status="dead").count(),
        oldest_mail_out=sql.moment(oldest) if oldest else None,
    )


# One statement, one moment: what moves from queue to queue between two questions would be in neither.
BUSY = """
SELECT 1 AS busy
WHERE EXISTS (SELECT 1 FROM "update" WHERE done_at IS NULL)
  OR EXISTS (SELECT 1 FROM mail WHERE done_at IS NULL)
  OR EXISTS (SELECT 1 FROM notice WHERE status = 'sending')
  OR EXISTS ({chat}) OR EXISTS ({mail})
"""


async def is_quiet(now: datetime) -> bool:
    """Whether nothing is under way: no update or mail to do, nothing leaving, nothing due."""
    if await Album.exists(done_at=None):
        return False
    due = {channel.value: DUE.format(channel=channel, also="") for channel in Channel}
    return not await sql.rows(BUSY.format(**due), [now])


async def planned_at() -> datetime | None:
    """When somebody last planned what the clock brings; None: nobody ever did."""
    row = await Setting.get_or_none(name="planned_at")
    return datetime.fromisoformat(row.value) if row else None


async def oldest_waiting(now: datetime) -> dict[str, datetime | None]:
    """Since when the oldest thing that is due waits in each queue; a postponed notice is not due."""
    update = await Update.filter(done_at=None).order_by("id").first()
    mail = await Mail.filter(done_at=None).order_by("id").first()
    due = Notice.filter(status__in=["pending", "sending"], next_at__lte=now)
    notice = await due.order_by("next_at").first()
    return {
        "updates": update.received_at if update else None,
        "mails": mail.received_at if mail else None,
        "notices": notice.next_at if notice else None,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Poisoned:
    """What was set aside because it failed again and again."""

    updates: int
    mails: int


async def poisoned() -> Poisoned:
    """Count what was given up on the way in."""
    return Poisoned(
        updates=await Update.filter(failure__not_isnull=True, done_at__not_isnull=True).count(),
        mails=await Mail.filter(outcome="poisoned").count(),
    )


async def matter_in(chat: int, message: int) -> tuple[str, int] | None:
    """Which matter, and which one of it, a message of a chat shows."""
    row = await MatterCard.get_or_none(chat_id=chat, message_id=message)
    return (row.matter, row.ref) if row else None
