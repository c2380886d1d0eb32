"""All that is kept about one person, for the person who asks."""

from typing import Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from models.tables import (
    AgreementEvent,
    AgreementReminder,
    Attachment,
    Bulletin,
    BulletinReply,
    Draft,
    Event,
    ExchangeEvent,
    GapImport,
    GapItem,
    Invitation,
    Letter,
    Notice,
    Person,
    PlanEvent,
    Request,
    Search,
    Subscription,
    Upload,
)

PERSON = (
    "id",
    "name",
    "role",
    "library__code",
    "language",
    "telegram_id",
    "email",
    "is_mailbox",
    "reach",
    "settings",
    "chat_closed_at",
    "mail_bad_at",
    "left_at",
    "created_at",
)
INVITATION = ("id", "role", "library__code", "email", "created_at", "used_at", "revoked_at")
REQUEST = ("number", "created_at", "stage")
EVENT = ("request__number", "act", "at", "via", "details", "signed_by")
DRAFT = ("id", "service", "values", "reader", "created_at", "updated_at")
LETTER = ("at", "text", "via", "signed_by")
FILE = ("name", "since", "note")
GAP_LINE = ("holding", "values", "state", "created_at")
GAP_LIST = ("name", "holding", "state", "created_at", "stored_at")
EXCHANGE = ("exchange_id", "act", "at", "via", "details", "signed_by")
SEARCH = ("at", "words")
UPLOAD = ("request__number", "name", "size", "created_at")
AGREEMENT_EVENT = ("agreement_id", "act", "at", "via", "details")
AGREEMENT_REMINDER = ("agreement_id", "step", "day", "at", "seen_at")
BULLETIN = ("at", "language", "title", "text", "link", "withdrawn_at")
BULLETIN_REPLY = ("bulletin_id", "at", "text")
SUBSCRIPTION = ("topic", "pace", "since")
PLAN_EVENT = ("plan_id", "item_id", "act", "at", "details")
NOTICE = ("channel", "target", "kind", "created_at", "sent_at")


async def kept_about(person: int) -> dict[str, Any] | None:
    """Plain values by table; None where there is no such person, present or past.

    The raw updates and mails of an account are the originals of what is listed here, and are not repeated.
    """
    rows = await Person.filter(id=person).values(*PERSON)
    if not rows:
        return None
    invited = Q(used_by_id=person) | Q(invited_by_id=person)
    return {
        "person": rows[0],
        "invitations": await _values(Invitation.filter(invited), INVITATION),
        "filed": await _values(Request.filter(asker_id=person), REQUEST),
        "taken": await _values(Request.filter(taker_id=person), REQUEST),
        "acts": await _values(Event.filter(actor_id=person), EVENT),
        "drafts": await _values(Draft.filter(author_id=person), DRAFT),
        "letters": await _values(Letter.filter(author_id=person), LETTER),
        "files": await _values(Attachment.filter(owner_id=person), FILE),
        "uploads": await _values(Upload.filter(person_id=person), UPLOAD),
        "gap_lines": await _values(GapItem.filter(added_by_id=person), GAP_LINE),
        "gap_lists": await _values(GapImport.filter(person_id=person), GAP_LIST),
        "exchanges": await _values(ExchangeEvent.filter(actor_id=person), EXCHANGE),
        "searches": await _values(Search.filter(person_id=person), SEARCH),
        "agreement_acts": await _values(AgreementEvent.filter(actor_id=person), AGREEMENT_EVENT),
        "agreement_reminders": await _values(AgreementReminder.filter(person_id=person), AGREEMENT_REMINDER),
        "bulletins": await _values(Bulletin.filter(author_id=person), BULLETIN),
        "bulletin_replies": await _values(BulletinReply.filter(person_id=person), BULLETIN_REPLY),
        "subscriptions": await _values(Subscription.filter(person_id=person), SUBSCRIPTION),
        "plan_acts": await _values(PlanEvent.filter(person_id=person), PLAN_EVENT),
        "notices": await _values(Notice.filter(person_id=person), NOTICE),
    }


async def _values(found: QuerySet[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [dict(row) for row in await found.order_by("id").values(*names)]
