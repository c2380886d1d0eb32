"""Information for colleagues, as those for whom it is read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.queries.files import FileView, file_view
from models.queries.parties import LibraryView, PersonView, partners_of
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Language, Pace, Topic
from models.tables import Bulletin, BulletinReply, Forum, ForumThread, Subscription

PAGE = 8
PARTS = ("library", "author", "files__attachment__file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The same information in one language."""

    language: Language
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinView:
    """A piece of information; `own`: the viewer shared it. `wordings` holds one language or two.

    `changes`: the viewer may correct and withdraw it.
    """

    id: int
    library: LibraryView
    by: str
    own: bool
    topics: tuple[Topic, ...]
    wordings: tuple[Wording, ...]
    link: str | None
    files: tuple[FileView, ...]
    at: datetime
    version: int = 1
    withdrawn_at: datetime | None = None
    changes: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """What it says as its form holds it, nothing of it left to be asked."""
        first, *more = self.wordings
        second = more[0] if more else None
        return {
            "topics": [one.value for one in self.topics],
            "title": first.title,
            "text": first.text,
            "link": self.link or "",
            "language": first.language.value,
            "second": second.language.value if second else "",
            "second_title": second.title if second else "",
            "second_text": second.text if second else "",
        }


async def circle_of(library: int) -> list[int]:
    """The libraries that share with one another: this one and its partners by agreement."""
    return [library, *(one.id for one in await partners_of(library))]


async def is_for(row: Bulletin, viewer: PersonView) -> bool:
    """Whether the information is for the viewer's library."""
    return viewer.library is not None and row.library_id in await circle_of(viewer.library)


def may_change(row: Bulletin, viewer: PersonView) -> bool:
    """Its author may, as long as they are at that library, and every coordinator of the library."""
    right = row.author_id == viewer.id or may(Right.EDIT_SHARED, Standpoint(viewer.role))
    return right and viewer.library == row.library_id


async def bulletin(number: int, viewer: PersonView) -> BulletinView | None:
    """One of them; None when it is not for the viewer's library."""
    row = await _row(number)
    return _view(row, viewer) if row and await is_for(row, viewer) else None


async def for_forum(number: int, chat: int) -> BulletinView | None:
    """One of them as a linked group shows it; None once the group is not linked any more."""
    forum, row = await Forum.get_or_none(chat_id=chat), await _row(number)
    if forum is None or row is None or row.library_id not in await circle_of(forum.library_id):
        return None
    return _view(row, None)


async def _row(number: int) -> Bulletin | None:
    return await Bulletin.get_or_none(id=number).prefetch_related(*PARTS)


def _view(row: Bulletin, viewer: PersonView | None) -> BulletinView:
    wordings = [Wording(language=row.language, title=row.title, text=row.text)]
    if row.second_language is not None:
        again = row.second_title or row.title, row.second_text or row.text
        wordings.append(Wording(language=row.second_language, title=again[0], text=again[1]))
    return BulletinView(
        id=row.id,
        library=LibraryView.of(row.library),
        by=row.signed_by or row.author.name,
        own=viewer is not None and row.author_id == viewer.id,
        topics=tuple(Topic(one) for one in row.topics),
        wordings=tuple(wordings),
        link=row.link,
        files=tuple(file_view(one.attachment) for one in sorted(row.files, key=lambda one: one.id)),
        at=row.at,
        version=row.version,
        withdrawn_at=row.withdrawn_at,
        changes=viewer is not None and row.withdrawn_at is None and may_change(row, viewer),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    """A page of what was shared, the newest first, and what the viewer follows."""

    bulletins: tuple[BulletinView, ...]
    page: int
    has_more: bool
    follows: dict[Topic, Pace]


async def shared(viewer: PersonView, page: int) -> SharedPage:
    """What was shared among the viewer's library and its partners."""
    rows = (
        await Bulletin.filter(withdrawn_at=None, library_id__in=await circle_of(viewer.library or 0))
        .order_by("-id")
        .offset(page * PAGE)
        .limit(PAGE + 1)
        .prefetch_related(*PARTS)
    )
    return SharedPage(
        bulletins=tuple(_view(row, viewer) for row in rows[:PAGE]),
        page=page,
        has_more=len(rows) > PAGE,
        follows=await follows(viewer.id),
    )


async def follows(person: int) -> dict[Topic, Pace]:
    """What somebody follows."""
    return {row.topic: row.pace for row in await Subscription.filter(person_id=person)}


async def weekly_for(viewer: PersonView, since: datetime, until: datetime) -> Sequence[BulletinView]:
    """What was shared after `since` and not after `until` in the topics that somebody hears of weekly.

    What they heard of at once, through another topic, is left out, and so is their own.
    """
    followed = await follows(viewer.id)
    rows = (
        await Bulletin.filter(
            at__gt=since,
            at__lte=until,
            withdrawn_at=None,
            library_id__in=await circle_of(viewer.library or 0),
        )
        .exclude(author_id=viewer.id)
        .order_by("id")
        .prefetch_related(*PARTS)
    )
    paces = [{followed.get(Topic(one)) for one in row.topics} for row in rows]
    return [
        _view(row, viewer)
        for row, pace in zip(rows, paces, strict=True)
        if Pace.WEEKLY in pace and Pace.AT_ONCE not in pace
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """What a colleague answered, as its addressee reads it."""

    id: int
    bulletin: int
    title: str
    by: str
    library: LibraryView | None
    text: str


async def reply(number: int, viewer: PersonView) -> ReplyView | None:
    """An answer; None for anybody but its addressee."""
    row = await BulletinReply.get_or_none(id=number, to_id=viewer.id).prefetch_related(
        "bulletin", "person__library"
    )
    if row is None:
        return None
    return ReplyView(
        id=row.id,
        bulletin=row.bulletin_id,
        title=row.bulletin.title,
        by=row.signed_by or row.person.name,
        library=LibraryView.of(row.person.library) if row.person.library else None,
        text=row.text,
    )


async def reply_of(number: int) -> int | None:
    """The information that an answer is about."""
    row = await BulletinReply.get_or_none(id=number)
    return row.bulletin_id if row else None


async def thread_of(chat: int, topic: Topic) -> int | None:
    """The thread of a topic in a linked group, if it has one already."""
    row = await ForumThread.get_or_none(forum__chat_id=chat, topic=topic)
    return row.thread_id if row else None
