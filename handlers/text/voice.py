"""A voice speaks one language: its sentences from the catalogue, its dates and numbers as it writes them."""

from dataclasses import dataclass
from datetime import date, datetime
from gettext import GNUTranslations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers

from handlers.text.catalogue import catalogue
from models.rules.vocabulary import Language

LOCALES = {Language.AZ: "az", Language.KK: "kk", Language.RU: "ru", Language.EN: "en_GB"}
LANGUAGE_NAMES = {
    Language.AZ: "Azərbaycanca",
    Language.KK: "Қазақша",
    Language.RU: "Русский",
    Language.EN: "English",
}
"""Each language in its own name: the same in every catalogue, so in none."""


class Label(NamedTuple):
    """A short text with the context that tells its meaning; for terms, the glossary's `term_id`."""

    context: str
    text: str


def label(context: str, text: str) -> Label:
    """Mark a label for extraction; it is worded when a voice says it."""
    return Label(context, text)


def message(text: str) -> str:
    """Mark a message for extraction; it is worded when a voice says it."""
    return text


@dataclass(frozen=True, slots=True)
class Voice:
    """How one person is spoken to. An argument everywhere, never a global: one loop speaks four languages."""

    language: Language

    @property
    def _catalogue(self) -> GNUTranslations:
        return catalogue(self.language)

    @property
    def _locale(self) -> Locale:
        return Locale.parse(LOCALES[self.language])

    def say(self, text: str, **facts: object) -> str:
        """A message with its facts put in; facts are never inflected."""
        return self._catalogue.gettext(text).format(**facts)

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        """A message about a number, in the language's plural form; `{n}` is the number as it is written."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **facts)

    def label(self, term: Label) -> str:
        """A label in this language."""
        return self._catalogue.pgettext(term.context, term.text)

    def named(self, term: Label) -> str:
        """A label as it begins a line: its first letter a capital of this language (i becomes İ in az)."""
        text = self.label(term)
        capitals = {"i": "İ"} if self.language is Language.AZ else {}
        return capitals.get(text[0], text[0].upper()) + text[1:]

    def day(self, day: date) -> str:
        """A day as people read it: 8 August 2028."""
        return dates.format_date(day, format="long", locale=self._locale)

    def short_day(self, day: date) -> str:
        """A day as lists show it."""
        if self.language is Language.EN:
            return dates.format_date(day, format="d MMM y", locale=self._locale)
        return dates.format_skeleton("yMd", day, locale=self._locale)

    def month(self, day: date) -> str:
        """The month of a day in numbers, 08.2028: its name would stand in the wrong case."""
        return dates.format_skeleton("yM", day, locale=self._locale)

    def local_day(self, at: datetime, zone: str) -> str:
        """The day of a moment as the zone's calendar has it."""
        return self.day(at.astimezone(ZoneInfo(zone)).date())

    def moment(self, at: datetime, zone: str) -> str:
        """A day and a time in a library's zone, as histories show them; the zone is named beside the list."""
        local = at.astimezone(ZoneInfo(zone))
        return f"{self.short_day(local.date())}, {local:%H:%M}"

    def number(self, value: int) -> str:
        """A whole number with the language's separators."""
        return numbers.format_decimal(value, locale=self._locale)

    def decimal(self, value: float) -> str:
        """A number with at most one decimal place."""
        return numbers.format_decimal(round(value, 1), locale=self._locale)

    def percent(self, share: float) -> str:
        """A share of one in whole percent."""
        return numbers.format_percent(round(share, 2), locale=self._locale)

    def size(self, octets: int) -> str:
        """A file's size in kilobytes or megabytes of 10³, 10⁶ bytes."""
        if octets < 1_000_000:
            return self.say("{n} kB", n=self.number(max(1, round(octets / 1000))))
        return self.say("{n} MB", n=numbers.format_decimal(round(octets / 1_000_000, 1), locale=self._locale))
