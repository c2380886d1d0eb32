"""Where people saw what: cards in chats, messages of mail threads; and what the installation learned."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.engines import sql
from models.engines.prepared import Prepared
from models.tables import Attachment, Card, Conversation, Person, Setting, ThreadMail

SHOWN = """
INSERT INTO card (chat_id, message_id, request_id, version, live, event_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (chat_id, message_id) DO UPDATE SET
  request_id = excluded.request_id, version = excluded.version, live = excluded.live,
  event_id = excluded.event_id, at = excluded.at
"""


async def shown(
    chat: int,
    message: int,
    *,
    request: int,
    version: int,
    now: datetime,
    live: bool = False,
    event: int | None = None,
) -> None:
    """This message of the chat shows this request, as of this version.

    `live`: it is the whole card, or the news of an `event` with what can be done about it.
    """
    await sql.execute(SHOWN, [chat, message, request, version, live, event, now])


async def followed(chat: int, message: int, *, version: int) -> None:
    """A card was changed without anybody's asking: that keeps it no longer among the recent ones."""
    await Card.filter(chat_id=chat, message_id=message).update(version=version)


async def is_as_of(chat: int, message: int, version: int) -> bool:
    """Whether somebody was shown this version of the request there, in answer to a tap that came first."""
    return await Card.exists(chat_id=chat, message_id=message, version__gte=version)


async def lost(chat: int, message: int) -> None:
    """The message cannot be changed any more."""
    await Card.filter(chat_id=chat, message_id=message).update(live=False)


async def mailed(
    message_id: str, *, request: int, person: int | None, version: int | None, now: datetime
) -> None:
    """A message of ours went to the person, telling of the request as of this version."""
    if await ThreadMail.exists(message_id=message_id, person_id=person):
        return
    await ThreadMail.create(
        message_id=message_id,
        request_id=request,
        person_id=person,
        outgoing=True,
        version=version,
        at=now,
    )


@dataclass(frozen=True, slots=True)
class Foreign:
    """What the other side's programs want to find again: Outlook's Thread-Index, a ticket's subject tags."""

    index: str = ""
    tags: str = ""


async def received(
    message_id: str,
    *,
    request: int,
    person: int | None,
    event: int | None,
    now: datetime,
    foreign: Foreign = Foreign(),
) -> None:
    """A message of the person's came into the request's thread, so their address can be written to again."""
    await Person.filter(id=person).exclude(mail_bad_at=None).update(mail_bad_at=None)
    if await ThreadMail.exists(message_id=message_id, request_id=request):
        return
    await ThreadMail.create(
        message_id=message_id,
        request_id=request,
        person_id=person,
        outgoing=False,
        event_id=event,
        index=foreign.index or None,
        tags=foreign.tags[:200] or None,
        at=now,
    )


async def remember_file(attachment: int, telegram_file_id: str) -> None:
    """The same file can be sent again by this id, without an upload."""
    await Attachment.filter(id=attachment).update(telegram_file_id=telegram_file_id)


MAIL = "mail_address"
"""The desk's own address; empty while the installation has no mail."""


PLANNED = "planned_at"
"""When the clock was last heard by whoever plans."""


async def learn(name: str, value: str) -> None:
    """Keep a fact of the installation, such as the bot's username."""
    await Setting.update_or_create(name=name, defaults={"value": value})


async def known(name: str) -> str | None:
    """A fact of the installation; None when it is not known."""
    row = await Setting.get_or_none(name=name)
    return row.value if row else None


@dataclass(frozen=True, slots=True)
class Talk:
    """What a person is in the middle of."""

    key: str
    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


KEPT = """
INSERT INTO conversation (key, state, data) VALUES ($1, $2, $3)
ON CONFLICT (key) DO UPDATE SET state = excluded.state, data = excluded.data
"""


async def keep_talk(talk: Talk) -> None:
    """Write it down, in the caller's transaction; nothing left to keep removes the row."""
    if talk.state is None and not talk.data:
        await Conversation.filter(key=talk.key).delete()
        return
    await sql.execute(KEPT, [talk.key, talk.state, sql.stored(talk.data)])


TALK = Prepared(lambda key: Conversation.filter(key=key))


async def conversation(key: str) -> Talk:
    """What a person is in the middle of."""
    row = await TALK.first(key)
    return Talk(key, row.state, row.data) if row else Talk(key)


SHOWS = """
INSERT INTO matter_card (chat_id, message_id, matter, ref) VALUES ($1, $2, $3, $4)
ON CONFLICT (chat_id, message_id) DO UPDATE SET matter = excluded.matter, ref = excluded.ref
"""


async def shows(chat: int, message: int, matter: str, ref: int) -> None:
    """This message of the chat shows this matter: a reply to it is about that."""
    await sql.execute(SHOWS, [chat, message, matter, ref])
