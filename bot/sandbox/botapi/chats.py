"""What a chat is made of: people, messages, buttons."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.botapi.entities import Entity
from bot.sandbox.botapi.files import FileKind, StoredFile

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class User:
    """A Telegram account, a person's or a bot's."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def as_json(self) -> Json:
        fields = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it. Exactly one of the last three is set, none in a reply keyboard."""

    text: str
    style: str | None = None
    callback_data: str | None = None
    url: str | None = None
    copies: str | None = None


Keyboard = list[list[Button]]


@dataclass(slots=True)
class Message:
    """One message of a chat; an edit changes it in place. `text` is the caption where there is a file."""

    id: int
    chat: "Chat"
    sender: User
    date: datetime
    text: str = ""
    entities: tuple[Entity, ...] = ()
    file: StoredFile | None = None
    markup: Json = field(default_factory=dict)
    reply_to: "Message | None" = None
    extras: Json = field(default_factory=dict)
    edited_at: datetime | None = None
    deleted: bool = False

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def edited(self) -> bool:
        return self.edited_at is not None

    @property
    def document(self) -> StoredFile | None:
        return self.file if self.file and self.file.kind is FileKind.DOCUMENT else None

    @property
    def photo(self) -> StoredFile | None:
        return self.file if self.file and self.file.kind is FileKind.PHOTO else None

    @property
    def keyboard(self) -> Keyboard:
        """The inline keyboard under the message, empty if there is none."""
        return drawn(self.markup.get("inline_keyboard"))

    @property
    def reply_keyboard(self) -> Keyboard:
        """The keyboard that this message puts in place of the letters, empty if it brings none."""
        return drawn(self.markup.get("keyboard"))

    def as_json(self, *, replied: bool = True) -> Json:
        """The Message object. The message replied to is given without the one it replied to in turn."""
        body: Json = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date.timestamp()),
            **self.extras,
        }
        if self.edited_at is not None:
            body["edit_date"] = int(self.edited_at.timestamp())
        if replied and self.reply_to is not None and not self.reply_to.deleted:
            body["reply_to_message"] = self.reply_to.as_json(replied=False)
        if "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body | self._content()

    def as_json_for_callback(self) -> Json:
        """MaybeInaccessibleMessage: of a deleted message only the identifiers are left."""
        if self.deleted:
            return {"chat": self.chat.as_json(), "message_id": self.id, "date": 0}
        return self.as_json()

    def _content(self) -> Json:
        body: Json = {} if self.file is None else {str(self.file.kind): self.file.in_message()}
        text, entities = ("text", "entities") if self.file is None else ("caption", "caption_entities")
        if self.text:
            body[text] = self.text
        if self.entities:
            body[entities] = [entity.as_json() for entity in self.entities]
        return body


@dataclass(slots=True)
class Chat:
    """A conversation the bot takes part in. A private one has a person, who may never have written."""

    id: int
    type: str = "private"
    person: User | None = None
    title: str | None = None
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    typing: tuple[str, float] | None = None
    menu_button: Json | None = None

    def as_json(self) -> Json:
        body: Json = {"id": self.id, "type": self.type}
        if self.person is not None:
            names = ("first_name", "last_name", "username")
            return body | {key: value for key, value in self.person.as_json().items() if key in names}
        return body if self.title is None else body | {"title": self.title}

    def message(self, message_id: int) -> Message | None:
        """A message that is still there."""
        found = self.messages.get(message_id)
        return None if found is None or found.deleted else found


def drawn(rows: object) -> Keyboard:
    """Buttons of a checked keyboard, row by row."""
    if not isinstance(rows, list):
        return []
    return [[_button(item) for item in row] for row in rows if isinstance(row, list)]


def _button(item: object) -> Button:
    if not isinstance(item, dict):
        return Button(str(item))
    copy = item.get("copy_text")
    return Button(
        text=str(item["text"]),
        style=item.get("style"),
        callback_data=item.get("callback_data"),
        url=item.get("url"),
        copies=copy["text"] if isinstance(copy, dict) else None,
    )
