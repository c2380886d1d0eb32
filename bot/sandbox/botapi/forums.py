"""Forum groups: a supergroup whose messages lie in threads (Bot API: createForumTopic, message_thread_id)."""

from dataclasses import dataclass, field

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Chat, Json, Message, User
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.state import State

NOT_A_FORUM = "the chat is not a forum"
NO_THREAD = "message thread not found"
NAMELESS = "TOPIC_TITLE_EMPTY"
LONGEST_NAME = 128
"""Characters of a topic's name (Bot API: createForumTopic)."""
BLUE = 7322096
"""The colour of an icon that nobody chose (Bot API: ForumTopic.icon_color)."""


@dataclass(slots=True)
class ForumGroup(Chat):
    """A group in which the bot may manage topics; `threads` holds their names by number."""

    threads: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> Json:
        """The Chat object."""
        return {"id": self.id, "type": self.type, "title": self.title or "", "is_forum": True}

    def thread(self, name: str) -> list[Message]:
        """The messages of the thread with this name, oldest first."""
        numbers = {number for number, title in self.threads.items() if title == name}
        return [one for one in self.messages.values() if one.extras.get("message_thread_id") in numbers]


def group(state: State, chat_id: int, title: str) -> ForumGroup:
    """A forum group of which the bot is a member."""
    made = ForumGroup(chat_id, type="supergroup", title=title, started=True)
    state.chats[chat_id] = made
    return made


def says(state: State, chat: ForumGroup, user: User, text: str) -> Message:
    """Somebody writes in the general thread of the group."""
    message = state.blank(chat, user)
    message.text = text
    state.add(chat, message)
    state.updates.push("message", chat.id, message.as_json())
    return message


def create_forum_topic(state: State, params: Params) -> object:
    """A new thread; its number is that of the message which announces it."""
    chat = state.writable(params.text("chat_id"))
    name = params.text("name").strip()
    if not isinstance(chat, ForumGroup):
        raise limits.bad(NOT_A_FORUM)
    if not name or len(name) > LONGEST_NAME:
        raise limits.bad(NAMELESS)
    number = state.blank(chat, state.me).id
    chat.threads[number] = name
    return {"message_thread_id": number, "name": name, "icon_color": params.integer("icon_color", BLUE)}


def placed(chat: Chat, params: Params) -> Json:
    """In which thread a message lies; raises ApiError for one that does not exist."""
    number = params.integer("message_thread_id")
    if not number:
        return {}
    if not isinstance(chat, ForumGroup) or number not in chat.threads:
        raise limits.bad(NO_THREAD)
    return {"message_thread_id": number, "is_topic_message": True}
