"""The world as the page shows it: phones, mailboxes, clock, switches, a look behind the scenes."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime, time, timedelta
from email.message import EmailMessage, MIMEPart
from html import unescape
from re import sub
from zoneinfo import ZoneInfo

from bot.sandbox.botapi import Change as ApiChange
from bot.sandbox.botapi import Message as ApiMessage
from bot.sandbox.botapi import Person
from bot.sandbox.mail import StoredMail
from bot.sandbox.mail_client import Client, reply
from bot.sandbox.scene import (
    Attachment,
    Blob,
    Button,
    Change,
    Clock,
    Command,
    Entity,
    Happening,
    Mail,
    Message,
    PhoneView,
    RefusedError,
    UnknownError,
)
from bot.sandbox.world import MAIL_ADDRESS, World
from handlers.mail.compose import Attachment as Attached
from handlers.mail.compose import Letter, compose
from handlers.mail.headers import Mailbox
from handlers.text.reminders import headline, nothing_else
from handlers.text.voice import Voice
from models.queries import clocks, inspector, parties
from models.queries.parties import LibraryView, PersonView
from models.rules.vocabulary import Language

SWITCHES = ("telegram_down", "telegram_flood", "smtp_refuses", "smtp_greylists", "smtp_down")
FLOOD_SECONDS = 3
HOME = ZoneInfo("Asia/Baku")
OPENING = time(9)


def tomorrow(now: datetime) -> datetime:
    """The next morning in Baku."""
    local = now.astimezone(HOME)
    return datetime.combine(local.date() + timedelta(days=1), OPENING, HOME)


class LiveScene:
    """A running world. What the page shows of the database is refreshed by `look`."""

    def __init__(self, world: World, *, people: Sequence[Person], boxes: Sequence[str]) -> None:
        self._world = world
        self._people = {person.id: person for person in people}
        self._boxes = list(boxes)
        self._members: dict[int, PersonView] = {}
        self._libraries: dict[int, LibraryView] = {}
        self._state: dict[str, object] = {}
        self._coming: clocks.Coming | None = None
        self._on: set[str] = set()
        self._answered: set[str] = set()
        self._listeners: set[asyncio.Queue[Change]] = set()

    async def look(self) -> None:
        """Read what the page shows of the database."""
        members = {one: await parties.person_in_chat(one) for one in self._people}
        self._members = {one: member for one, member in members.items() if member}
        self._libraries = {one.id: one for one in await parties.libraries()}
        self._state = await inspector.look(self._world.clock())
        self._coming = await clocks.coming(self._world.clock())

    @property
    def phones(self) -> Sequence[PhoneView]:
        """The people in the order in which they were given."""
        return [self._phone(person) for person in self._people.values()]

    def _phone(self, person: Person) -> PhoneView:
        member = self._members.get(person.id)
        library = self._libraries.get(member.library or 0) if member else None
        return PhoneView(
            user_id=person.id,
            name=person.user.first_name,
            library={Language(key): name for key, name in library.names.items()} if library else {},
            role=member.role if member else None,
            language=member.language if member else Language.EN,
            zone=library.zone if library else "Asia/Baku",
            blocked=person.chat.blocked,
        )

    def _person(self, user_id: int) -> Person:
        if user_id not in self._people:
            raise UnknownError("no such phone")
        return self._people[user_id]

    def chat(self, user_id: int) -> Sequence[Message]:
        """The private chat, oldest first."""
        return [_bubble(message) for message in self._person(user_id).messages]

    def menu(self, user_id: int) -> Sequence[Command]:
        """The command menu as this client shows it."""
        found = self._person(user_id).menu
        return [{"command": name, "description": text} for name, text in found]

    async def send(self, user_id: int, text: str, *, reply_to: int | None = None) -> None:
        """Type a line; `/start CODE` follows an invitation."""
        self._person(user_id).sends(text, reply_to=reply_to)

    async def press(self, user_id: int, message_id: int, *, data: str) -> None:
        """Press a key."""
        person = self._person(user_id)
        if all(message.id != message_id for message in person.messages):
            raise UnknownError("no such message")
        person.presses(data, message=message_id)

    async def attach(self, user_id: int, blob: Blob, *, caption: str, reply_to: int | None = None) -> None:
        """Send a file."""
        self._person(user_id).attaches(
            blob.data, file_name=blob.name, mime_type=blob.mime, caption=caption or None, reply_to=reply_to
        )

    async def block(self, user_id: int, *, blocked: bool) -> None:
        """Block the bot, or let it write again."""
        person = self._person(user_id)
        if blocked:
            person.blocks()
        else:
            person.unblocks()

    def file(self, file_id: str) -> Blob:
        """A chat's file."""
        files = (message.file for one in self._people.values() for message in one.messages)
        found = next((file for file in files if file and file.file_id == file_id), None)
        if found is None:
            raise UnknownError("no such file")
        return Blob(found.data, found.name or "file", found.mime_type or "application/octet-stream")

    @property
    def mailboxes(self) -> Sequence[str]:
        """Addresses in the order in which they were given."""
        return self._boxes

    @property
    def clients(self) -> Sequence[str]:
        """Whose way of quoting can be imitated."""
        return [client.value for client in Client]

    def mails(self, address: str) -> Sequence[Mail]:
        """Newest first."""
        letters = self._letters(address)
        return [self._mail(address, number, letter) for number, letter in reversed(list(enumerate(letters)))]

    def _letters(self, address: str) -> list[StoredMail]:
        if address not in self._boxes:
            raise UnknownError("no such mailbox")
        return self._world.mail.box(address)

    def _letter(self, address: str, mail_id: str) -> StoredMail:
        letters = self._letters(address)
        if not mail_id.isdigit() or int(mail_id) >= len(letters):
            raise UnknownError("no such mail")
        return letters[int(mail_id)]

    def _mail(self, address: str, number: int, letter: StoredMail) -> Mail:
        message = letter.message
        return {
            "id": str(number),
            "from": str(message["From"]),
            "subject": str(message["Subject"] or ""),
            "date": letter.received_at.isoformat(),
            "text": _part(message, "plain"),
            "has_html": message.get_body(("html",)) is not None,
            "attachments": [_attachment(index, part) for index, part in enumerate(_files(message))],
            "answered": f"{address}/{number}" in self._answered,
        }

    def mail_raw(self, address: str, mail_id: str) -> bytes:
        """The bytes as they arrived."""
        return self._letter(address, mail_id).raw

    def mail_html(self, address: str, mail_id: str) -> str:
        """The formatted part."""
        message = self._letter(address, mail_id).message
        if message.get_body(("html",)) is None:
            raise UnknownError("no formatted part")
        return _part(message, "html")

    def mail_attachment(self, address: str, mail_id: str, *, index: int) -> Blob:
        """One part, decoded."""
        parts = _files(self._letter(address, mail_id).message)
        if not 0 <= index < len(parts):
            raise UnknownError("no such part")
        content = parts[index].get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        return Blob(data, parts[index].get_filename() or "file", parts[index].get_content_type())

    async def reply(
        self, address: str, mail_id: str, *, body: str, client: str, html: bool, attachments: Sequence[Blob]
    ) -> None:
        """Answer in the manner of a mail program, through the bot's real intake."""
        raw = reply(
            self._letter(address, mail_id).raw,
            body=body,
            client=Client(client),
            language=self._language(address),
            from_name=address.partition("@")[0],
            from_address=address,
            now=self._world.clock().astimezone(ZoneInfo("Asia/Baku")),
            attachments=[Attached(one.name, one.mime, one.data) for one in attachments],
            html=html,
        )
        await self._deliver(raw)
        self._answered.add(f"{address}/{mail_id}")
        self._tell({"kind": "mail", "address": address})

    def _language(self, address: str) -> Language:
        own = (one.language for one in self._libraries.values() if one.email == address)
        return next(own, Language.RU)

    async def write(self, address: str, *, subject: str, body: str, attachments: Sequence[Blob]) -> None:
        """Begin a new letter to the bot."""
        letter = Letter(
            sender=Mailbox("", address),
            to=Mailbox("", MAIL_ADDRESS),
            subject=subject,
            text=body,
            message_id=f"<{self._world.clock().timestamp()}@{address.partition('@')[2]}>",
            date=self._world.clock(),
            language=self._language(address),
            attachments=tuple(Attached(one.name, one.mime, one.data) for one in attachments),
            ours=False,
        )
        await self._deliver(compose(letter))

    async def _deliver(self, raw: bytes) -> None:
        answer = await self._world.deliver(raw)
        if not answer.taken:
            raise RefusedError(f"{answer.code} {answer.text}")

    def clock(self, language: Language) -> Clock:
        """The civil time in both cities; what comes next by itself."""
        return Clock(
            now=self._world.clock(), zones=["Asia/Baku", "Asia/Almaty"], next=self._next(Voice(language))
        )

    def _next(self, voice: Voice) -> Happening:
        """The next step of a clock, as it was when the page was last refreshed; else the next morning."""
        coming, now = self._coming, self._world.clock()
        if coming is None or coming.at <= now:
            return Happening(nothing_else(voice), tomorrow(now))
        return Happening(headline(voice, coming.due), coming.at)

    async def advance(self, to: datetime) -> None:
        """Move the clock, day by day through the same ticks."""
        await self._world.advance(to)
        await self.look()
        self._tell({"kind": "clock"})
        self._tell({"kind": "state"})

    def state(self) -> Mapping[str, object]:
        """Requests, outbox and inboxes as rows."""
        return self._state

    def chaos(self) -> Mapping[str, bool]:
        """Every switch."""
        return {name: name in self._on for name in SWITCHES}

    async def set_chaos(self, name: str, *, on: bool) -> None:
        """Turn a fault on or off."""
        if name not in SWITCHES:
            raise UnknownError("no such switch")
        (self._on.add if on else self._on.discard)(name)
        await self._apply(name, on=on)
        self._tell({"kind": "chaos"})

    async def _apply(self, name: str, *, on: bool) -> None:
        api, mail = self._world.api.faults, self._world.mail
        if name == "telegram_down":
            api.down = on
        elif name == "telegram_flood":
            api.clear()
            if on:
                api.flood(FLOOD_SECONDS, times=None)
        elif name == "smtp_down":
            await (mail.down() if on else mail.up())
        else:
            mail.faults.mend()
            for box in self._boxes if on else ():
                if name == "smtp_refuses":
                    mail.faults.refuse(box)
                else:
                    mail.faults.greylist(box)

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener.put_nowait(change)

    async def changes(self) -> AsyncGenerator[Change, None]:
        """Everything that becomes stale, from now on."""
        own: asyncio.Queue[Change] = asyncio.Queue()
        self._listeners.add(own)
        try:
            while True:
                yield await own.get()
        finally:
            self._listeners.discard(own)

    async def watch(self) -> None:
        """Turn what happens on the wires into changes; runs as long as the page is served."""
        chats, letters = self._world.api.subscribe(), self._world.mail.subscribe()
        try:
            async with asyncio.TaskGroup() as watching:
                watching.create_task(self._watch_chats(chats))
                watching.create_task(self._watch_letters(letters))
        finally:
            self._world.api.unsubscribe(chats)
            self._world.mail.unsubscribe(letters)

    async def _watch_chats(self, chats: asyncio.Queue[ApiChange]) -> None:
        while True:
            change = await chats.get()
            for told in _told(change, list(self._people)):
                self._tell(told)
            await self._looked()

    async def _watch_letters(self, letters: asyncio.Queue[StoredMail]) -> None:
        while True:
            letter = await letters.get()
            self._tell({"kind": "mail", "address": letter.recipient})
            await self._looked()

    async def _looked(self) -> None:
        await self.look()
        self._tell({"kind": "state"})
        self._tell({"kind": "phones"})


def _told(change: ApiChange, people: Sequence[int]) -> list[Change]:
    """What a change on the wire makes stale on the page; chat 0 concerns everybody."""
    concerned = [one for one in people if change.chat_id in (0, one)]
    if change.kind == "toast" and change.toast is not None:
        text, alert = change.toast.text, change.toast.alert
        if not text:
            return []
        return [{"kind": "toast", "user_id": one, "text": text, "alert": alert} for one in concerned]
    if change.kind == "typing":
        return [{"kind": "typing", "user_id": one} for one in concerned]
    return [{"kind": "chat", "user_id": one} for one in concerned]


def _bubble(message: ApiMessage) -> Message:
    bubble: Message = {
        "id": message.id,
        "date": message.date.isoformat(),
        "from_bot": message.from_bot,
        "text": message.text,
        "entities": [_entity(entity.as_json()) for entity in message.entities],
        "keyboard": [[_button(one) for one in row] for row in message.keyboard],
        "edited": message.edited,
        "reply_to": message.reply_to.id if message.reply_to else None,
    }
    if "keyboard" in message.markup or "remove_keyboard" in message.markup:
        bubble["reply_keyboard"] = [[one.text for one in row] for row in message.reply_keyboard]
    if message.document is not None:
        document = message.document
        bubble["document"] = {
            "file_id": document.file_id,
            "name": document.name or "file",
            "size": document.size,
        }
    if message.photo is not None:
        bubble["photo"] = message.photo.file_id
    return bubble


def _entity(found: Mapping[str, object]) -> Entity:
    entity: Entity = {
        "type": str(found["type"]),
        "offset": int(str(found["offset"])),
        "length": int(str(found["length"])),
    }
    if url := found.get("url"):
        entity["url"] = str(url)
    return entity


def _button(found: object) -> Button:
    text, style = getattr(found, "text", ""), getattr(found, "style", None)
    button: Button = {"text": text, "style": style}
    if data := getattr(found, "callback_data", None):
        button["data"] = data
    elif url := getattr(found, "url", None):
        button["url"] = url
    return button


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        html = message.get_body(("html",))
        return unescape(sub("<[^>]+>", " ", html.get_content())) if html else ""
    return str(part.get_content())


def _files(message: EmailMessage) -> list[MIMEPart]:
    return [part for part in message.walk() if part.get_content_disposition() == "attachment"]


def _attachment(index: int, part: MIMEPart) -> Attachment:
    content = part.get_payload(decode=True)
    size = len(content) if isinstance(content, bytes) else 0
    return {
        "index": index,
        "name": part.get_filename() or "file",
        "type": part.get_content_type(),
        "size": size,
    }
