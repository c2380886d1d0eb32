"""What stands beside an act: the due date, a reason, the number of a parcel."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from handlers.mail import figures, worth
from handlers.mail.figures import Found
from handlers.text import phrases
from handlers.text.phrases import Kind
from handlers.text.words import fold
from models.rules.vocabulary import Condition, Reason, ScanProblem, Settlement

REQUEST = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-(?:19|20)\d\d-\d{2,6}\b", re.IGNORECASE)

_WITH_DUE_DATE = {"sent", "due"}
_WITH_PARCEL = {"sent", "returned"}
_WITH_PIECES = {"sent", "received", "returned"}
_COUNTED = {"received", "returned"}
"""Acts behind which a number alone counts pieces: `received 2`."""
_ABOUT_PAGES = {"problem", "copy"}
_WORD = re.compile(r"[^\s,.;:!?()]+")
_LONGEST_LABEL = 3
_LABEL_REACH = 60


@dataclass(frozen=True, slots=True)
class Details:
    """What stands beside an act. `reason` is what is wrong, with the item or with its copy.

    `cost` is an amount and an ISO 4217 code; `pages` pages or ranges of them; `note` words no table knows;
    `pieces` counts what arrived, left or went back; `value` and `insured` are the sums stated of a parcel.
    """

    due_date: date | None = None
    until: date | None = None
    reason: Reason | ScanProblem | None = None
    condition: Condition | None = None
    parcel: str | None = None
    cost: str | None = None
    pages: str | None = None
    note: str | None = None
    pieces: int | None = None
    settlement: Settlement | None = None
    value: str | None = None
    insured: str | None = None

    def having(
        self,
        *,
        reason: Reason | ScanProblem | None = None,
        condition: Condition | None = None,
        note: str | None = None,
    ) -> "Details":
        """The same with these in place of what is there, None included."""
        return replace(self, reason=reason, condition=condition, note=note)

    def as_json(self) -> dict[str, str]:
        """What is known, dates in ISO 8601."""
        values = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in values
            if value
        }


def gather(tail: str, *, act: str, rows: Sequence[str], sent: date | None) -> tuple[str, Details]:
    """What stands behind an act in its line and, for what is missing there, in the lines below.

    Also gives the line without what was found, so that only words remain.
    """
    text, value, insured = worth.taken(tail, rows, act=act)
    text, day = _date(text, sent)
    text, cost = _taken(text, figures.cost(text))
    text, pages = _taken(text, figures.pages(text))
    if act in _ABOUT_PAGES and pages is None:
        text, pages = _taken(text, figures.bare_pages(text))
    text, pieces = _taken(text, figures.pieces(text, bare=act in _COUNTED) if act in _WITH_PIECES else None)
    text, parcel = _parcel(REQUEST.sub(" ", text), anywhere=act in _WITH_PARCEL)
    counted = int(pieces) if pieces else None
    known = Details(
        parcel=parcel or _parcel_below(rows),
        cost=cost,
        pages=pages,
        pieces=counted,
        value=value,
        insured=insured,
    )
    return text, _dated(known, act, day or _date_below(rows, sent))


def _dated(known: Details, act: str, day: date | None) -> Details:
    return replace(known, due_date=day) if act in _WITH_DUE_DATE else replace(known, until=day)


def _date(text: str, sent: date | None) -> tuple[str, date | None]:
    """The date that a word such as `due` introduces, else the first that lies ahead, else the first."""
    found = figures.dates(text, sent=sent)
    labels = {one: _label(text, one.start) for one in found}
    labelled = [one for one in found if labels[one] < one.start]
    ahead = [one for one in found if sent and one.day > sent]
    chosen = next(iter(labelled or ahead or found), None)
    for one in found:
        text = _blanked(text, labels[one], one.end)
    return text, chosen.day if chosen else None


def _label(text: str, end: int) -> int:
    """Where the words that introduce a date begin; its own beginning without any."""
    start = max(0, end - _LABEL_REACH)
    found = list(_WORD.finditer(text, start, end))[-_LONGEST_LABEL:]
    for number, first in enumerate(found):
        words = [fold(match[0]) for match in found[number:]]
        known = phrases.begins(words, Kind.DUE)
        if known and known[1] == len(words):
            return first.start()
    return end


def _date_below(rows: Sequence[str], sent: date | None) -> date | None:
    """A date that has a line to itself, or to itself and its label."""
    for row in rows:
        text, day = _date(row, sent)
        if day and not _WORD.search(text):
            return day
    return None


def _parcel(text: str, *, anywhere: bool) -> tuple[str, str | None]:
    """A postal number; another carrier's beside a word such as `parcel`, or where something was sent."""
    found = figures.postal_number(text)
    if found is None and (anywhere or _names_parcel(text)):
        found = figures.carrier_number(text)
    return _taken(text, found)


def _parcel_below(rows: Sequence[str]) -> str | None:
    numbers = (_parcel(row, anywhere=False)[1] for row in rows)
    return next((number for number in numbers if number), None)


def _names_parcel(text: str) -> bool:
    return phrases.contains([fold(match[0]) for match in _WORD.finditer(text)], Kind.PARCEL)


def _taken(text: str, found: Found | None) -> tuple[str, str | None]:
    return (_blanked(text, found.start, found.end), found.value) if found else (text, None)


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
