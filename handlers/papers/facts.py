"""What a paper is made of: plain facts, loaded by somebody else."""

from dataclasses import dataclass
from datetime import date

from models.queries.parties import LibraryView
from models.queries.requests import CardView
from models.rules.papers import LetterKind
from models.rules.period import Period
from models.rules.vocabulary import Language, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """A request to be printed. `link` is what its code says; `signed_on` the day of the agreement.

    `value` is the value for the customs as somebody stated it; empty, it is written by hand.
    """

    card: CardView
    link: str
    signed_on: date | None = None
    value: str = ""

    @property
    def requesting(self) -> LibraryView:
        """The library that asked."""
        return self.card.own if self.card.side is Side.REQUESTING else self.card.partner

    @property
    def supplying(self) -> LibraryView:
        """The library that was asked."""
        return self.card.partner if self.card.side is Side.REQUESTING else self.card.own


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs today: the name as each language writes it, and the post."""

    name: dict[str, str]
    post: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side of an agreement as its letters name it: full official name and postal address by language.

    `contacts` are telephone and mail as on its letterhead. Without a signatory post and name are left blank:
    those who signed the agreement never fill a new letter.
    """

    names: dict[str, str]
    addresses: dict[str, str]
    contacts: str = ""
    signatory: Signatory | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A letter of `sender` to `recipient` about their agreement; `place` is where it was signed, by language.

    Days are those that the rules reckon. `last_day` is the last day of the term that runs, `deadline` its
    last day for a notice, `notice` the period of notice. A notice: `received` is the day for which its effect
    is reckoned, `ends` the last day in force then. A withdrawal: the same of the notice that is withdrawn. An
    amendment: `new_last_day`, and `new_deadline` that follows from it; without them its text is left blank.
    """

    kind: LetterKind
    sender: Party
    recipient: Party
    signed_on: date
    place: dict[str, str]
    last_day: date
    notice: Period
    deadline: date | None = None
    received: date | None = None
    ends: date | None = None
    new_last_day: date | None = None
    new_deadline: date | None = None


def in_language(texts: dict[str, str], language: Language) -> str:
    """The text in this language; else in English, else in any, else nothing."""
    return texts.get(language) or texts.get(Language.EN) or next(iter(texts.values()), "")
