"""For whom the words of a row are made."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.links import Links
from handlers.text.voice import Voice
from models.queries.files import FileView
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.vocabulary import Act, Channel

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the words are made, and when: `person` is None for a stranger, `links` where no page is open
    to the public.
    """

    voice: Voice
    now: datetime
    person: PersonView | None
    zone: str
    channel: Channel = Channel.CHAT
    links: Links | None = None

    def today(self) -> date:
        """The civil day at the reader's library."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def upload_link(self, view: CardView) -> str | None:
        """Where the reader sends a large scan for the request; None where no page is open to the public."""
        if self.links is None or self.person is None or not view.offers(Act.DELIVER):
            return None
        return self.links.upload(view.id, self.person, self.now)

    def file_link(self, file: FileView) -> str | None:
        """Where the reader fetches the file; None where no page is open to the public."""
        if self.links is None or self.person is None or file.expired:
            return None
        return self.links.file(file, self.person)

    def is_quiet(self) -> bool:
        """Whether news arrives without a sound at this hour of the reader's library."""
        hour = self.now.astimezone(ZoneInfo(self.zone)).hour
        return self.person is not None and self.person.preferences.is_quiet(hour)
