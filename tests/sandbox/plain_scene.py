"""A scene in memory for the page's tests: two people whose bot repeats what they say, mailboxes, a clock."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypedDict, Unpack

from bot.sandbox.place import Place
from bot.sandbox.scene import (
    Blob,
    Button,
    Change,
    Clock,
    Command,
    Document,
    Entity,
    Happening,
    Mail,
    Message,
    PhoneView,
    RefusedError,
    Robot,
    UnknownError,
)
from models.rules.vocabulary import Language, Role

START = datetime(2026, 1, 5, 5, 30, tzinfo=UTC)
BAKU, ALMATY = 101, 202
ANL = {
    Language.AZ: "Azərbaycan Milli Kitabxanası",
    Language.KK: "Әзірбайжан Ұлттық кітапханасы",
    Language.RU: "Национальная библиотека Азербайджана",
    Language.EN: "Azerbaijan National Library",
}
NLRK = {
    Language.AZ: "Qazaxıstan Respublikasının Milli Kitabxanası",
    Language.KK: "Қазақстан Республикасының Ұлттық кітапханасы",
    Language.RU: "Национальная библиотека Республики Казахстан",
    Language.EN: "National Library of the Republic of Kazakhstan",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class More(TypedDict, total=False):
    """What a message may carry beside its text."""

    entities: list[Entity]
    keyboard: list[list[Button]]
    reply_keyboard: list[list[str]] | None
    document: Document | None
    photo: str | None
    edited: bool
    reply_to: int | None


@dataclass(slots=True)
class PlainScene:
    """`told` keeps every act in order, as the page asked for it."""

    now: datetime = START
    told: list[tuple[object, ...]] = field(default_factory=list)
    chats: dict[int, list[Message]] = field(default_factory=lambda: {BAKU: [], ALMATY: []})
    boxes: dict[str, list[Mail]] = field(
        default_factory=lambda: {"ill@anl.example": [], "ill@nlrk.example": []}
    )
    htmls: dict[str, str] = field(default_factory=dict)
    files: dict[str, Blob] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=lambda: {"telegram_down": False, "smtp_refuses": False})
    listeners: list[asyncio.Queue[Change]] = field(default_factory=list)
    phones: list[PhoneView] = field(
        default_factory=lambda: [
            PhoneView(BAKU, "Aytən Məmmədova", ANL, Role.LIBRARIAN, Language.AZ, "Asia/Baku"),
            PhoneView(ALMATY, "Әсел Нұрланқызы", NLRK, Role.COORDINATOR, Language.KK, "Asia/Almaty"),
        ]
    )
    clients: Sequence[str] = ("gmail", "outlook", "mailru")
    quiet_for: timedelta = timedelta(days=3)

    @property
    def mailboxes(self) -> Sequence[str]:
        return list(self.boxes)

    def tell(self, change: Change) -> None:
        for listener in self.listeners:
            listener.put_nowait(change)

    def post(self, user_id: int, text: str, *, from_bot: bool = True, **more: Unpack[More]) -> Message:
        chat = self._chat(user_id)
        message: Message = {
            "id": len(chat) + 1,
            "date": self.now.isoformat(),
            "from_bot": from_bot,
            "text": text,
            **more,
        }
        chat.append(message)
        self.tell({"kind": "chat", "user_id": user_id})
        return message

    def receive(self, address: str, *, subject: str, text: str, html: str | None = None) -> Mail:
        mail: Mail = {
            "id": str(len(self.boxes[address]) + 1),
            "from": "Abonement <requests@desk.example>",
            "subject": subject,
            "date": self.now.isoformat(),
            "text": text,
            "has_html": html is not None,
            "attachments": [],
            "appointments": [],
            "answered": False,
        }
        if html is not None:
            self.htmls[mail["id"]] = html
        self.boxes[address].insert(0, mail)
        self.tell({"kind": "mail", "address": address})
        return mail

    def chat(self, user_id: int) -> Sequence[Message]:
        return list(self._chat(user_id))

    def menu(self, user_id: int) -> Sequence[Command]:
        self._chat(user_id)
        return [
            {"command": "new", "description": "New request"},
            {"command": "requests", "description": "My requests"},
            {"command": "help", "description": "Help"},
        ]

    async def send(self, user_id: int, text: str, *, reply_to: int | None = None) -> None:
        self.told.append(("send", user_id, text, reply_to))
        self.post(user_id, text, from_bot=False, reply_to=reply_to)
        keyboard: list[list[Button]] = [
            [
                {"text": "Göndər", "data": "1:1:send", "style": "primary"},
                {"text": "Düzəliş et", "data": "1:1:edit"},
            ],
            [{"text": "Ləğv et", "data": "1:1:cancel", "style": "danger"}],
        ]
        self.post(user_id, f"You said: {text}", keyboard=keyboard)

    async def press(self, user_id: int, message_id: int, *, data: str) -> None:
        self.told.append(("press", user_id, message_id, data))
        card = next((m for m in self._chat(user_id) if m["id"] == message_id), None)
        if card is None:
            raise UnknownError("no such message")
        card["text"], card["edited"] = f"{card['text']}\n{data}", True
        self.tell({"kind": "toast", "user_id": user_id, "text": data})
        self.tell({"kind": "chat", "user_id": user_id})

    async def attach(self, user_id: int, blob: Blob, *, caption: str, reply_to: int | None = None) -> None:
        self.told.append(("attach", user_id, blob, caption, reply_to))
        name = f"file-{len(self.files)}"
        self.files[name] = blob
        document: Document = {"file_id": name, "name": blob.name, "size": len(blob.data)}
        self.post(user_id, caption, from_bot=False, document=document, reply_to=reply_to)

    async def show(
        self, user_id: int, pictures: Sequence[Blob], *, caption: str, reply_to: int | None = None
    ) -> None:
        self.told.append(("show", user_id, list(pictures), caption, reply_to))
        self._chat(user_id)

    async def block(self, user_id: int, *, blocked: bool) -> None:
        self.told.append(("block", user_id, blocked))
        self._chat(user_id)
        self.phones = [replace(p, blocked=blocked) if p.user_id == user_id else p for p in self.phones]
        self.tell({"kind": "phones"})

    def file(self, file_id: str) -> Blob:
        if file_id not in self.files:
            raise UnknownError("no such file")
        return self.files[file_id]

    def mails(self, address: str) -> Sequence[Mail]:
        if address not in self.boxes:
            raise UnknownError("no such mailbox")
        return list(self.boxes[address])

    def mail_raw(self, address: str, mail_id: str) -> bytes:
        mail = self._mail(address, mail_id)
        return f"From: {mail['from']}\r\nSubject: {mail['subject']}\r\n\r\n{mail['text']}\r\n".encode()

    def mail_html(self, address: str, mail_id: str) -> str:
        self._mail(address, mail_id)
        if mail_id not in self.htmls:
            raise UnknownError("no HTML part")
        return self.htmls[mail_id]

    def mail_attachment(self, address: str, mail_id: str, *, index: int) -> Blob:
        attached = self._mail(address, mail_id)["attachments"]
        if index >= len(attached):
            raise UnknownError("no such attachment")
        return Blob(b"%PDF-1.7", attached[index]["name"], attached[index]["type"])

    async def reply(
        self, address: str, mail_id: str, *, body: str, client: str, html: bool, attachments: Sequence[Blob]
    ) -> None:
        self.told.append(("reply", address, mail_id, body, client, html, list(attachments)))
        self._mail(address, mail_id)["answered"] = True
        self.tell({"kind": "mail", "address": address})

    async def answer_by_itself(self, address: str, mail_id: str, robot: Robot) -> None:
        self._mail(address, mail_id)
        self.told.append(("robot", address, mail_id, robot))

    async def write(self, address: str, *, subject: str, body: str, attachments: Sequence[Blob]) -> None:
        self.told.append(("write", address, subject, body, list(attachments)))

    def clock(self, language: Language) -> Clock:
        names = {
            Language.AZ: "Qaytarma tarixi: ANL-2026-0042",
            Language.KK: "Қайтару күні: ANL-2026-0042",
            Language.RU: "Срок возврата: ANL-2026-0042",
            Language.EN: "Due date: ANL-2026-0042",
        }
        return Clock(
            self.now,
            ("Asia/Baku", "Asia/Almaty"),
            Happening(names[language], self.now + self.quiet_for, "in 3 days"),
        )

    async def advance(self, to: datetime) -> None:
        self.told.append(("advance", to.astimezone(UTC)))
        self.now = to.astimezone(UTC)
        self.tell({"kind": "clock"})

    def state(self) -> Mapping[str, object]:
        return {
            "requests": [
                {
                    "number": "ANL-2026-0042",
                    "service": "loan",
                    "stage": "sent",
                    "version": 3,
                    "waits_for": "supplying",
                },
                {
                    "number": "NLRK-2026-0007",
                    "service": "copy",
                    "stage": "overdue",
                    "version": 9,
                    "waits_for": None,
                },
            ],
            "outbox": [
                {"id": 1, "person": "Aytən", "channel": "chat", "kind": "new_request", "state": "delivered"}
            ],
            "inbox": [],
            "clock": {"now": self.now.isoformat()},
        }

    def chaos(self) -> Mapping[str, bool]:
        return dict(self.switches)

    async def set_chaos(self, name: str, *, on: bool) -> None:
        self.told.append(("chaos", name, on))
        if name not in self.switches:
            raise UnknownError("no such switch")
        if name == "smtp_refuses" and self.switches["telegram_down"]:
            raise RefusedError("one at a time")
        self.switches[name] = on
        self.tell({"kind": "chaos"})

    async def changes(self) -> AsyncGenerator[Change, None]:
        mine: asyncio.Queue[Change] = asyncio.Queue()
        self.listeners.append(mine)
        try:
            while True:
                yield await mine.get()
        finally:
            self.listeners.remove(mine)

    def _chat(self, user_id: int) -> list[Message]:
        if user_id not in self.chats:
            raise UnknownError("no such phone")
        return self.chats[user_id]

    def _mail(self, address: str, mail_id: str) -> Mail:
        found = next((m for m in self.mails(address) if m["id"] == mail_id), None)
        if found is None:
            raise UnknownError("no such mail")
        return found


def placed(scene: PlainScene) -> Place:
    """A place where this scene plays."""
    place = Place()
    place.opens(scene)
    return place
