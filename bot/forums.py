"""Information for colleagues in a linked forum group: each topic in a thread, made when it is needed."""

from dataclasses import replace
from datetime import datetime

from bot.transports.result import Delivered, Permanent, Result
from bot.transports.telegram import ChatClosed, TelegramTransport
from handlers.text.cooperation import TOPICS
from handlers.text.screens import Screen
from handlers.text.voice import Voice
from models.operations import forums
from models.operations.outbox import Leased
from models.queries import bulletins
from models.rules.vocabulary import Language, Topic

THREAD_GONE = "message thread not found"


async def show_in_thread(transport: TelegramTransport, screen: Screen, row: Leased, _now: datetime) -> Result:
    """Show the screen in the thread of its topic; one that was deleted is made anew, once.

    A group that the bot was removed from is no longer linked.
    """
    chat, topic = int(row.target), Topic(row.facts["topic"])
    thread = await bulletins.thread_of(chat, topic)
    result = await _shown(transport, screen, chat, thread) if thread else None
    if result is None or (isinstance(result, Permanent) and THREAD_GONE in result.reason):
        name = Voice(Language(row.facts["language"])).label(TOPICS[topic])
        made = await transport.open_thread(chat, name)
        if not isinstance(made, Delivered):
            return await _closed(made, chat)
        await forums.remember_thread(chat, topic, int(made.reference))
        result = await _shown(transport, screen, chat, int(made.reference))
    return await _closed(result, chat)


async def _shown(transport: TelegramTransport, screen: Screen, chat: int, thread: int) -> Result:
    return await transport.show(chat, replace(screen, thread=thread))


async def _closed(result: Result, chat: int) -> Result:
    if isinstance(result, ChatClosed):
        await forums.unlink(chat)
    return result
