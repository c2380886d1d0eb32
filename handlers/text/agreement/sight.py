"""An agreement as somebody of one of its libraries looks at it on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.text.cards import library_name
from handlers.text.screens import Button, ButtonStyle, Tap, Verb
from handlers.text.voice import Label, Voice
from models.queries.agreements import AgreementFacts
from models.queries.parties import LibraryView
from models.rules.term import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`own` is the viewer's library; `records`: they are its coordinator."""

    facts: AgreementFacts
    own: int
    now: datetime
    records: bool = False

    @property
    def home(self) -> LibraryView:
        """The viewer's library."""
        return self.facts.library(self.own)

    @property
    def partner(self) -> LibraryView:
        """The other one."""
        return self.facts.other(self.own)

    @property
    def today(self) -> date:
        """At the viewer's library."""
        return self.facts.today(self.now, at=self.own)

    @property
    def standing(self) -> Standing:
        """How the agreement stands."""
        return self.facts.standing(self.now)

    @property
    def end(self) -> date | None:
        """The last day, where a notice runs or has run out."""
        return self.facts.end(self.now)

    @property
    def open_deadline(self) -> date | None:
        """The last day for a notice while it lies ahead and no notice runs."""
        standing = self.standing
        return standing.deadline if standing.window_open and self.end is None else None

    def tap(self, what: str, value: str = "") -> Tap:
        """A button about this agreement."""
        return Tap(Verb.AGREEMENT, self.facts.id, self.facts.edition, what, value)

    def button(
        self, voice: Voice, term: Label, what: str, value: str = "", *, style: ButtonStyle = ButtonStyle.PLAIN
    ) -> Button:
        """The same with its label."""
        return Button(voice.label(term), self.tap(what, value), style)

    def name(self, voice: Voice, library: int) -> str:
        """A library's name."""
        return library_name(voice, self.facts.library(library))
