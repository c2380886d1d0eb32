"""Information for colleagues: shared once, told to who follows its topics, answered to its author."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import bulletintelling as telling
from models.operations import outbox
from models.operations.planteam import slips_to
from models.queries import bulletins as queries
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.errors import BulletinWithdrawn, LetterTooLong, NotAllowed, UnknownBulletin
from models.rules.permissions import Right, Standpoint, may
from models.rules.sharing import Said
from models.rules.vocabulary import NoticeKind, Pace, Topic, Via
from models.tables import Attachment, Bulletin, BulletinFile, BulletinReply, Person, Subscription, Weekly

LONGEST_REPLY = 3500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBulletin:
    """What somebody wants colleagues to know."""

    author: int
    said: Said
    via: Via
    key: str
    signed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What it became; `repeated` when it was shared before."""

    bulletin: int
    repeated: bool = False


async def share(new: NewBulletin, now: datetime) -> Shared:
    """Keep the information and tell who follows one of its topics, at the own library and its partners.

    A known (via, key) changes nothing. Raises `NotAllowed` for somebody without a library.
    """
    try:
        async with transaction():
            known = await Bulletin.get_or_none(via=new.via, key=new.key)
            if known is not None:
                return Shared(bulletin=known.id, repeated=True)
            author = await _author(new.author)
            row = await _keep(new, author, now)
            await telling.tell_of(row, author, now)
            return Shared(bulletin=row.id)
    except IntegrityError:
        return Shared(bulletin=(await Bulletin.get(via=new.via, key=new.key)).id, repeated=True)


async def _author(person: int) -> PersonView:
    row = await Person.get_or_none(id=person, left_at=None)
    if row is None or row.library_id is None or not may(Right.SHARE, Standpoint(row.role)):
        raise NotAllowed
    return PersonView.of(row)


async def keep_files(row: Bulletin, attachments: Iterable[int]) -> None:
    """Tie files to the version that they came with. They are kept as long as other files."""
    for attachment in attachments:
        await BulletinFile.create(bulletin_id=row.id, attachment_id=attachment, version=row.version)
        await Attachment.filter(id=attachment).update(owner_id=None)


async def _keep(new: NewBulletin, author: PersonView, now: datetime) -> Bulletin:
    row = await Bulletin.create(
        author_id=author.id,
        library_id=author.library,
        signed_by=new.signed_by,
        via=new.via,
        key=new.key,
        at=now,
        **columns(new.said),
    )
    await keep_files(row, new.said.files)
    return row


def columns(said: Said) -> dict[str, Any]:
    """What information says, as its row holds it."""
    second = said.second
    return {
        "topics": [one.value for one in said.topics],
        "language": said.words.language,
        "title": said.words.title,
        "text": said.words.text,
        "second_language": second.language if second else None,
        "second_title": second.title if second else None,
        "second_text": second.text if second else None,
        "link": said.link,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReply:
    """An answer to a piece of information; `answers` is the earlier reply that it answers in turn."""

    bulletin: int
    author: int
    text: str
    via: Via
    key: str
    answers: int | None = None
    signed_by: str | None = None


async def reply(new: NewReply, now: datetime) -> int:
    """Pass an answer on to the author, or from the author to who answered; returns its number.

    A known (via, key) changes nothing. Raises `UnknownBulletin` for somebody it was not for,
    `BulletinWithdrawn`, `LetterTooLong`.
    """
    if len(new.text) > LONGEST_REPLY:
        raise LetterTooLong(limit=LONGEST_REPLY)
    try:
        async with transaction():
            return await _reply(new, now)
    except IntegrityError:
        number: int = (await BulletinReply.get(via=new.via, key=new.key)).id
        return number


async def _reply(new: NewReply, now: datetime) -> int:
    known = await BulletinReply.get_or_none(via=new.via, key=new.key)
    number: int
    if known is not None:
        number = known.id
        return number
    person = await Person.get_or_none(id=new.author, left_at=None)
    row = await Bulletin.get_or_none(id=new.bulletin)
    if person is None or row is None or not await queries.is_for(row, PersonView.of(person)):
        raise UnknownBulletin
    if row.withdrawn_at is not None:
        raise BulletinWithdrawn
    to = await _addressee(new, row)
    kept = await BulletinReply.create(
        bulletin_id=row.id,
        person_id=person.id,
        to_id=to,
        signed_by=new.signed_by,
        text=new.text.strip(),
        via=new.via,
        key=new.key,
        at=now,
    )
    await _tell(kept, now)
    number = kept.id
    return number


async def _addressee(new: NewReply, row: Bulletin) -> int:
    earlier = await BulletinReply.get_or_none(id=new.answers, bulletin_id=row.id) if new.answers else None
    return earlier.person_id if earlier and new.author == earlier.to_id else row.author_id


async def _tell(kept: BulletinReply, now: datetime) -> None:
    person = await parties.person(kept.to_id)
    if person is None or person.library is None:
        return
    today = await parties.today_at(person.library, now)
    slips = slips_to(
        [person],
        NoticeKind.BULLETIN_REPLY,
        facts={"reply": kept.id},
        dedupe=f"bulletin_reply:{kept.id}",
        today=today,
    )
    await outbox.write(slips, now)


async def follow(person: int, topic: Topic, pace: Pace | None, now: datetime) -> None:
    """Hear of a topic at once or once a week, or (None) no more. Twice is as good as once."""
    async with transaction():
        await Subscription.filter(person_id=person, topic=topic).delete()
        if pace is None:
            return
        await Subscription.create(person_id=person, topic=topic, pace=pace, since=now)
        await Weekly.get_or_create(person_id=person, defaults={"until": now})


async def stop(person: int) -> None:
    """Follow nothing any more."""
    await Subscription.filter(person_id=person).delete()
