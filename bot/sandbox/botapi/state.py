"""What the server knows: one bot, its chats, files, updates, and who looks on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Chat, Message, User
from bot.sandbox.botapi.files import Files
from bot.sandbox.botapi.profile import Profile
from bot.sandbox.botapi.updates import Updates


class ChangeKind(StrEnum):
    """What an onlooker is told of."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETE = "delete"
    TOAST = "toast"
    MENU = "menu"
    TYPING = "typing"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Toast:
    """The visible answer to a tap: a passing line, or with `alert` a window to close."""

    callback_id: str
    text: str
    alert: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a chat's screen shows differently now. `chat_id` 0 concerns every chat."""

    chat_id: int
    kind: ChangeKind
    message: Message | None = None
    toast: Toast | None = None


@dataclass(slots=True)
class Press:
    """A tap that waits for answerCallbackQuery."""

    chat: Chat
    at: datetime
    answered: bool = False


@dataclass(slots=True)
class State:
    """The server's memory. Everything happens on one event loop, at once and in order."""

    me: User
    now: Callable[[], datetime]
    chats: dict[int, Chat] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    updates: Updates = field(default_factory=Updates)
    profile: Profile = field(default_factory=Profile)
    presses: dict[str, Press] = field(default_factory=dict)
    onlookers: list[Callable[[Change], None]] = field(default_factory=list)
    last_message_id: int = 0

    def add(self, chat: Chat, message: Message) -> Message:
        """Put a message into its chat and tell the onlookers."""
        chat.messages[message.id] = message
        if message.from_bot:
            chat.typing = None
        self.tell(Change(chat.id, ChangeKind.MESSAGE, message))
        return message

    def blank(self, chat: Chat, sender: User) -> Message:
        """A new message without content. Identifiers of all private chats of a bot are one sequence."""
        self.last_message_id += 1
        return Message(self.last_message_id, chat, sender, self.now())

    def tell(self, change: Change) -> None:
        for onlooker in list(self.onlookers):
            onlooker(change)

    def chat(self, reference: str) -> Chat:
        """The chat a call names; raises ApiError as for `chat_id`."""
        if not reference:
            raise limits.bad(limits.NO_CHAT_ID)
        found = self.chats.get(int(reference)) if reference.lstrip("-").isdecimal() else None
        if found is None:
            raise limits.bad(limits.NO_CHAT)
        return found

    def writable(self, reference: str) -> Chat:
        """The chat a call wants to write to; raises ApiError if it may not."""
        chat = self.chat(reference)
        if not chat.started:
            raise limits.forbidden(limits.NOT_STARTED)
        if chat.blocked:
            raise limits.forbidden(limits.BLOCKED)
        return chat

    def open_press(self, callback_id: str) -> Press:
        """A tap that may still be answered; raises ApiError for an old, answered or unknown one."""
        press = self.presses.get(callback_id)
        lifetime = timedelta(minutes=limits.CALLBACK_MINUTES)
        if press is None or press.answered or self.now() - press.at > lifetime:
            raise limits.bad(limits.OLD_QUERY)
        return press

    def subscribe(self) -> "asyncio.Queue[Change]":
        """A queue of every change from now on; give it back with `unsubscribe`."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self.onlookers.append(queue.put_nowait)
        return queue

    def unsubscribe(self, queue: "asyncio.Queue[Change]") -> None:
        self.onlookers.remove(queue.put_nowait)
