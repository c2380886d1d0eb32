"""What follows when a channel does not deliver: mail takes over a closed chat, people hear of the rest."""

from collections.abc import Sequence
from datetime import datetime

from models.operations import outbox, people
from models.operations.outbox import Leased, Slip
from models.queries import parties
from models.queries.parties import PersonView
from models.queries.traffic import queues
from models.rules.vocabulary import Channel, NoticeKind
from models.tables import Notice, Person

BY_MAIL_TOO = frozenset(
    {
        NoticeKind.EVENT,
        NoticeKind.MAIL_TROUBLE,
        NoticeKind.ASIDE,
        NoticeKind.REMINDER,
        NoticeKind.DIGEST,
    }
)
"""News that must not be lost with a chat; screens of a conversation are nothing without it."""


async def chat_closed(row: Leased, now: datetime) -> None:
    """Remember that the chat is closed; news goes to the person's mail, else the coordinators are told."""
    await people.close_chat(int(row.target), now)
    person = await parties.person(row.person) if row.person else None
    if person is None or row.kind not in BY_MAIL_TOO:
        return
    slip = _by_mail(row, person)
    await outbox.write([slip] if slip else await _told(person, row, address="Telegram"), now)


def _by_mail(row: Leased, person: PersonView) -> Slip | None:
    if person.email is None:
        return None
    return Slip(
        channel=Channel.MAIL,
        target=person.email,
        kind=row.kind,
        facts=row.facts,
        dedupe=f"instead:{row.id}",
        person=person.id,
    )


async def mail_refused(row: Leased, now: datetime) -> None:
    """Mark an address that refuses for good, and tell its library in chat."""
    person = await parties.person(row.person) if row.person else None
    if person is None:
        return
    await Person.filter(id=person.id, mail_bad_at=None).update(mail_bad_at=now)
    await outbox.write(await _told(person, row, address=row.target), now)


async def _told(person: PersonView, row: Leased, *, address: str) -> Sequence[Slip]:
    colleagues = await parties.members_of(person.library or 0)
    coordinators = [
        one for one in colleagues if one.role == "coordinator" and one.chat and one.id != person.id
    ]
    others = [one for one in colleagues if one.chat and one.id != person.id]
    return [
        Slip(
            channel=Channel.CHAT,
            target=str(one.chat),
            kind=NoticeKind.UNDELIVERED,
            facts={"person": person.id, "address": address},
            dedupe=f"undelivered:{row.id}:{one.id}",
            person=one.id,
        )
        for one in coordinators or others
    ]


async def mail_trouble(now: datetime) -> None:
    """Tell every coordinator and administrator in chat that mail is not leaving, once a day."""
    waiting = await queues()
    since = waiting.oldest_mail_out or now
    members = [
        person
        for library in await parties.libraries()
        for person in await parties.coordinators_of(library.id)
    ]
    slips = [
        Slip(
            channel=Channel.CHAT,
            target=str(person.chat),
            kind=NoticeKind.MAIL_TROUBLE,
            facts={"since": since.isoformat(), "count": waiting.notices[Channel.MAIL]},
            dedupe=f"mail_trouble:{now:%Y-%m-%d}:{person.id}",
            person=person.id,
        )
        for person in [*members, *await parties.administrators()]
        if person.chat
    ]
    await outbox.write(slips, now)


async def forget_sent(before: datetime) -> int:
    """Delete screens that were sent long ago; news and mails stay as the record of what was said."""
    lasting = [NoticeKind.EVENT, NoticeKind.INVITATION, NoticeKind.RECEIPT, NoticeKind.REMINDER]
    old = Notice.filter(status__in=["sent", "skipped"], created_at__lt=before).exclude(kind__in=lasting)
    return await old.delete()
