"""One mail of somebody who may speak, on its way through the door: what every step of it needs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.desk import Desk
from handlers.mail.parse import Reading
from handlers.mail.subjects import foreign_tags
from handlers.mail.threading import Place
from models.operations import traces
from models.operations.inbox import WaitingMail
from models.operations.outbox import Slip
from models.operations.traces import Foreign
from models.queries.parties import PersonView
from models.rules.vocabulary import Channel, NoticeKind

LONGEST_NAME = 200
LONGEST_ID = 998
"""A line of a mail holds no more (RFC 5322 §2.1.1), so no longer Message-ID can be answered."""


@dataclass(slots=True)
class Taken:
    """What became of a mail: a word for its row, and the answers that leave with it."""

    outcome: str
    slips: list[Slip] = field(default_factory=list)


@dataclass(slots=True)
class Visit:
    """The mail, what was read in it, where it belongs, and the answers collected so far."""

    desk: Desk
    mail: WaitingMail
    reading: Reading
    found: Place
    now: datetime
    slips: list[Slip] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What makes everything that this mail does happen once."""
        return f"mail:{self.mail.id}"

    def say(self, person: PersonView, kind: NoticeKind, facts: dict[str, Any], *, dedupe: str = "") -> None:
        """Answer by mail, once per mail and kind, or once for what `dedupe` names."""
        if person.email is None:
            return
        self.slips.append(
            Slip(
                channel=Channel.MAIL,
                target=person.email,
                kind=kind,
                facts=facts,
                dedupe=dedupe or f"mail:{self.mail.id}:{kind}",
                person=person.id,
            )
        )

    async def remember(self, person: PersonView, *, request: int, event: int | None) -> None:
        """The mail is part of the request's thread from now on."""
        if 0 < len(self.reading.message_id) <= LONGEST_ID:
            await traces.received(
                self.reading.message_id,
                request=request,
                person=person.id,
                event=event,
                now=self.now,
                foreign=Foreign(self.reading.thread_index, foreign_tags(self.reading.subject)),
            )
