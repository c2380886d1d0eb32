"""What follows when a channel does not deliver: mail takes over a closed chat, people hear of the rest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.operations import outbox, people
from models.operations.outbox import Leased, Slip
from models.queries import parties
from models.queries.parties import PersonView
from models.queries.traffic import queues
from models.rules.vocabulary import Channel, NoticeKind, Role
from models.tables import Notice

LASTING = frozenset(
    {
        NoticeKind.EVENT,
        NoticeKind.MAIL_TROUBLE,
        NoticeKind.MAIL_CAP,
        NoticeKind.ASIDE,
        NoticeKind.REMINDER,
        NoticeKind.DIGEST,
        NoticeKind.ITEM_NEWS,
        NoticeKind.PLAN_CLOCK,
        NoticeKind.PLAN_YEAR,
        NoticeKind.BULLETIN,
        NoticeKind.BULLETINS,
        NoticeKind.BULLETIN_REPLY,
        NoticeKind.EXCHANGE_CLOCK,
    }
)
"""News that must not be lost with a channel; screens of a conversation are nothing without it."""


async def chat_closed(row: Leased, now: datetime) -> None:
    """Remember that the chat is closed; news goes to the person's mail, else the coordinators are told."""
    await people.close_chat(int(row.target), now)
    person = await parties.person(row.person) if row.person else None
    if person is None or row.kind not in LASTING or row.facts.get("follows"):
        return
    slip = _instead(row, person, Channel.MAIL)
    await outbox.write([slip] if slip else await _told(person, row, address="Telegram"), now)


async def mail_refused(row: Leased, now: datetime, *, of_content: bool = False) -> None:
    """A mail did not arrive: its library is told in chat; news goes to the person's own chat instead.

    `of_content`: it was refused for what it contains, and nothing is wrong with the address.
    """
    person = await parties.person(row.person) if row.person else None
    if person is None:
        return
    slip = _instead(row, person, Channel.CHAT) if row.kind in LASTING else None
    slips = await _told(person, row, address=row.target, of_content=of_content)
    await outbox.write([*slips, slip] if slip else slips, now)


def _instead(row: Leased, person: PersonView, channel: Channel) -> Slip | None:
    """The same news by the other channel; whoever gets it by both already does not get it twice."""
    target = person.email if channel is Channel.MAIL else person.chat
    if target is None:
        return None
    event = row.facts.get("event")
    known = f"event:{event}:{person.id}:{channel}" if row.kind is NoticeKind.EVENT else f"instead:{row.id}"
    return Slip(
        channel=channel,
        target=str(target),
        kind=row.kind,
        facts=row.facts,
        dedupe=known,
        person=person.id,
    )


async def _told(person: PersonView, row: Leased, *, address: str, of_content: bool = False) -> Sequence[Slip]:
    """The library's coordinators, else whoever of it is in chat, else the administrators."""
    colleagues = await parties.members_of(person.library or 0)
    others = [one for one in colleagues if one.chat and one.id != person.id]
    coordinators = [one for one in others if one.role is Role.COORDINATOR]
    facts = {"person": person.id, "address": address, **({"of_content": True} if of_content else {})}
    operators = [one for one in await parties.administrators() if one.chat and one.id != person.id]
    return [
        Slip(
            channel=Channel.CHAT,
            target=str(one.chat),
            kind=NoticeKind.UNDELIVERED,
            facts=facts,
            dedupe=f"undelivered:{row.id}:{one.id}",
            person=one.id,
        )
        for one in coordinators or others or operators
    ]


async def mail_trouble(now: datetime) -> None:
    """Tell every coordinator and administrator in chat that mail is not leaving, once a day."""
    waiting = await queues()
    since = waiting.oldest_mail_out or now
    facts = {"since": since.isoformat(), "count": waiting.notices[Channel.MAIL]}
    await _to_those_in_charge(NoticeKind.MAIL_TROUBLE, facts, now)


async def mail_cap(now: datetime, *, left: int, cap: int) -> None:
    """Tell them that most of the mails that may leave in a day have left, once a day."""
    await _to_those_in_charge(NoticeKind.MAIL_CAP, {"left": left, "cap": cap}, now)


async def _to_those_in_charge(kind: NoticeKind, facts: dict[str, Any], now: datetime) -> None:
    slips = [
        Slip(
            channel=Channel.CHAT,
            target=str(person.chat),
            kind=kind,
            facts=facts,
            dedupe=f"{kind}:{now:%Y-%m-%d}:{person.id}",
            person=person.id,
        )
        for person in await parties.everybody()
        if person.chat and person.role in {Role.COORDINATOR, Role.ADMIN}
    ]
    await outbox.write(slips, now)


async def unstored(box: str, uids: Sequence[int], now: datetime) -> None:
    """Tell who looks after stray mail that messages could not be stored and lie in the folder Failed."""
    slips = [
        Slip(
            channel=channel,
            target=person.address(channel),
            kind=NoticeKind.UNSTORED,
            facts={"box": box, "count": len(uids)},
            dedupe=f"unstored:{box}:{uids[0]}:{person.id}:{now:%Y-%m-%d}"[:160],
            person=person.id,
        )
        for person in await parties.watchers(None, None)
        for channel in person.nearest()
    ]
    await outbox.write(slips, now)


async def forget_sent(before: datetime) -> int:
    """Delete screens that were sent long ago; news and mails stay as the record of what was said."""
    lasting = [NoticeKind.EVENT, NoticeKind.INVITATION, NoticeKind.RECEIPT, NoticeKind.REMINDER]
    old = Notice.filter(status__in=["sent", "skipped"], created_at__lt=before).exclude(kind__in=lasting)
    return await old.delete()
