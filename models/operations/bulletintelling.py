"""Who is told of shared information: followers and linked groups; of a change also whoever read it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from models.operations import outbox
from models.operations.outbox import Slip
from models.operations.planteam import slips_to
from models.queries import bulletins as queries
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.vocabulary import Channel, NoticeKind, Pace, SharedChange
from models.tables import Bulletin, BulletinFile, BulletinReply, Forum, Library, Person, Subscription, Weekly


async def tell_of(
    row: Bulletin, actor: PersonView, now: datetime, change: SharedChange | None = None
) -> None:
    """Tell of it, or of a change of it, in the caller's transaction; the actor alone knows already."""
    people = await _followers(row)
    if change is not None:
        people |= await _readers(row)
    people.pop(actor.id, None)
    news: dict[str, object] = {"bulletin": row.id, "news": change} if change else {"bulletin": row.id}
    dedupe = f"bulletin:{row.id}:{row.version}"
    told: list[Slip] = []
    for person in people.values():
        today = await parties.today_at(person.library or 0, now)
        slips = slips_to([person], NoticeKind.BULLETIN, facts=news, dedupe=dedupe, today=today)
        told += [*slips, *await _with_files(row, slips)]
    await outbox.write([*told, *await _to_forums(row, news, dedupe)], now)


async def _followers(row: Bulletin) -> dict[int, PersonView]:
    """Who hears at once of one of its topics, at the own library and its partners."""
    libraries = await queries.circle_of(row.library_id)
    found = await Subscription.filter(
        topic__in=row.topics, pace=Pace.AT_ONCE, person__library_id__in=libraries, person__left_at=None
    ).prefetch_related("person")
    return {one.person_id: PersonView.of(one.person) for one in found}


async def _readers(row: Bulletin) -> dict[int, PersonView]:
    """Who has read it before it changed: its author, who answered, whose week with it was told."""
    libraries = await queries.circle_of(row.library_id)
    answered = BulletinReply.filter(bulletin_id=row.id).values_list("person_id", flat=True)
    weekly = Weekly.filter(
        until__gte=row.at,
        person__subscriptions__topic__in=row.topics,
        person__subscriptions__pace=Pace.WEEKLY,
    ).values_list("person_id", flat=True)
    known = {row.author_id, *await answered, *await weekly}
    people = await Person.filter(id__in=known, library_id__in=libraries, left_at=None)
    return {one.id: PersonView.of(one) for one in people}


async def _with_files(row: Bulletin, slips: Iterable[Slip]) -> Sequence[Slip]:
    """In a chat the files that are new are messages of their own; a mail carries them all."""
    if row.withdrawn_at is not None:
        return ()
    files = await BulletinFile.filter(bulletin_id=row.id, version=row.version).order_by("id")
    return [
        Slip(
            channel=slip.channel,
            target=slip.target,
            kind=NoticeKind.FILE,
            facts={"file": one.attachment_id, "caption": row.title},
            dedupe=f"{slip.dedupe}:{one.id}",
            person=slip.person,
        )
        for slip in slips
        if slip.channel is Channel.CHAT
        for one in files
    ]


async def _to_forums(row: Bulletin, news: dict[str, object], dedupe: str) -> Sequence[Slip]:
    """One message in the thread of each of its topics, in every linked group, in its library's language."""
    forums = await Forum.filter(library_id__in=await queries.circle_of(row.library_id))
    languages = {one.id: one.language for one in await Library.all()}
    return [
        Slip(
            channel=Channel.CHAT,
            target=str(forum.chat_id),
            kind=NoticeKind.FORUM,
            facts={
                **news,
                "topic": topic,
                "chat": forum.chat_id,
                "language": languages[forum.library_id],
            },
            dedupe=f"{dedupe}:{forum.id}:{topic}",
        )
        for forum in forums
        for topic in row.topics
    ]
