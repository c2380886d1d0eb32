"""The way in by mail: bytes are stored before they are acknowledged, then read and done one after another."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from bot.hand import Hand
from bot.intake.imap import Fetched
from bot.intake.lmtp import BusyError, Envelope
from handlers.mail import parse
from handlers.mail.inbound import MailDoor
from models.engines.trouble import is_away
from models.operations import delivery, inbox, traces
from models.operations.inbox import FetchedMail, RawMail, WaitingMail

log = logging.getLogger(__name__)

POLL = 2.0
LONGEST = 90.0
"""Seconds for one message; signatures are looked up over the network meanwhile."""
NOTING = 30.0
AGAIN = 1.0
IMAP = "imap"


class MailIntake:
    """Stores what any way in hands over, and has it done. All ways meet in `take`."""

    def __init__(
        self,
        door: MailDoor,
        *,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        hand: Hand | None = None,
    ) -> None:
        self._door = door
        self._clock = clock
        self._wake_others = wake
        self._hand = hand or Hand()
        self._arrived = asyncio.Event()
        self._stopping = False

    async def take(self, envelope: Envelope) -> None:
        """Store one message; returning means that it may be acknowledged, `BusyError` that it may not."""
        try:
            await store(envelope, self._clock())
        except Exception as error:
            raise BusyError(str(error)) from error
        self._arrived.set()

    async def take_all(self, bulk: Sequence[Fetched]) -> None:
        """Store a bulk of a mailbox, all of it or nothing."""
        mails = await asyncio.to_thread(lambda: [_fetched_mail(one) for one in bulk])
        await inbox.store_fetched(mails, self._clock())
        self._arrived.set()

    async def well(self) -> None:
        """Return when the inbox can be written at all."""
        await traces.learn("mail_stored", self._clock().isoformat())

    async def failed(self, box: str, uids: Sequence[int]) -> None:
        """Tell that messages of a mailbox could not be stored and lie in its folder Failed."""
        await delivery.unstored(box, uids, self._clock())
        self._wake_others()

    def wake(self) -> None:
        """A message was stored by another process: look now."""
        self._arrived.set()

    def stop(self) -> None:
        """Finish the message in hand, take no other."""
        self._stopping = True
        self._hand.leaving.set()
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
        """Do what waits, once: the oldest message of each writer; returns how many were taken up."""
        token = self._hand.token()
        taken = await inbox.claim_mails(machine=self._hand.machine(), token=token)
        for mail in taken:
            if self._stopping:
                break  # the lease of what is left runs out, or ends with this process
            await self._do(mail, token)
        return len(taken)

    async def _do(self, mail: WaitingMail, token: str) -> None:
        now = self._clock()
        try:
            async with asyncio.timeout(LONGEST):
                taken = await self._door.take(mail, now)
                await inbox.finish_mail(mail.id, taken.outcome, taken.slips, now, token=token)
        except Exception as error:
            log.exception("mail %d failed", mail.id)
            if not is_away(error):
                await self._hand.noted(
                    partial(self._failed, mail, token, error),
                    f"the failure of mail {mail.id}",
                    patience=NOTING,
                )
            else:
                await self._hand.left_within(AGAIN)
                await self._hand.noted(
                    partial(inbox.let_mail_go, mail.id, token), f"the rest of mail {mail.id}", patience=NOTING
                )
        self._wake_others()

    async def _failed(self, mail: WaitingMail, token: str, error: Exception) -> None:
        """Count it. What is set aside is told about in the same transaction."""
        now, failure = self._clock(), f"{type(error).__name__}: {error}"
        is_last = mail.attempts + 1 >= inbox.POISON_AFTER
        told = await self._door.set_aside(mail, now) if is_last else []
        await inbox.fail_mail(mail.id, failure, now, told=told, token=token)


async def store(envelope: Envelope, now: datetime) -> bool:
    """Store a message as it came; False when it was here already, by whichever way."""
    mail = await asyncio.to_thread(_raw_mail, envelope)
    return await inbox.store_mail(mail, now)


def _raw_mail(envelope: Envelope) -> RawMail:
    reading = parse.read(envelope.raw)
    sent = reading.date.isoformat() if reading.date else ""
    basis = "\n".join((reading.sender, sent, reading.subject, reading.text))
    return RawMail(
        body=envelope.raw,
        # A mailbox has no envelope: who wrote is all that is known.
        sender=(envelope.sender or (reading.sender if envelope.source == IMAP else ""))[:320],
        recipients=(envelope.recipient,) if envelope.recipient else (),
        source=envelope.source[:32],
        key=inbox.mail_key(reading.message_id or None, reading.sender, basis.encode(errors="replace")),
    )


def _fetched_mail(fetched: Fetched) -> FetchedMail:
    envelope = Envelope(raw=fetched.raw, sender="", recipient="", source=IMAP)
    return FetchedMail(mail=_raw_mail(envelope), box=fetched.box, validity=fetched.validity, uid=fetched.uid)
