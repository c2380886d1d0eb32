"""Forgetting a person: what they did with requests stays, who they were does not."""

from datetime import datetime

from tortoise.expressions import Q

from models.engines import transaction
from models.operations import people
from models.rules.vocabulary import NoticeKind
from models.tables import (
    Album,
    Aside,
    Blocked,
    Bounce,
    Bulletin,
    BulletinReply,
    Card,
    Conversation,
    Event,
    ExchangeEvent,
    GapImport,
    Invitation,
    LastList,
    Letter,
    LetterCard,
    Mail,
    MatterCard,
    Notice,
    Person,
    PlanEvent,
    Search,
    Subscription,
    ThreadMail,
    Update,
    WrongCode,
)

ERASED = "—"
"""What histories show instead of a name."""


async def erase(person: int, now: datetime) -> bool:
    """End the membership and forget the person; False where there is no such person.

    Name, account, address and settings go, with the drafts, the conversation, the searches, the raw updates
    and mails, the addresses of what was sent, and a mailbox's "signed by". Acts, comments and letters stay
    where they were written.
    """
    async with transaction():
        row = await Person.get_or_none(id=person)
        if row is None:
            return False
        await people.remove(person, now)
        await row.refresh_from_db()
        await _forget_chat(row)
        await _forget_mail(row)
        await _forget_habits(row)
        row.name, row.telegram_id, row.email, row.settings = ERASED, None, None, {}
        await row.save()
        return True


async def _forget_habits(row: Person) -> None:
    await Album.filter(person_id=row.id).delete()
    await Search.filter(person_id=row.id).delete()
    await LastList.filter(person_id=row.id).delete()
    await Event.filter(actor_id=row.id).exclude(removed=None).update(removed=None)
    await Event.filter(actor_id=row.id).exclude(signed_by=None).update(signed_by=ERASED)
    await Letter.filter(author_id=row.id).exclude(signed_by=None).update(signed_by=ERASED)
    await Subscription.filter(person_id=row.id).delete()
    await PlanEvent.filter(person_id=row.id).exclude(signed_by=None).update(signed_by=ERASED)
    await Bulletin.filter(author_id=row.id).exclude(signed_by=None).update(signed_by=ERASED)
    await BulletinReply.filter(person_id=row.id).exclude(signed_by=None).update(signed_by=ERASED)
    await ExchangeEvent.filter(actor_id=row.id).exclude(signed_by=None).update(signed_by=ERASED)
    await GapImport.filter(person_id=row.id).update(body=None, name=ERASED, sample={"header": [], "rows": []})


async def _forget_chat(row: Person) -> None:
    if row.telegram_id is None:
        return
    await Update.filter(chat_id=row.telegram_id, done_at=None).delete()
    await Update.filter(chat_id=row.telegram_id).update(body={}, failure=None)
    await Card.filter(chat_id=row.telegram_id).delete()
    await LetterCard.filter(chat_id=row.telegram_id).delete()
    await MatterCard.filter(chat_id=row.telegram_id).delete()
    await WrongCode.filter(telegram_id=row.telegram_id).delete()
    await Conversation.filter(key__contains=f":{row.telegram_id}:").delete()


async def _forget_mail(row: Person) -> None:
    await Notice.filter(person_id=row.id, status="pending").update(status="skipped")
    await Notice.filter(person_id=row.id).update(target=ERASED)
    await Notice.filter(person_id=row.id, kind=NoticeKind.ADDRESS).update(facts={"email": ERASED})
    await Invitation.filter(used_by_id=row.id).update(email=None)
    await ThreadMail.filter(person_id=row.id).update(person_id=None)
    if row.email is None:
        return
    await Bounce.filter(person_id=row.id).delete()
    await Blocked.filter(address__iexact=row.email).delete()
    mails = Mail.filter(Q(sender__iexact=row.email) | Q(author__iexact=row.email))
    written = Q(mail_id__in=[one.id for one in await mails]) | Q(from_address__iexact=row.email)
    await Aside.filter(written).update(from_address=ERASED, excerpt="", text="", subject="")
    await mails.update(body=b"", sender=ERASED, author=None, digest=None)
