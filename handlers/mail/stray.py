"""Mail that nobody may act on yet: kept, shown to those concerned, and never answered to its sender."""

from datetime import datetime

from handlers.mail.addresses import Purpose
from handlers.mail.parse import MailKind, Reading
from handlers.mail.threading import Place, Standing
from models.operations import asides, inbox
from models.operations.inbox import KeptAside, WaitingMail
from models.operations.outbox import Slip
from models.queries import parties


async def keep(mail: WaitingMail, reading: Reading, found: Place, now: datetime) -> tuple[str, list[Slip]]:
    """Keep a mail aside; returns a word for its row, and the cards of those concerned."""
    sender = reading.sender or mail.sender
    blocked = await asides.is_blocked(sender)
    kept = await inbox.keep_aside(
        KeptAside(
            mail=mail.id,
            verdict="unreadable" if reading.kind is MailKind.UNREADABLE else found.standing,
            from_address=sender,
            subject=reading.subject,
            excerpt=reading.text,
            attachments=tuple(one.name for one in reading.attachments),
            request=found.request,
            person=found.person.id if found.person and reading.kind is not MailKind.UNREADABLE else None,
            is_blocked=blocked,
        ),
        now,
    )
    if blocked:
        return "blocked", []
    watchers = await parties.watchers(found.request, found.person)
    asked = found.person if _asks(found) else None
    return "aside", await asides.cards(kept, watchers, asked=asked, now=now)


def _asks(found: Place) -> bool:
    """Whether the person of a reply address is asked; about an answer to that very question nobody is."""
    stray = found.token is not None and found.token.purpose is Purpose.STRAY
    return found.standing is Standing.OTHER_SENDER and not stray
