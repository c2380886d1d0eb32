"""A desk for tests of the mail door: two mailboxes, two coordinators in chat, one request."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bot.example import load_example
from bot.keys import signer_of
from bot.sandbox.botapi import Person as Phone
from bot.sandbox.world import AUTHSERV_ID, World
from models.operations import drafts, libraries, people
from models.operations.libraries import library_number
from models.rules.vocabulary import Act, Language, Role, Service, Via
from models.tables import Aside, Event, Notice

START = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
ILL, COLLEAGUE, STRANGER = "ill@nlrk.example", "dana@nlrk.example", "dana@gmail.com"


@dataclass
class Desk:
    """A request of ANL's mailbox to NLRK's, coordinators in chat, and whoever writes."""

    world: World
    request: int = 0
    answerer: int = 0
    phones: dict[str, Phone] = field(default_factory=dict)
    _ids: count = field(default_factory=lambda: count(1))

    async def opens(self, *chats: str) -> "Desk":
        await load_example(self.world.clock())
        await libraries.edit_library("NLRK", names={}, domains=["nlrk.example", "gmail.com"])
        asker = await self.joins("ANL", "ill@anl.example")
        self.answerer = await self.joins("NLRK", ILL)
        for number, code in enumerate(chats):
            made = await people.invite(await library_number(code), Role.COORDINATOR, self.world.clock())
            self.phones[code] = self.world.phone(101 + number, code, language="en")
            self.phones[code].starts(made.code)
        await self.world.settle()
        supplying, now = await library_number("NLRK"), self.world.clock()
        draft = await drafts.start(asker, Service.LOAN, now, values={"title": "Abai"}, supplying=supplying)
        sent = await drafts.submit(draft, author=asker, via=Via.EMAIL, key="first", now=now)
        self.request = sent.request
        await self.world.settle()
        return self

    async def joins(self, code: str, address: str) -> int:
        now = self.world.clock()
        made = await people.invite(
            await library_number(code), Role.LIBRARIAN, now, email=address, mailbox=True
        )
        joined = await people.join_by_mail(made.id, name="", now=now)
        await people.set_language(joined.id, Language.EN, now)
        await Notice.all().update(status="skipped")
        return joined.id

    @property
    def token(self) -> str:
        signer = signer_of(self.world.settings)
        assert signer is not None
        return signer.reply(self.request, self.answerer, epoch=1)

    async def writes(
        self,
        text: str,
        *,
        sender: str,
        to: str = "",
        results: str = "",
        more: str = "",
        subject: str = "Re: Abai",
    ) -> None:
        """A mail arrives; `results` is what the own mail server says of it."""
        own = f"Authentication-Results: {AUTHSERV_ID}; {results}\r\n" if results else ""
        raw = (
            f"{own}From: {sender}\r\nTo: {to or self.token}\r\nSubject: {subject}\r\n{more}"
            f"Message-ID: <{next(self._ids)}@client.example>\r\nDate: Mon, 02 Mar 2026 05:30:00 +0000\r\n"
            f"\r\n{text}\r\n"
        ).encode()
        await self.world.deliver(raw, authenticated=False)
        await self.world.settle()

    async def answers(self, text: str, *, sender: str, more: str = "", subject: str = "Re: Abai") -> None:
        """Somebody replies to the newest letter in their box."""
        newest = self.world.mail.box(sender)[-1].message
        to = newest["Reply-To"].addresses[0].addr_spec
        await self.writes(text, sender=sender, to=to, more=more, subject=subject)

    async def happened(self) -> list[tuple[Act, str | None]]:
        """The acts of NLRK by mail, and who signed them."""
        rows = (
            await Event.filter(request_id=self.request, via=Via.EMAIL).exclude(act=Act.SUBMIT).order_by("id")
        )
        return [(row.act, row.signed_by) for row in rows]

    async def asides(self) -> list[str]:
        return [row.verdict for row in await Aside.all().order_by("id")]

    def letters(self, address: str) -> list[str]:
        """The plain words of each letter to an address."""
        bodies = [mail.message.get_body(("plain",)) for mail in self.world.mail.box(address)]
        return [str(body.get_content()) for body in bodies if body]

    async def presses(self, code: str, text: str) -> None:
        self.phones[code].presses(text)
        await self.world.settle()
