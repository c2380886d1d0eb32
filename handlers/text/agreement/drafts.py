"""Which letter is drafted, in which language: offered to coordinators, recorded nowhere."""

from collections.abc import Iterator

from handlers.text.agreement.sight import Sight
from handlers.text.agreement_letters import TITLES
from handlers.text.rich import Line, bold, line
from handlers.text.screens import Button, Rows, Screen
from handlers.text.voice import LANGUAGE_NAMES, Voice, label, message
from models.rules.errors import Damaged
from models.rules.papers import LetterKind
from models.rules.vocabulary import Language

DRAFTS = label("button", "Draft a letter")
WHICH = message(
    "Which letter shall be drafted? It is signed outside the desk; nothing is recorded by drafting it."
)
ENCLOSED = message("A draft for signature: its number and date are left blank. Nothing has been recorded.")
Page = tuple[list[Line], Rows]


def letters_of(sight: Sight) -> Iterator[LetterKind]:
    """The letters that the viewer's library could write now."""
    if not sight.standing.in_force:
        return
    running = sight.facts.running(sight.now)
    if running is None:
        yield LetterKind.NOTICE
    elif running.given_by == sight.own:
        yield LetterKind.WITHDRAWAL
    yield LetterKind.AMENDMENT


def letters_page(voice: Voice, sight: Sight, value: str) -> Page:
    """The kinds, then the languages; raises `Damaged` for a letter that cannot be written now."""
    offered = list(letters_of(sight))
    if not value:
        kinds = [Button(voice.named(TITLES[one]), sight.tap("letters", one)) for one in offered]
        return [], tuple((one,) for one in kinds)
    if value not in offered:
        raise Damaged
    kind = LetterKind(value)
    rows = [(Button(LANGUAGE_NAMES[one], sight.tap("draft", f"{kind}.{one}")),) for one in Language]
    return [line(bold(voice.named(TITLES[kind])))], tuple(rows)


def read_draft(sight: Sight, value: str) -> tuple[LetterKind, Language]:
    """The letter and the language that a button names; raises `Damaged`."""
    kind, _, language = value.partition(".")
    if kind not in list(letters_of(sight)) or language not in set(Language):
        raise Damaged
    return LetterKind(kind), Language(language)


def draft_screen(voice: Voice, kind: LetterKind) -> Screen:
    """The words beside a draft."""
    return Screen(lines=(line(bold(voice.named(TITLES[kind]))), line(voice.say(ENCLOSED))))
