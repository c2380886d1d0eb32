"""Information for colleagues: shared once, told to who follows its topics, answered to its author."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import outbox
from models.operations.outbox import Slip
from models.operations.planteam import slips_to
from models.queries import bulletins as queries
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.errors import LetterTooLong, NotAllowed, UnknownBulletin
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Channel, Language, NoticeKind, Pace, Topic, Via
from models.tables import Attachment, Bulletin, BulletinReply, Forum, Library, Person, Subscription, Weekly

LONGEST_REPLY = 3500


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A title and a text in one language."""

    language: Language
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBulletin:
    """What somebody wants colleagues to know, in one language or in a second one too."""

    author: int
    topics: tuple[Topic, ...]
    words: Words
    via: Via
    key: str
    second: Words | None = None
    link: str | None = None
    file: int | None = None
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
            await outbox.write([*await _to_followers(row, author), *await _to_forums(row)], now)
            return Shared(bulletin=row.id)
    except IntegrityError:
        return Shared(bulletin=(await Bulletin.get(via=new.via, key=new.key)).id, repeated=True)


async def _author(person: int) -> PersonView:
    row = await Person.get_or_none(id=person, left_at=None)
    if row is None or row.library_id is None or not may(Right.SHARE, Standpoint(row.role)):
        raise NotAllowed
    return PersonView.of(row)


async def _keep(new: NewBulletin, author: PersonView, now: datetime) -> Bulletin:
    second = new.second
    row = await Bulletin.create(
        author_id=author.id,
        library_id=author.library,
        signed_by=new.signed_by,
        topics=[one.value for one in new.topics],
        language=new.words.language,
        title=new.words.title,
        text=new.words.text,
        second_language=second.language if second else None,
        second_title=second.title if second else None,
        second_text=second.text if second else None,
        link=new.link,
        file_id=new.file,
        via=new.via,
        key=new.key,
        at=now,
    )
    if new.file is not None:
        await Attachment.filter(id=new.file).update(owner_id=None)
    return row


async def _to_followers(row: Bulletin, author: PersonView) -> Sequence[Slip]:
    libraries = await queries.circle_of(row.library_id)
    followers = await Subscription.filter(
        topic__in=row.topics, pace=Pace.AT_ONCE, person__library_id__in=libraries, person__left_at=None
    ).prefetch_related("person")
    people = {one.person_id: PersonView.of(one.person) for one in followers if one.person_id != author.id}
    told: list[Slip] = []
    for person in people.values():
        today = await parties.today_at(person.library or 0, row.at)
        slips = slips_to(
            [person],
            NoticeKind.BULLETIN,
            facts={"bulletin": row.id},
            dedupe=f"bulletin:{row.id}",
            today=today,
        )
        told += [*slips, *_with_file(row, slips)]
    return told


def _with_file(row: Bulletin, slips: Iterable[Slip]) -> Iterable[Slip]:
    """In a chat the file is a message of its own; a mail carries it."""
    for slip in slips:
        if row.file_id is not None and slip.channel is Channel.CHAT:
            facts = {"file": row.file_id, "caption": row.title}
            yield Slip(
                channel=slip.channel,
                target=slip.target,
                kind=NoticeKind.FILE,
                facts=facts,
                dedupe=f"{slip.dedupe}:file",
                person=slip.person,
            )


async def _to_forums(row: Bulletin) -> Sequence[Slip]:
    """One message in the thread of each of its topics, in every linked group, in its library's language."""
    forums = await Forum.filter(library_id__in=await queries.circle_of(row.library_id))
    languages = {one.id: one.language for one in await Library.all()}
    return [
        Slip(
            channel=Channel.CHAT,
            target=str(forum.chat_id),
            kind=NoticeKind.FORUM,
            facts={
                "bulletin": row.id,
                "topic": topic,
                "chat": forum.chat_id,
                "language": languages[forum.library_id],
            },
            dedupe=f"bulletin:{row.id}:{forum.id}:{topic}",
        )
        for forum in forums
        for topic in row.topics
    ]


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

    A known (via, key) changes nothing. Raises `UnknownBulletin` for somebody it was not for, `LetterTooLong`.
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
