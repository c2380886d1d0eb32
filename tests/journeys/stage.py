"""The language of the journeys: people who type, press and read; mailboxes that reply; a clock that moves.

Every act waits until the program has nothing left to do. Where a story is told twice, each update and each
mail comes a second time once the first is done, and nothing may come of it.
"""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from bot.clock import Clock
from bot.example import load_example
from bot.sandbox.botapi import Person
from bot.sandbox.botapi.chats import Message
from bot.sandbox.botapi.files import StoredFile
from bot.sandbox.mail import Answer, StoredMail
from bot.sandbox.mail_client import Client, reply
from bot.sandbox.world import MAIL_ADDRESS, World
from handlers.mail.compose import Attachment, Letter, compose
from handlers.mail.headers import Mailbox as Address
from handlers.text import labels
from handlers.text.voice import Voice
from handlers.text.words import display
from models.operations import people
from models.operations.libraries import add_library, library_number
from models.queries import history as history_queries
from models.queries import parties, requests
from models.queries.history import EventView
from models.rules.vocabulary import (
    Act,
    Filter,
    Language,
    Role,
)
from tests.journeys.props import BOXES, ELSEWHERE, PHONES, SCAN, START, Key, on_button
from tests.sandbox.botapi_schema import call_problems


class Librarian:
    """Somebody in chat."""

    def __init__(self, story: "Story", phone: Person, language: Language) -> None:
        self.phone = phone
        self.voice = Voice(language)
        self._story = story

    @property
    def screen(self) -> Message:
        """The newest message, or the one that changed last."""
        shown = [one for one in self.phone.messages if one.from_bot]
        return max(shown, key=lambda one: (one.edited_at or one.date, one.id))

    @property
    def reads(self) -> str:
        """The text of that message."""
        return self.screen.text

    @property
    def everything(self) -> list[str]:
        """All that the bot ever wrote here, as it reads now."""
        return [one.text for one in self.phone.messages if one.from_bot]

    @property
    def files(self) -> list[StoredFile]:
        """The documents that the bot sent here."""
        return [one.document for one in self.phone.messages if one.from_bot and one.document]

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message."""
        return [button.text for row in self.screen.keyboard for button in row]

    async def starts(self, code: str | None = None) -> None:
        """Follow an invitation's link."""
        self.phone.starts(code)
        await self._story.settles()

    async def types(self, text: str) -> None:
        """Send a message."""
        self.phone.sends(text)
        await self._story.settles()

    async def pastes(self, citation: str) -> None:
        """Send a citation."""
        await self.types(citation)

    async def presses(self, key: Key) -> None:
        """Tap the newest button that says this."""
        self.phone.presses(self._found(key))
        await self._story.settles()

    def _found(self, key: Key) -> str:
        """The button's whole label: lists count beside it."""
        label = on_button(key, self.voice)
        counted = (text for text in self.buttons if text.startswith(f"{label} ("))
        return next(counted, label) if isinstance(key, Filter) else label

    async def presses_on(self, key: Key, message: Message) -> None:
        """Tap a button of an older message."""
        self.phone.presses(on_button(key, self.voice), message=message.id)
        await self._story.settles()

    async def opens(self, number: str) -> None:
        """Find a request among those in work, and open its card."""
        await self.presses(labels.MY_REQUESTS)
        for chosen in (Filter.MINE, Filter.INCOMING, Filter.DONE):
            if not any(one.startswith(number) for one in self.buttons):
                await self.presses(chosen)
        self.phone.presses(next(one for one in self.buttons if one.startswith(number)))
        await self._story.settles()

    async def replies(self, text: str) -> None:
        """Answer the newest message of the bot."""
        self.phone.sends(text, reply_to=self.screen.id)
        await self._story.settles()

    async def replies_with_file(self, data: bytes = SCAN, *, name: str = "scan.pdf") -> None:
        """Answer the newest message of the bot with a file."""
        self.phone.attaches(data, file_name=name, reply_to=self.screen.id)
        await self._story.settles()

    async def sends_file(self, data: bytes = SCAN, *, name: str = "scan.pdf") -> None:
        """Send a file that answers nothing."""
        self.phone.attaches(data, file_name=name)
        await self._story.settles()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A mail as its reader sees it."""

    raw: bytes
    message: EmailMessage

    @property
    def subject(self) -> str:
        """As shown in the list of mails."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain words."""
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """What is attached."""
        return [(part.get_filename() or "", part.get_content()) for part in self.message.iter_attachments()]


class Mailbox:
    """A library's shared mailbox, with somebody in front of it."""

    def __init__(
        self, story: "Story", address: str, language: Language, *, client: Client = Client.THUNDERBIRD
    ) -> None:
        self.address = address
        self.language = language
        self.voice = Voice(language)
        self.client = client
        self.answer: Answer | None = None
        self._story = story

    @property
    def letters(self) -> list[Letterhead]:
        """Everything that arrived, oldest first."""
        return [_opened(one) for one in self._story.world.mail.box(self.address)]

    @property
    def newest(self) -> Letterhead:
        """What arrived last."""
        return _opened(self._story.world.mail.box(self.address)[-1])

    async def replies(
        self,
        text: str,
        *,
        to: Letterhead | None = None,
        files: Mapping[str, bytes] | None = None,
        sender: str | None = None,
        authenticated: bool = True,
    ) -> None:
        """Press "Reply" on a mail (the newest) and send."""
        raw = self.composes(text, to=to, files=files, sender=sender)
        await self.posts(raw, authenticated=authenticated)

    async def says(self, word: str, rest: str = "", *, to: Letterhead | None = None) -> None:
        """Reply with the product's own word in the mailbox's language."""
        await self.replies(f"{display(word, self.language)} {rest}".strip(), to=to)

    async def attaches(self, data: bytes = SCAN, *, name: str = "scan.pdf", text: str = "") -> None:
        """Reply with a file."""
        await self.replies(text, files={name: data})

    async def writes(
        self,
        text: str,
        *,
        subject: str = "",
        files: Mapping[str, bytes] | None = None,
        authenticated: bool = True,
    ) -> None:
        """Send a new mail to the desk."""
        story = self._story
        letter = Letter(
            ours=False,
            sender=Address("", self.address),
            to=Address("", MAIL_ADDRESS),
            subject=subject,
            text=text,
            html=None,
            message_id=f"<{story.next_number()}@{self.address.partition('@')[2]}>",
            date=story.world.clock(),
            language=self.language,
            attachments=_attached(files),
        )
        await self.posts(compose(letter), authenticated=authenticated)

    def composes(
        self,
        text: str,
        *,
        to: Letterhead | None = None,
        files: Mapping[str, bytes] | None = None,
        sender: str | None = None,
    ) -> bytes:
        """The bytes of a reply."""
        return reply(
            (to or self.newest).raw,
            body=text,
            client=self.client,
            language=self.language,
            from_name="",
            from_address=sender or self.address,
            now=self._story.world.clock(),
            attachments=_attached(files),
        )

    async def posts(self, raw: bytes, *, authenticated: bool = True) -> None:
        """Hand bytes over to the desk's mail server."""
        self.answer = await self._story.deliver(raw, authenticated=authenticated)
        await self._story.settles()


def _attached(files: Mapping[str, bytes] | None) -> tuple[Attachment, ...]:
    return tuple(Attachment(name, "application/octet-stream", data) for name, data in (files or {}).items())


def _opened(mail: StoredMail) -> Letterhead:
    return Letterhead(mail.raw, mail.message)


@dataclass(slots=True)
class Story:
    """A world with its people. `twice` delivers everything a second time."""

    world: World
    twice: bool = False
    faulty: bool = False
    phones: dict[str, Librarian] = field(default_factory=dict)
    boxes: dict[str, Mailbox] = field(default_factory=dict)
    _numbers: int = 0

    @property
    def baku(self) -> Librarian:
        """The librarian of ANL."""
        return self.phones["ANL"]

    @property
    def almaty(self) -> Librarian:
        """The librarian of NLRK."""
        return self.phones["NLRK"]

    @property
    def coordinator(self) -> Librarian:
        """The coordinator of ANL, which is the home library."""
        return self.phones["coordinator"]

    @property
    def anl(self) -> Mailbox:
        """ANL's mailbox."""
        return self.boxes["ANL"]

    @property
    def nlrk(self) -> Mailbox:
        """NLRK's mailbox."""
        return self.boxes["NLRK"]

    async def enters(self, who: str, language: Language, *, email: str | None = None) -> Librarian:
        """Somebody joins by a link, with a telephone in their language."""
        number, name, code, role = PHONES[who]
        if code == "LIB":
            await add_library(ELSEWHERE, self.world.clock())
        made = await people.invite(await library_number(code), role, self.world.clock(), email=email)
        phone = self.world.phone(number, name, language=language.value)
        self.phones[who] = Librarian(self, phone, language)
        await self.phones[who].starts(made.code)
        return self.phones[who]

    async def opens_box(
        self, code: str, language: Language, *, client: Client = Client.THUNDERBIRD
    ) -> Mailbox:
        """A library's mailbox joins by replying YES to its one invitation, and chooses its language."""
        library = await library_number(code)
        box = self.boxes[code] = Mailbox(self, BOXES[code], language, client=client)

        async def invite(now: datetime) -> None:
            await people.invite(library, Role.LIBRARIAN, now, email=box.address, mailbox=True)

        await self.world.doing(invite)
        await box.says("yes")
        await box.says("language", language.value)
        return box

    def next_number(self) -> int:
        """A number that no other mail has."""
        self._numbers += 1
        return self._numbers

    async def settles(self) -> None:
        """Until nothing moves any more; then, told twice, all over again."""
        arrived = list(self.world.api.updates.waiting)
        await self.world.settle()
        if self.twice:
            for update in arrived:
                self.world.api.updates.repeat(update)
            await self.world.settle()

    async def deliver(self, raw: bytes, *, authenticated: bool = True) -> Answer:
        """Bring a mail; told twice, the same bytes come again."""
        answer = await self.world.deliver(raw, authenticated=authenticated)
        if self.twice:
            await self.world.settle()
            await self.world.deliver(raw, authenticated=authenticated)
        return answer

    async def advances(self, **by: float) -> None:
        """Let time go by."""
        await self.world.advance(self.world.clock() + timedelta(**by))

    async def restarts(self) -> None:
        """Stop the program and start it again on the same data."""
        await self.world.restart()
        await self.settles()

    async def acts(self, number: str) -> list[Act]:
        """What happened to a request, in order."""
        return [one.act for one in await self.history(number)]

    async def history(self, number: str) -> Sequence[EventView]:
        """What happened to a request, as ANL's librarian may see it."""
        request = await requests.numbered(number)
        members = await parties.members_of(await library_number("ANL"))
        assert request is not None
        return await history_queries.events_of(request, members[0])

    def sent(self) -> list[tuple[str, str]]:
        """Every message and mail that left, whom it went to and what it said, in order for each of them."""
        chats = [(name, text) for name, one in self.phones.items() for text in one.everything]
        mails = [(box.address, one.text) for box in self.boxes.values() for one in box.letters]
        return chats + mails


@asynccontextmanager
async def opened(
    directory: Path, database_url: str, *, twice: bool = False, start: datetime = START
) -> AsyncIterator[Story]:
    """A running world with the example's two libraries and nobody in them yet."""
    async with World(directory, database_url=database_url, clock=Clock(start)) as world:
        await load_example(world.clock())
        story = Story(world, twice=twice)
        yield story
        _hold_to_the_schema(story)


UNCHANGED = "message is not modified"
"""What Telegram says to the second of two equal taps."""


def _hold_to_the_schema(story: Story) -> None:
    calls = story.world.api.calls
    problems = [problem for call in calls for problem in call_problems(call.method, call.params)]
    assert problems == []
    refused = [call.refusal.description for call in calls if call.refusal]
    assert story.faulty or [one for one in refused if UNCHANGED not in one] == []


def errors_in(records: Sequence[logging.LogRecord]) -> list[str]:
    """What the program logged as an error."""
    return [record.getMessage() for record in records if record.levelno >= logging.ERROR]
