"""What waits, what failed, and what was kept aside: for coordinators, `doctor` and the sandbox."""

from dataclasses import dataclass
from datetime import datetime

from models.rules.vocabulary import Channel, Language, Role
from models.tables import Album, Aside, Invitation, Mail, Notice, Update


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


async def aside(aside_id: int) -> AsideView | None:
    """One kept mail."""
    row = await Aside.get_or_none(id=aside_id)
    if row is None:
        return None
    return AsideView(
        id=row.id,
        mail=row.mail_id,
        verdict=row.verdict,
        from_address=row.from_address,
        subject=row.subject,
        excerpt=row.excerpt,
        attachments=tuple(row.attachments),
        request=row.request_id,
        settled=row.settled_at is not None,
    )


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
    """How much waits in each queue, and since when the oldest letter does."""

    updates: int
    mails: int
    notices: dict[Channel, int]
    dead: int
    oldest_mail_out: datetime | None


async def queues() -> Queues:
    """Count what is not done."""
    waiting = Notice.filter(status__in=["pending", "sending"])
    oldest = await waiting.filter(channel=Channel.MAIL, attempts__gt=0).order_by("created_at").first()
    return Queues(
        updates=await Update.filter(done_at=None).count(),
        mails=await Mail.filter(done_at=None).count(),
        notices={channel: await waiting.filter(channel=channel).count() for channel in Channel},
        dead=await Notice.filter(status="dead").count(),
        oldest_mail_out=oldest.created_at if oldest else None,
    )


async def is_quiet(now: datetime) -> bool:
    """Whether nothing is under way: no update or mail to do, nothing leaving, nothing due."""
    if await Update.exists(done_at=None) or await Mail.exists(done_at=None):
        return False
    if await Album.exists(done_at=None):
        return False
    due = Notice.filter(status="pending", next_at__lte=now)
    return not await due.exists() and not await Notice.exists(status="sending")


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
