"""One paper in several languages: the reader's first, then those of the other side."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.text.cards import library_name
from handlers.text.voice import Label, Voice
from models.queries.parties import LibraryView
from models.rules.vocabulary import Language

BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class Tongues:
    """The voices of a paper, the first one leading. What two of them say alike is said once."""

    voices: tuple[Voice, ...]

    @classmethod
    def of(cls, *languages: Language, most: int) -> "Tongues":
        """The first `most` different languages."""
        return cls(tuple(Voice(one) for one in list(dict.fromkeys(languages))[:most]))

    @property
    def first(self) -> Voice:
        """The language that the paper is in, as far as it can be in one."""
        return self.voices[0]

    def named(self, term: Label) -> str:
        """A label in every language on one line."""
        return BETWEEN.join(_once(voice.named(term) for voice in self.voices))

    def label(self, term: Label) -> str:
        """The same inside a line."""
        return BETWEEN.join(_once(voice.label(term) for voice in self.voices))

    def each(self, texts: Iterable[str]) -> str:
        """One text for each of the voices, on one line."""
        return BETWEEN.join(_once(texts))

    def say(self, text: str, **facts: object) -> tuple[str, ...]:
        """A sentence in every language, a paragraph each."""
        return _once(voice.say(text, **facts) for voice in self.voices)

    def library(self, library: LibraryView) -> str:
        """A library's names, a line each."""
        return "\n".join(_once(library_name(voice, library) for voice in self.voices))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
