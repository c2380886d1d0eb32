"""Forum groups of departments: linked by a coordinator, a thread for each topic."""

from datetime import datetime

from models.engines import transaction
from models.operations.planteam import speaker
from models.rules.vocabulary import Topic
from models.tables import Forum, ForumThread


async def link(chat: int, person: int, now: datetime) -> int:
    """Link a forum group to the library of one of its coordinators; returns the library.

    Linking again moves it. Raises `NotAllowed`.
    """
    async with transaction():
        own = await speaker(person)
        row, _ = await Forum.update_or_create(
            chat_id=chat, defaults={"library_id": own.library, "linked_by_id": own.id, "at": now}
        )
    return row.library_id


async def unlink(chat: int) -> bool:
    """Tell the group nothing more; False where it was not linked."""
    return bool(await Forum.filter(chat_id=chat).delete())


async def remember_thread(chat: int, topic: Topic, thread: int) -> None:
    """The thread of a topic in a group, for the next message."""
    async with transaction():
        forum = await Forum.get_or_none(chat_id=chat)
        if forum is not None:
            await ForumThread.update_or_create(forum_id=forum.id, topic=topic, defaults={"thread_id": thread})
