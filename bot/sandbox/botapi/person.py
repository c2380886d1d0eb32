"""A person's phone: what it shows, and what a thumb can do on it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Final, TypeVar

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.chats import Button, Chat, Json, Keyboard, Message, User
from bot.sandbox.botapi.content import payload_of
from bot.sandbox.botapi.editing import remove
from bot.sandbox.botapi.entities import Formatted, settled
from bot.sandbox.botapi.files import FileKind, StoredFile
from bot.sandbox.botapi.profile import Command
from bot.sandbox.botapi.state import Change, ChangeKind, Press, State, Toast

TYPING_SECONDS: Final = 5
T = TypeVar("T")


class Person:
    """One person's private chat with the bot.

    Acts take effect at once; `waits` and `waits_toast` see what the bot did since the last act, each
    thing once.
    """

    def __init__(self, state: State, user: User) -> None:
        self.user = user
        self.chat = state.chats.setdefault(user.id, Chat(user.id, person=user))
        self.toasts: list[Toast] = []
        self._state = state
        self._new_messages: list[Message] = []
        self._new_toasts: list[Toast] = []
        self._changed = asyncio.Event()
        self._callbacks: list[str] = []
        state.onlookers.append(self._see)

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def messages(self) -> list[Message]:
        """What the screen shows, oldest first; deleted messages are gone."""
        return [message for message in self.chat.messages.values() if not message.deleted]

    @property
    def reply_keyboard(self) -> Keyboard:
        """The keyboard in place of the letters, from the newest message that set or removed one."""
        for message in reversed(self.messages):
            if "keyboard" in message.markup or "remove_keyboard" in message.markup:
                return message.reply_keyboard
        return []

    @property
    def typing(self) -> str | None:
        """What the bot is doing, for the five seconds after it said so."""
        if self.chat.typing is None or time.monotonic() - self.chat.typing[1] > TYPING_SECONDS:
            return None
        return self.chat.typing[0]

    @property
    def menu(self) -> tuple[Command, ...]:
        """Commands and their descriptions, as this person's client resolves scope and language."""
        return self._state.profile.menu(self.id, self.user.language_code)

    @property
    def bot_name(self) -> str:
        return self._state.profile.text("name", self.user.language_code)

    @property
    def bot_description(self) -> str:
        """What an empty chat shows."""
        return self._state.profile.text("description", self.user.language_code)

    @property
    def unanswered(self) -> list[str]:
        """Taps whose button still shows the clock."""
        return [number for number in self._callbacks if not self._state.presses[number].answered]

    def sends(self, text: str, *, reply_to: int | None = None) -> int:
        """Write a message, several if it is over the limit, as a client does; returns the last identifier."""
        pieces = list(_pieces(text))
        if not pieces:
            raise ValueError("a client sends no empty message")
        return [self._put(settled(Formatted(piece)), reply_to=reply_to).id for piece in pieces][-1]

    def starts(self, payload: str | None = None) -> int:
        """Press START, or follow a link that carries a payload; lifts a block as the client does."""
        if self.chat.blocked:
            self.unblocks()
        return self.sends("/start" if payload is None else f"/start {payload_of(payload)}")

    def attaches(
        self,
        data: bytes,
        *,
        file_name: str,
        mime_type: str | None = None,
        caption: str | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Send a file as it is."""
        file = self._state.files.add(data, kind=FileKind.DOCUMENT, name=file_name, mime_type=mime_type)
        return self._put(_caption(caption), reply_to=reply_to, file=file).id

    def photo(self, data: bytes, *, caption: str | None = None, reply_to: int | None = None) -> int:
        """Send a picture as a photo; PNG, GIF and JPEG are understood."""
        file = self._state.files.add(data, kind=FileKind.PHOTO, name="photo.jpg", mime_type="image/jpeg")
        return self._put(_caption(caption), reply_to=reply_to, file=file).id

    def album(self, pictures: Sequence[bytes], *, caption: str | None = None) -> list[int]:
        """Send several pictures at once; each is a message of its own, the first has the caption."""
        group = str(self.id * 2**32 + self._state.last_message_id + 1)
        files = [
            self._state.files.add(data, kind=FileKind.PHOTO, name="photo.jpg", mime_type="image/jpeg")
            for data in pictures
        ]
        captions = [_caption(caption), *[Formatted()] * len(files)]
        extras: Json = {"media_group_id": group}
        return [
            self._put(body, file=file, extras=extras).id for body, file in zip(captions, files, strict=False)
        ]

    def edits(self, message_id: int, text: str) -> None:
        """Change one's own message."""
        message = self._message(message_id)
        if message.from_bot:
            raise ValueError("not one's own message")
        body = settled(Formatted(text))
        message.text, message.entities, message.edited_at = body.text, body.entities, self._state.now()
        self._state.updates.push("edited_message", self.id, message.as_json())
        self._state.tell(Change(self.id, ChangeKind.EDIT, message))

    def deletes(self, message_id: int) -> None:
        """Remove a message on both sides; the bot is not told."""
        remove(self._state, self.chat, self._message(message_id))

    def presses(self, label_or_data: str, *, message: int | None = None) -> str:
        """Tap a button, by label or data, of the newest message that has it, or of the one given.

        Returns the identifier of the callback; the address of a link button; the text a copy button
        copies; the identifier of the message that a reply keyboard's button sends. A given message may
        already be deleted: a thumb can be slower than the bot. Raises LookupError without such a button.
        """
        shown = reversed(self.messages) if message is None else [self.chat.messages[message]]
        for candidate in shown:
            for button in _flat(candidate.keyboard):
                if label_or_data in {button.text, button.callback_data}:
                    return self._tap(candidate, button)
        if message is None and any(button.text == label_or_data for button in _flat(self.reply_keyboard)):
            return str(self.sends(label_or_data))
        raise LookupError(f"no button {label_or_data!r}; shown are {self._labels()}")

    def blocks(self) -> None:
        """Stop the bot: it can write no more."""
        self._membership(blocked=True)

    def unblocks(self) -> None:
        self._membership(blocked=False)

    def waits(
        self, predicate: Callable[[Message], bool] | None = None, *, timeout: float = 5.0
    ) -> Awaitable[Message]:
        """The next message or edit by the bot that satisfies `predicate`; raises TimeoutError."""
        return self._next(self._new_messages, predicate, seconds=timeout)

    def waits_toast(
        self, predicate: Callable[[Toast], bool] | None = None, *, timeout: float = 5.0
    ) -> Awaitable[Toast]:
        """The next visible answer to a tap that satisfies `predicate`; raises TimeoutError."""
        return self._next(self._new_toasts, predicate, seconds=timeout)

    async def _next(self, news: list[T], predicate: Callable[[T], bool] | None, *, seconds: float) -> T:
        try:
            async with asyncio.timeout(seconds):
                while (found := _first(news, predicate)) is None:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            shown = [message.text for message in self.messages[-3:]]
            raise TimeoutError(f"{self.user.first_name} waited in vain; the last messages: {shown}") from None
        return found

    def _see(self, change: Change) -> None:
        if change.chat_id != self.id:
            return
        if change.toast is not None and (change.toast.text or change.toast.url):
            self.toasts.append(change.toast)
            self._new_toasts.append(change.toast)
        written = change.kind in {ChangeKind.MESSAGE, ChangeKind.EDIT}
        if written and change.message is not None and change.message.from_bot:
            self._new_messages.append(change.message)
        self._changed.set()

    def _act(self) -> None:
        """What was on the screen before an act is no answer to it."""
        if self.chat.blocked:
            raise RuntimeError(f"{self.user.first_name} has blocked the bot")
        self._new_messages.clear()
        self._new_toasts.clear()

    def _put(
        self,
        body: Formatted,
        *,
        reply_to: int | None = None,
        file: StoredFile | None = None,
        extras: Json | None = None,
    ) -> Message:
        self._act()
        self.chat.started = True
        message = self._state.blank(self.chat, self.user)
        message.text, message.entities, message.file = body.text, body.entities, file
        message.extras = dict(extras or {})
        message.reply_to = None if reply_to is None else self._message(reply_to)
        self._state.add(self.chat, message)
        self._state.updates.push("message", self.id, message.as_json())
        return message

    def _message(self, message_id: int) -> Message:
        found = self.chat.message(message_id)
        if found is None:
            raise LookupError(f"no message {message_id} on the screen of {self.user.first_name}")
        return found

    def _tap(self, message: Message, button: Button) -> str:
        if button.callback_data is None:
            return button.url or button.copies or ""
        self._act()
        identifier = str(self.id * 2**32 + len(self._state.presses) + 1)
        self._state.presses[identifier] = Press(self.chat, self._state.now())
        self._callbacks.append(identifier)
        body: Json = {
            "id": identifier,
            "from": self.user.as_json(),
            "message": message.as_json_for_callback(),
            "chat_instance": str(self.id * 7_919),
            "data": button.callback_data,
        }
        self._state.updates.push("callback_query", self.id, body)
        return identifier

    def _labels(self) -> list[str]:
        keyboards = [message.keyboard for message in self.messages] + [self.reply_keyboard]
        return [button.text for keyboard in keyboards for button in _flat(keyboard)]

    def _membership(self, *, blocked: bool) -> None:
        if self.chat.blocked is blocked:
            return
        self.chat.blocked = blocked
        member: Json = {"status": "member", "user": self._state.me.as_json()}
        kicked: Json = {"status": "kicked", "user": self._state.me.as_json(), "until_date": 0}
        body: Json = {
            "chat": self.chat.as_json(),
            "from": self.user.as_json(),
            "date": int(self._state.now().timestamp()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self._state.updates.push("my_chat_member", self.id, body)
        self._state.tell(Change(self.id, ChangeKind.BLOCK))


def _first(news: list[T], predicate: Callable[[T], bool] | None) -> T | None:
    """Take the first that fits, and all before it, off the list."""
    for index, item in enumerate(news):
        if predicate is None or predicate(item):
            del news[: index + 1]
            return item
    return None


def _flat(keyboard: Keyboard) -> Iterator[Button]:
    return (button for row in keyboard for button in row)


def _caption(caption: str | None) -> Formatted:
    return settled(Formatted(caption or ""))


def _pieces(text: str) -> Iterator[str]:
    """A text cut at Telegram's limit; a pair of surrogates is never split."""
    wide = text.strip().encode("utf-16-le")
    while wide:
        end = 2 * limits.TEXT
        if len(wide) > end and wide[end - 1] & 0xFC == 0xD8:
            end -= 2
        yield wide[:end].decode("utf-16-le")
        wide = wide[end:]
