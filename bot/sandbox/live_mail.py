"""The mailboxes of a running world."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.sandbox import letters, mail_robots
from bot.sandbox.live_base import Live
from bot.sandbox.mail import StoredMail
from bot.sandbox.mail_client import Client, reply
from bot.sandbox.scene import Blob, Mail, RefusedError, Robot, UnknownError
from bot.sandbox.world import MAIL_ADDRESS
from handlers.mail.compose import Attachment as Attached
from handlers.mail.compose import Letter, compose
from handlers.mail.headers import Mailbox

HOME = ZoneInfo("Asia/Baku")


class LiveMailboxes(Live):
    """The people at mail, on the embedded mail server; what they write goes through the real intake."""

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
        found = enumerate(self._letters(address))
        return [
            letters.listed(str(number), letter, answered=f"{address}/{number}" in self._answered)
            for number, letter in reversed(list(found))
        ]

    def _letters(self, address: str) -> list[StoredMail]:
        if address not in self._boxes:
            raise UnknownError("no such mailbox")
        return self._world.mail.box(address)

    def _letter(self, address: str, mail_id: str) -> StoredMail:
        found = self._letters(address)
        if not mail_id.isdecimal() or int(mail_id) >= len(found):
            raise UnknownError("no such mail")
        return found[int(mail_id)]

    def mail_raw(self, address: str, mail_id: str) -> bytes:
        """The bytes as they arrived."""
        return self._letter(address, mail_id).raw

    def mail_html(self, address: str, mail_id: str) -> str:
        """The formatted part."""
        message = self._letter(address, mail_id).message
        if message.get_body(("html",)) is None:
            raise UnknownError("no formatted part")
        return letters.part_of(message, "html")

    def mail_attachment(self, address: str, mail_id: str, *, index: int) -> Blob:
        """One part, decoded."""
        parts = letters.files_of(self._letter(address, mail_id).message)
        if not 0 <= index < len(parts):
            raise UnknownError("no such part")
        part = parts[index]
        return Blob(letters.bytes_of(part), part.get_filename() or "file", part.get_content_type())

    async def reply(
        self, address: str, mail_id: str, *, body: str, client: str, html: bool, attachments: Sequence[Blob]
    ) -> None:
        """Answer in the manner of a mail program."""
        raw = reply(
            self._letter(address, mail_id).raw,
            body=body,
            client=_client(client),
            language=self._language(address),
            from_name=address.partition("@")[0],
            from_address=address,
            now=self._world.clock().astimezone(HOME),
            attachments=[Attached(one.name, one.mime, one.data) for one in attachments],
            html=html,
        )
        await self._deliver(raw)
        self._answered.add(f"{address}/{mail_id}")
        self._tell({"kind": "mail", "address": address})

    async def answer_by_itself(self, address: str, mail_id: str, robot: Robot) -> None:
        """What the machine of this mailbox writes: its owner is away, or there is no such mailbox."""
        letter = self._letter(address, mail_id)
        now = self._world.clock().astimezone(HOME)
        if robot is Robot.AWAY:
            language = self._language(address)
            away = mail_robots.out_of_office(letter.raw, address=address, language=language, now=now)
            await self._deliver(away)
            return
        report = mail_robots.bounce(letter.raw, recipient=address, to=letter.sender, now=now)
        await self._deliver(report, sender="", recipient=letter.sender)

    async def write(self, address: str, *, subject: str, body: str, attachments: Sequence[Blob]) -> None:
        """Begin a new letter to the bot."""
        if address not in self._boxes:
            raise UnknownError("no such mailbox")
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

    async def _deliver(self, raw: bytes, *, sender: str | None = None, recipient: str | None = None) -> None:
        if not self._world.running:
            raise RefusedError("451 4.3.2 The program is stopped, try again later")
        answer = await self._world.deliver(raw, sender=sender, recipient=recipient)
        if not answer.taken:
            raise RefusedError(f"{answer.code} {answer.text}")


def _client(name: str) -> Client:
    try:
        return Client(name)
    except ValueError:
        raise UnknownError("no such mail program") from None
