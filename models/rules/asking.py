"""Short forms: what each asks, in which order, what may be skipped, and how an answer is read. Pure.

Filing a request has a form of its own, with a draft; these forms live in the conversation alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from models.rules.citation import ProblemKind
from models.rules.citation.dates import read_date
from models.rules.citation.identifiers import read_url
from models.rules.errors import BadAnswer
from models.rules.vocabulary import FormName, ItemKind, Language, Topic


class Answer(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    CHOICE = "choice"
    MANY = "many"
    WHEN = "when"  # a day or a quarter
    LINK = "link"
    COUNT = "count"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question. `longest` is in characters; `choices` are values that a button carries."""

    name: str
    answer: Answer = Answer.TEXT
    required: bool = False
    longest: int = 300
    choices: tuple[str, ...] = ()


LONG = 2500
LEADS = ("own", "partner", "both")
"""Who leads an item, as the side that answers sees it."""
TONGUES = tuple(one.value for one in Language)
REASON = Ask(name="reason", required=True, longest=1000)

FORMS: dict[FormName, tuple[Ask, ...]] = {
    FormName.PLAN: (Ask(name="years", answer=Answer.YEARS, required=True),),
    FormName.ITEM: (
        Ask(name="kind", answer=Answer.CHOICE, required=True, choices=tuple(one.value for one in ItemKind)),
        Ask(name="title", required=True),
        Ask(name="description", longest=LONG),
        Ask(name="lead", answer=Answer.CHOICE, choices=LEADS),
        Ask(name="when", answer=Answer.WHEN),
        Ask(name="place"),
        Ask(name="link", answer=Answer.LINK),
        Ask(name="contact"),
    ),
    FormName.DECLINE: (REASON,),
    FormName.POSTPONE: (REASON,),
    FormName.CANCEL: (REASON,),
    FormName.OBJECT: (REASON,),
    FormName.CONTACT: (Ask(name="contact", required=True),),
    FormName.RESULT: (
        Ask(name="result", required=True, longest=LONG),
        Ask(name="ours", answer=Answer.COUNT),
        Ask(name="theirs", answer=Answer.COUNT),
    ),
    FormName.BULLETIN: (
        Ask(name="topics", answer=Answer.MANY, required=True, choices=tuple(one.value for one in Topic)),
        Ask(name="title", required=True),
        Ask(name="text", required=True, longest=LONG),
        Ask(name="link", answer=Answer.LINK),
        Ask(name="language", answer=Answer.CHOICE, choices=TONGUES),
        Ask(name="second", answer=Answer.CHOICE, choices=TONGUES),
        Ask(name="second_title"),
        Ask(name="second_text", longest=LONG),
    ),
    FormName.REPLY: (Ask(name="text", required=True, longest=LONG),),
}
"""Every form; what a coordinator changes of an item is asked by the same questions as a new one."""

REVIEWED = frozenset({FormName.ITEM, FormName.BULLETIN})
"""Forms that are shown as a whole before they are sent; the others are done with their last answer."""
DEPENDS = {"second_title": "second", "second_text": "second"}
"""Questions that make sense only after another was answered."""


def ask_of(form: FormName, name: str) -> Ask | None:
    """A question by its name; None for what the form does not ask."""
    return next((one for one in FORMS[form] if one.name == name), None)


def next_ask(form: FormName, values: Mapping[str, Any], *, after: str | None) -> str | None:
    """The next question without an answer; None when there is none. `after` None: the first one."""
    names = [one.name for one in FORMS[form]]
    start = names.index(after) + 1 if after in names else 0
    return next((name for name in names[start:] if name not in values and _makes_sense(name, values)), None)


def _makes_sense(name: str, values: Mapping[str, Any]) -> bool:
    return name not in DEPENDS or bool(values.get(DEPENDS[name]))


def previous_ask(form: FormName, name: str) -> str | None:
    """The question before this one; None before the first."""
    names = [one.name for one in FORMS[form]]
    at = names.index(name) if name in names else 0
    return names[at - 1] if at else None


def lacking(form: FormName, values: Mapping[str, Any]) -> str | None:
    """The first question that has to be answered and is not."""
    return next((one.name for one in FORMS[form] if one.required and not values.get(one.name)), None)


def read_answer(form: FormName, name: str, text: str, *, today: date) -> Any:
    """An answer as it is stored, JSON values only; raises `BadAnswer`."""
    ask = ask_of(form, name)
    words = text.strip()
    if ask is None or not words:
        kind = ProblemKind.EMPTY if ask else ProblemKind.UNKNOWN_FIELD
        raise BadAnswer(form=form, field=name, kind=kind)
    if len(words) > ask.longest:
        raise BadAnswer(form=form, field=name, kind=ProblemKind.TOO_LONG, limit=ask.longest)
    value = _value(ask, words, today)
    if isinstance(value, ProblemKind):
        raise BadAnswer(form=form, field=name, kind=value)
    return value


def _value(ask: Ask, words: str, today: date) -> Any:
    match ask.answer:
        case Answer.CHOICE:
            return words if words in ask.choices else ProblemKind.NOT_A_CHOICE
        case Answer.MANY:
            chosen = [one for one in ask.choices if one in words.split(",")]
            return chosen or ProblemKind.NOT_A_CHOICE
        case Answer.WHEN:
            return read_time(words, today=today)
        case Answer.LINK:
            return read_url(words) or ProblemKind.NOT_AN_ADDRESS
        case Answer.COUNT:
            return int(words) if re.fullmatch(r"\d{1,5}", words, re.ASCII) else ProblemKind.NOT_A_QUANTITY
        case Answer.YEARS:
            return _years(words, today)
        case _:
            return words


_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEARS = re.compile(r"(20\d\d)(?:\s*[-–—/]\s*(20\d\d))?")
_QUARTER = re.compile(
    r"(?<![\w])(?:q\s*([1-4])|([1-4]|iv|i{1,3})\s*[-.]?\s*(?:-?\w{1,2}\s+)?"
    r"(?:q\b|кв|rüb|rub|тоқ|ток|quarter))",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
LONGEST_PLAN = 5
"""Years: a plan longer than the agreement's term would outlive it."""


def read_time(words: str, *, today: date) -> str | ProblemKind:
    """A day as `2027-05-14` or a quarter as `2027-Q2`, from the ways in which people write them."""
    found, year = _QUARTER.search(words), _YEAR.search(words)
    if found and year:
        written = (found[1] or found[2]).lower()
        return f"{year[1]}-Q{_ROMAN.get(written) or int(written)}"
    day = read_date(words, today=today)
    if day is None:
        return ProblemKind.NOT_A_DATE
    return ProblemKind.PAST_DATE if day < today else day.isoformat()


def _years(words: str, today: date) -> str | ProblemKind:
    found = _YEARS.fullmatch(words)
    if found is None:
        return ProblemKind.NOT_A_YEAR
    first, last = int(found[1]), int(found[2] or found[1])
    if first < today.year or not 0 <= last - first < LONGEST_PLAN:
        return ProblemKind.NOT_A_YEAR
    return f"{first}-{last}"
