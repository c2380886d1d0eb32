"""What shared information says, in which of its languages it is read, when a week of it is told. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from models.rules.hours import OPENS, Place
from models.rules.vocabulary import Language, Pace, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A title and a text in one language."""

    language: Language
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What information says, in one language or in a second one too, with files that come with it."""

    topics: tuple[Topic, ...]
    words: Words
    second: Words | None = None
    link: str | None = None
    files: tuple[int, ...] = ()


def said(values: Mapping[str, Any], language: Language, *, files: Sequence[int] = ()) -> Said:
    """The answers of its form; `language` is that of whoever wrote it, unless they named another.

    A second language counts as far as there are words in it; what is missing is taken from the first.
    """
    first = Language(values.get("language") or language)
    title, text = values["title"], values["text"]
    second, again, more = (values.get(name) or "" for name in ("second", "second_title", "second_text"))
    has_second = second and second != first and (again or more)
    return Said(
        topics=tuple(Topic(one) for one in values["topics"]),
        words=Words(language=first, title=title, text=text),
        second=Words(language=Language(second), title=again or title, text=more or text)
        if has_second
        else None,
        link=values.get("link") or None,
        files=tuple(files),
    )


def week_begins(place: Place, now: datetime) -> datetime:
    """The last moment, not after `now`, at which the library opened on the first working day of a week."""
    today = place.day(now)
    monday = today - timedelta(days=today.weekday())
    opened = place.at(place.calendar.next_working(monday), OPENS)
    if opened <= now:
        return opened
    return place.at(place.calendar.next_working(monday - timedelta(days=7)), OPENS)


def read_in(languages: Sequence[Language], wanted: Language) -> int:
    """Which of its languages somebody reads a text in: the own one, else the first."""
    return languages.index(wanted) if wanted in languages else 0


NEXT_PACE: dict[Pace | None, Pace | None] = {None: Pace.AT_ONCE, Pace.AT_ONCE: Pace.WEEKLY, Pace.WEEKLY: None}
"""What a tap on a topic makes of the subscription."""
