"""The channels' carriers: from a row of the outbox to a message in a chat or a mailbox."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path

from bot.forums import show_in_thread
from bot.transports.quota import Quota
from bot.transports.result import AccountTrouble, Delivered, Held, Paused, Permanent, Result
from bot.transports.smtp import SmtpTransport
from bot.transports.telegram import ChatClosed, Gone, TelegramTransport
from handlers.links import Links
from handlers.mail.compose import Letter, compose
from handlers.mail.floods import held_back
from handlers.mail.outgoing import Post
from handlers.papers.press import enclosed
from handlers.text.reader import Reader
from handlers.text.rich import as_text
from handlers.text.screens import Screen
from handlers.text.voice import Voice
from handlers.text.wording import word
from models.operations import bounces, delivery, files, letters, traces
from models.operations.outbox import Leased
from models.queries import parties
from models.rules.vocabulary import Channel, Language, NoticeKind

log = logging.getLogger(__name__)


FILES = frozenset({NoticeKind.FILE, NoticeKind.AGREEMENT_FILE})
"""What is a document."""


class ChatCarrier:
    """Chats, through one bot."""

    channel = Channel.CHAT

    def __init__(self, transport: TelegramTransport, links: Links | None = None) -> None:
        self._transport = transport
        self._links = links

    async def carry(self, row: Leased, now: datetime) -> Result | None:
        """Word the row and show it; what it shows is remembered, so that a reply finds the request."""
        chat = int(row.target)
        if await _shows_already(row, chat):
            return None
        reader = await _reader(row, now, links=self._links)
        screen = await word(row.kind, row.facts, reader)
        if screen is None:
            return None
        screen = await enclosed(screen, row.kind, row.facts, reader)
        result = await self._show(chat, screen, row, now)
        await _remember(chat, result, screen, row, now=now)
        return result

    async def _show(self, chat: int, screen: Screen, row: Leased, now: datetime) -> Result:
        if row.kind is NoticeKind.FORUM:
            return await show_in_thread(self._transport, screen, row, now)
        if row.kind not in FILES or not screen.files:
            follows = row.facts.get("follows", False)
            return await self._transport.show(chat, screen, edit=row.facts.get("edit"), only_edit=follows)
        file = screen.files[0]
        result, known = await self._transport.file(chat, file, as_text(screen.lines), silent=screen.silent)
        if known and known != file.telegram_file_id:
            await traces.remember_file(file.id, known)
        if isinstance(result, Delivered):
            await files.reached([file.id], now)
        return result

    async def gave_up(self, row: Leased, why: Permanent, now: datetime) -> None:
        """A closed chat hands its news over to mail."""
        if isinstance(why, ChatClosed):
            await delivery.chat_closed(row, now)

    async def shut(self, why: AccountTrouble, _now: datetime) -> None:
        """The token is refused: only the operator can help."""
        log.error("Telegram refuses the bot's token: %s", why.reason)


async def _shows_already(row: Leased, chat: int) -> bool:
    """Whether a card that would follow was answered with meanwhile: what was said on it must not be lost."""
    facts = row.facts
    if not facts.get("follows") or "version" not in facts:
        return False
    return await traces.is_as_of(chat, facts["edit"], facts["version"])


async def _remember(chat: int, result: Result, screen: Screen, row: Leased, *, now: datetime) -> None:
    """What the message shows: by it a reply finds its request or letter; a card that is gone stays behind."""
    if isinstance(result, Gone) and row.facts.get("follows"):
        await traces.lost(chat, row.facts["edit"])
    if not isinstance(result, Delivered) or row.kind is NoticeKind.MENU:
        return
    if screen.letter is not None:
        await letters.shown(chat, int(result.reference), screen.letter)
    if screen.shows is not None:
        await traces.shows(chat, int(result.reference), screen.shows.matter, screen.shows.ref)
    if screen.request is None:
        return
    message = int(result.reference)
    if row.facts.get("follows"):
        await traces.followed(chat, message, version=screen.version)
        return
    await traces.shown(
        chat,
        message,
        request=screen.request,
        version=screen.version,
        now=now,
        live=screen.live,
        event=screen.event,
    )


async def _reader(row: Leased, now: datetime, *, links: Links | None) -> Reader:
    person = await parties.person(row.person) if row.person else None
    if person is None:
        voice = Voice(Language(row.facts.get("language", Language.EN)))
        return Reader(voice=voice, now=now, person=None, zone="UTC")
    zone = await parties.zone_of(person.library) if person.library else "UTC"
    return Reader(voice=Voice(person.language), now=now, person=person, zone=zone, links=links)


class MailCarrier:
    """Mailboxes, through one SMTP account."""

    channel = Channel.MAIL

    def __init__(
        self, transport: SmtpTransport, post: Post, files: Path, *, quota: Quota | None = None
    ) -> None:
        self._transport = transport
        self._quota = quota
        self._post = post
        self._files = files

    async def carry(self, row: Leased, now: datetime) -> Result | None:
        """Word the row as a letter and send it; the thread remembers it once it left."""
        if self._quota is not None and (pause := await self._quota.pause(now)):
            return Paused(pause, "as many mails left today as the provider allows")
        if wait := await held_back(row, now):
            return Held(wait)
        written = await self._post.write(row, now, files=self._files)
        if written is None:
            return None
        raw = await _composed(written.letter)
        result = await self._transport.send(raw, sender=written.envelope_sender, recipient=row.target)
        if isinstance(result, Delivered) and written.request is not None:
            await traces.mailed(
                written.letter.message_id,
                request=written.request,
                person=row.person,
                version=written.version,
                now=now,
            )
        if isinstance(result, Delivered):
            await files.reached(written.enclosed, now)
        return result

    async def gave_up(self, row: Leased, why: Permanent, now: datetime) -> None:
        """The library hears of it in chat; an address that refuses often enough is closed.

        A server that refuses the message itself says nothing of the address.
        """
        if why.of_content:
            await delivery.mail_refused(row, now, of_content=True)
            return
        status = bounces.status_in(why.reason, why.code)
        await bounces.failed(row, status=status, key=f"refused:{row.id}", now=now, is_final=True)

    async def shut(self, why: AccountTrouble, now: datetime) -> None:
        """Nothing leaves until the operator mends the account: coordinators are told in chat."""
        log.error("the mail account is refused: %s", why.reason)
        await delivery.mail_trouble(now)


async def _composed(letter: Letter) -> bytes:
    """Flattening a scan takes long: not on the loop."""
    if sum(len(one.content) for one in letter.attachments) > LARGE:
        return await asyncio.to_thread(compose, letter)
    return compose(letter)


LARGE = 5_000_000
