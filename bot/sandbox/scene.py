"""What the sandbox's page shows and may do: the protocol between its server and whatever plays behind it.

Everything read is a snapshot: the page asks again whenever `Scene.changes` names it. Moments are aware
datetimes here, ISO 8601 text in what travels to the browser; entities count UTF-16 units as in the Bot API.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, NotRequired, Protocol, TypedDict

from models.rules.vocabulary import Language, Role


class UnknownError(LookupError):
    """No such phone, message, file, mailbox or mail: the page gets 404."""


class RefusedError(ValueError):
    """The act is understood and not possible now; the text says why, for people: the page gets 409."""


@dataclass(frozen=True, slots=True)
class PhoneView:
    """Who holds a phone. A person who has not joined yet has no role and an empty `library`."""

    user_id: int
    name: str
    library: Mapping[Language, str]
    role: Role | None
    language: Language
    zone: str
    """IANA name; the phone shows its messages in this zone."""
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """The next thing that the clock will bring, already worded."""

    name: str
    at: datetime
    distance: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The civil clock of the sandbox; `zones` are IANA names in the order of display."""

    now: datetime
    zones: Sequence[str]
    next: Happening | None


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes with what a download needs to know about them."""

    data: bytes
    name: str
    mime: str = "application/octet-stream"


class Entity(TypedDict):
    """Bot API MessageEntity; `type` as there."""

    type: str
    offset: int
    length: int
    url: NotRequired[str]


class Button(TypedDict):
    """A key under a message: exactly one of `data`, `url`, `copy`. `style`: primary, success or danger."""

    text: str
    data: NotRequired[str]
    url: NotRequired[str]
    copy: NotRequired[str]
    style: NotRequired[str | None]


class Document(TypedDict):
    """A file in a chat; `size` in bytes."""

    file_id: str
    name: str
    size: int


class Message(TypedDict):
    """One bubble. `text` is the caption where there is a document or a photo.

    `reply_keyboard`: rows of labels shown below the chat; an empty list takes them away; None leaves them.
    """

    id: int
    date: str
    from_bot: bool
    text: str
    entities: NotRequired[list[Entity]]
    keyboard: NotRequired[list[list[Button]]]
    reply_keyboard: NotRequired[list[list[str]] | None]
    document: NotRequired[Document | None]
    photo: NotRequired[str | None]
    """The photo's file id."""
    edited: NotRequired[bool]
    reply_to: NotRequired[int | None]
    force_reply: NotRequired[bool]
    """The client opens a reply to this message by itself."""


class Command(TypedDict):
    """A row of the command menu, without the slash."""

    command: str
    description: str


class Attachment(TypedDict):
    """A part of a mail; `size` in bytes."""

    index: int
    name: str
    type: str
    size: int


class Appointment(TypedDict):
    """What a letter enters into the calendar; `at` is a day or a moment in ISO 8601."""

    name: str
    at: str
    cancelled: bool


class Robot(StrEnum):
    """Who answers without the person: an absent owner's mailbox, or a mail server that knows no such one."""

    AWAY = "away"
    BOUNCE = "bounce"


# The functional form, because "from" is a word of Python.
Mail = TypedDict(
    "Mail",
    {
        "id": str,
        "from": str,
        "subject": str,
        "date": str,
        "text": str,
        "has_html": bool,
        "attachments": list[Attachment],
        "appointments": list[Appointment],
        "answered": bool,
    },
)


class Change(TypedDict):
    """What has become stale.

    `chat`, `typing` and `toast` name `user_id`; `mail` names `address`; the others stand alone. A toast
    carries its `text`, and `alert` if it waits for the person to close it.
    """

    kind: Literal["chat", "typing", "toast", "mail", "phones", "clock", "state", "chaos"]
    user_id: NotRequired[int]
    address: NotRequired[str]
    text: NotRequired[str]
    alert: NotRequired[bool]


class Phones(Protocol):
    """The people in chat."""

    @property
    def phones(self) -> Sequence[PhoneView]:
        """In the order of display; may grow and change."""

    def chat(self, user_id: int) -> Sequence[Message]:
        """Oldest first."""

    def menu(self, user_id: int) -> Sequence[Command]:
        """As the person's client would show it: by scope and language."""

    async def send(self, user_id: int, text: str, *, reply_to: int | None = None) -> None:
        """The person types a line."""

    async def press(self, user_id: int, message_id: int, *, data: str) -> None:
        """The person presses a key under a message, however old."""

    async def attach(self, user_id: int, blob: Blob, *, caption: str, reply_to: int | None = None) -> None:
        """The person sends a file."""

    async def show(
        self, user_id: int, pictures: Sequence[Blob], *, caption: str, reply_to: int | None = None
    ) -> None:
        """The person sends photos: one, or several as an album."""

    async def block(self, user_id: int, *, blocked: bool) -> None:
        """The person blocks the bot, or lets it write again."""

    def file(self, file_id: str) -> Blob:
        """What a chat message carries."""


class Mailboxes(Protocol):
    """The people at mail. An outgoing letter goes to the bot as its correspondent would send it."""

    @property
    def mailboxes(self) -> Sequence[str]:
        """Addresses, in the order of display."""

    @property
    def clients(self) -> Sequence[str]:
        """Mail programs whose way of quoting `reply` can imitate; the first is proposed."""

    def mails(self, address: str) -> Sequence[Mail]:
        """Newest first."""

    def mail_raw(self, address: str, mail_id: str) -> bytes:
        """RFC 5322 bytes as they arrived."""

    def mail_html(self, address: str, mail_id: str) -> str:
        """The HTML part; UnknownError where there is none."""

    def mail_attachment(self, address: str, mail_id: str, *, index: int) -> Blob:
        """One part, decoded."""

    async def reply(
        self, address: str, mail_id: str, *, body: str, client: str, html: bool, attachments: Sequence[Blob]
    ) -> None:
        """Answer a mail in the manner of a mail program."""

    async def answer_by_itself(self, address: str, mail_id: str, robot: Robot) -> None:
        """Send what a machine answers to this mail."""

    async def write(self, address: str, *, subject: str, body: str, attachments: Sequence[Blob]) -> None:
        """Begin a new letter to the bot."""


class Stage(Protocol):
    """What surrounds the people: time, weather, and a look behind the scenes."""

    def clock(self, language: Language) -> Clock:
        """The next happening is worded in `language`."""

    async def advance(self, to: datetime) -> None:
        """Move the clock forward; what falls due on the way happens before this returns."""

    def state(self) -> Mapping[str, object]:
        """JSON-able; a list of flat mappings becomes a table."""

    def chaos(self) -> Mapping[str, bool]:
        """Every switch and whether it is on."""

    async def set_chaos(self, name: str, *, on: bool) -> None:
        """UnknownError for a switch that does not exist."""

    def changes(self) -> AsyncGenerator[Change, None]:
        """Subscribed from the first step of the generator on; closing it unsubscribes."""


class Scene(Phones, Mailboxes, Stage, Protocol):
    """Everything that the page needs."""
