"""Who writes while processes die: librarians in chat and a mailbox, each comment with words of its own."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.database import database
from bot.example import load_example
from bot.keys import signer_of
from bot.sandbox.botapi import BotApi, Params, Person
from bot.sandbox.botapi.updates import Update as Offered
from bot.sandbox.mail import MailServer
from bot.settings import Settings
from handlers.mail.addresses import Signer
from models.engines.migrate import migrate
from models.operations import drafts, people, search, traces
from models.operations.libraries import library_number
from models.rules.vocabulary import Language, Role, Service, Via
from models.tables import Notice
from models.tables import Person as Row

AUTHSERV = "mx.torture.example"
BOX = "ill@nlrk.example"
CHATS = 40
REQUESTS = 4
"""Of each librarian."""
MOST_MAILS = 8
"""About one request: ten within ten minutes would be a flood."""
REPEATED = 0.2
MOST_REPEATS = 20


@dataclass
class Town:
    """Both wires, everybody on them, and what they wrote. What was acknowledged stands in `said`."""

    api: BotApi
    mail: MailServer
    settings: Settings
    chance: random.Random
    chats: int = CHATS
    mailbox: bool = True
    signer: Signer | None = None
    phones: list[Person] = field(default_factory=list)
    cards: list[tuple[Person, int, int]] = field(default_factory=list)
    box: int = 0
    said: list[str] = field(default_factory=list)
    by_mail: list[str] = field(default_factory=list)
    repeats: int = 0
    repeated_mails: int = 0
    unanswered: int = 0
    _letters: Counter[int] = field(default_factory=Counter)
    _seen: list[Offered] = field(default_factory=list)

    async def settles(self) -> None:
        """Make the desk: nobody joins by a wire, so that the first kill may come at once."""
        await migrate(self.settings.database)
        self.signer = signer_of(self.settings)
        async with database(self.settings.database):
            now = datetime.now(UTC)
            await load_example(now)
            baku, almaty = await library_number("ANL"), await library_number("NLRK")
            if self.mailbox:
                await self._opens_box(almaty, now)
            for number in range(self.chats):
                await self._librarian(1001 + number, baku, almaty, now=now)
            await Notice.all().update(status="skipped")
            await search.reindex()

    async def _opens_box(self, almaty: int, now: datetime) -> None:
        made = await people.invite(almaty, Role.LIBRARIAN, now, email=BOX, mailbox=True)
        self.box = (await people.join_by_mail(made.id, name="", now=now)).id

    async def _librarian(self, chat: int, baku: int, almaty: int, *, now: datetime) -> None:
        phone = self.api.person(chat, first_name=f"Librarian {chat}", language_code="en")
        phone.starts()
        self.phones.append(phone)
        row = await Row.create(
            name=f"Librarian {chat}",
            library_id=baku,
            role=Role.LIBRARIAN,
            language=Language.EN,
            telegram_id=chat,
            created_at=now,
        )
        for number in range(REQUESTS):
            values = {"title": f"Book {chat}-{number}"}
            draft = await drafts.start(row.id, Service.LOAN, now, values=values, supplying=almaty)
            sent = await drafts.submit(draft, author=row.id, via=Via.TELEGRAM, key=f"d{draft}", now=now)
            answer = await self.api.call("sendMessage", Params({"chat_id": chat, "text": "a card"}))
            message = answer.body["result"]["message_id"]
            await traces.shown(chat, message, request=sent.request, version=1, now=now)
            self.cards.append((phone, message, sent.request))

    def types(self) -> None:
        """Somebody replies to a card in chat."""
        phone, message, _request = self.chance.choice(self.cards)
        text = f"said-{len(self.said):06d}"
        phone.sends(text, reply_to=message)
        self._seen.append(self.api.updates.waiting[-1])
        self.said.append(text)

    def repeats_itself(self) -> None:
        """Telegram offers once more what was confirmed before: late, and out of its order."""
        waiting = {update.id for update in self.api.updates.waiting}
        confirmed = [update for update in self._seen[-80:] if update.id not in waiting]
        if confirmed and len(self.api.updates.repeats) < MOST_REPEATS:
            self.api.updates.repeat(self.chance.choice(confirmed))
            self.repeats += 1

    async def writes(self, to: tuple[str, int]) -> None:
        """The mailbox answers a request; what is not taken is offered again by whoever looks for it."""
        _phone, _message, request = self.chance.choice(self.cards)
        if self._letters[request] >= MOST_MAILS or self.signer is None:
            return
        self._letters[request] += 1
        text = f"mail-{len(self.by_mail):06d}"
        self.by_mail.append(text)
        address = self.signer.reply(request, self.box, epoch=1)
        raw = raw_mail(text, address)
        while not await self._taken(raw, address, to):
            self.unanswered += 1
            await asyncio.sleep(0.05)
        if self.chance.random() < REPEATED:
            self.repeated_mails += 1
            await self._taken(raw, address, to)

    async def _taken(self, raw: bytes, address: str, to: tuple[str, int]) -> bool:
        answer = await self.mail.deliver(raw, sender=BOX, recipient=address, to=to)
        return answer.taken


def raw_mail(text: str, address: str) -> bytes:
    return (
        f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from=nlrk.example\r\n"
        f"From: {BOX}\r\nTo: {address}\r\nSubject: Re: a book\r\nMessage-ID: <{text}@nlrk.example>\r\n"
        f"Date: {datetime.now(UTC):%a, %d %b %Y %H:%M:%S +0000}\r\n\r\n{text} is what I say\r\n"
    ).encode()
