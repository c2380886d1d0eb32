"""The way in by mail: bytes are stored before they are acknowledged, then read and done one after another."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.intake.lmtp import BusyError, Envelope
from handlers.mail import parse
from handlers.mail.inbound import MailDoor
from models.operations import inbox, outbox
from models.operations.inbox import RawMail, WaitingMail

log = logging.getLogger(__name__)

POLL = 2.0


class MailIntake:
    """Stores what any way in hands over, and has it done. All ways meet in `take`."""

    def __init__(self, door: MailDoor, *, clock: Callable[[], datetime], wake: Callable[[], None]) -> None:
        self._door = door
        self._clock = clock
        self._wake = wake
        self._arrived = asyncio.Event()
        self._stopping = False

    async def take(self, envelope: Envelope) -> None:
        """Store one message; returning means that it may be acknowledged, `BusyError` that it may not."""
        try:
            await store(envelope, self._clock())
        except Exception as error:
            raise BusyError(str(error)) from error
        self._arrived.set()

    def stop(self) -> None:
        """Finish the message in hand, take no other."""
        self._stopping = True
        self._arrived.set()

    async def run(self) -> None:
        """Do what is stored until stopped."""
        while not self._stopping:
            self._arrived.clear()
            try:
                done = await self.sweep()
            except Exception:
                log.exception("the mail inbox could not be read")
                done = 0
            if not done:
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL):
                        await self._arrived.wait()

    async def sweep(self) -> int:
        """Do what waits, once; returns how many messages were taken up."""
        waiting = await inbox.waiting_mails()
        for mail in waiting:
            if self._stopping:
                break
            await self._do(mail)
        return len(waiting)

    async def _do(self, mail: WaitingMail) -> None:
        now = self._clock()
        try:
            taken = await self._door.take(mail, now)
            await inbox.finish_mail(mail.id, taken.outcome, taken.slips, now)
        except Exception as error:
            log.exception("mail %d failed", mail.id)
            if await inbox.fail_mail(mail.id, f"{type(error).__name__}: {error}", now):
                await outbox.write(await self._door.set_aside(mail, now), now)
        self._wake()


async def store(envelope: Envelope, now: datetime) -> bool:
    """Store a message as it came; False when it was here already, by whichever way."""
    reading = await asyncio.to_thread(parse.read, envelope.raw)
    key = inbox.mail_key(reading.message_id or None, reading.sender, envelope.raw)
    mail = RawMail(
        body=envelope.raw,
        sender=envelope.sender[:320],
        recipients=(envelope.recipient,),
        source=envelope.source[:32],
        key=key,
    )
    return await inbox.store_mail(mail, now)
