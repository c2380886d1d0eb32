"""For whom the words of a row are made."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.text.voice import Voice
from models.queries.parties import PersonView
from models.rules.vocabulary import Channel

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the words are made, and when: `person` is None for a stranger."""

    voice: Voice
    now: datetime
    person: PersonView | None
    zone: str
    channel: Channel = Channel.CHAT

    def today(self) -> date:
        """The civil day at the reader's library."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def is_quiet(self) -> bool:
        """Whether news arrives without a sound at this hour of the reader's library."""
        hour = self.now.astimezone(ZoneInfo(self.zone)).hour
        return self.person is not None and self.person.preferences.is_quiet(hour)
