"""What a person is shown, before any channel: lines, buttons, files. A tap says what a button means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, unique

from handlers.text.rich import Lines
from models.queries.files import FileView


@unique
class Verb(StrEnum):
    """What a tap asks for; what `id`, `word` and `extra` hold stands beside it."""

    ACT = "a"  # request, act, a detail that the button itself gives
    CARD = "c"  # request: show its card
    HISTORY = "h"  # request: show its whole history
    CHOOSE = "o"  # request, act: show what the act still needs
    ASK = "q"  # request, act, detail: have it typed
    LIST = "l"  # page, filter, narrowing; without a filter the one opened last
    DRAFT = "d"  # draft, what to do with it
    FIELD = "f"  # draft, field: ask for it again
    PICK = "p"  # draft, field, value: a choice of the form
    DAY = "y"  # id, what the day is for, month or day
    LANGUAGE = "g"  # language
    NEW = "n"  # service
    WHICH = "w"  # attachment; request in extra
    ASIDE = "s"  # aside, what to do with it
    PAGE = "m"  # menu entry
    FOLLOW = "u"  # request, act: open the request that takes its place
    PARTNER = "r"  # request: what can be recorded for the other side
    PHRASES = "e"  # request: sentences of every day
    READER = "x"  # request, language: ready sentences for the reader
    OWN_NUMBER = "k"  # request: ask for the library's own register number
    LETTER = "t"  # thread, partner: write a letter
    SETTING = "se"  # what of one's own settings, its value
    AWAY = "aw"  # person; what of their absence, its value
    INVITE = "in"  # invitation; what to do, for whom
    STAFF = "st"  # person; what to do
    CLOSURE = "cl"  # closure; what of the library's days, its value
    FIND = "fi"  # search, page in version; 0: ask for the words
    NARROW = "na"  # list, narrowing: which part of it?
    PRINT = "pr"  # request, paper: print it; without a paper, which one?
    AGREEMENT = "ag"  # agreement, its edition; what of it, its value
    ASKED = "as"  # ref of a short form; form and way, value
    PLAN = "pl"  # plan, text in version; what to do with it, value
    ITEM = "it"  # item, version; act
    SHARED = "sh"  # page; what to do, topic
    BULLETIN = "bu"  # bulletin; what to do, language
    WHOLE_MAIL = "wm"  # request, event in extra: the mail with its quotes
    REPORT = "rp"  # agreement, page in version, span, part: `of.<library>`, a figure's key, `confirm`
    GAP = "ga"  # a line, an exchange or an import; what to do with it


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's meaning in at most 64 bytes: `verb:id:version:word:extra`. It outlives every restart."""

    verb: Verb
    id: int = 0
    version: int = 0
    word: str = ""
    extra: str = ""

    def pack(self) -> str:
        """The callback data (Bot API: InlineKeyboardButton.callback_data, 1-64 bytes)."""
        return f"{self.verb}:{self.id}:{self.version}:{self.word}:{self.extra}"

    @property
    def act(self) -> str:
        """The act that `word` names, whoever it is recorded for."""
        return self.word.removesuffix(FOR_PARTNER)

    @property
    def for_partner(self) -> bool:
        """Whether the act is recorded for the other side, whose colleague telephoned."""
        return self.word.endswith(FOR_PARTNER)


FOR_PARTNER = ".p"
_ACTING = frozenset({Verb.ACT, Verb.CHOOSE, Verb.ASK, Verb.DAY})
LARGEST_ID = 2**31 - 1
"""Rows are numbered with 32 bits: PostgreSQL refuses to compare with more."""
_TAP = re.compile(r"([a-z]{1,2}):(\d{1,10}):(\d{1,9}):([\w.-]{0,24}):([\w.-]{0,48})", re.ASCII)


def row_number(text: str) -> int | None:
    """A row's number inside a button's words; None for anything that numbers no row."""
    return int(text) if text.isdecimal() and text.isascii() and int(text) <= LARGEST_ID else None


def read_tap(data: str) -> Tap | None:
    """What a button of ours means; None for anything damaged or foreign."""
    found = _TAP.fullmatch(data)
    if found is None or found[1] not in set(Verb) or int(found[2]) > LARGEST_ID:
        return None
    return Tap(Verb(found[1]), int(found[2]), int(found[3]), found[4], found[5])


class ButtonStyle(StrEnum):
    """Bot API button styles; a client that knows none shows a plain button."""

    PLAIN = ""
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it does; or an address it opens, or a text it copies (1-256 characters)."""

    text: str
    tap: Tap | None = None
    style: ButtonStyle = ButtonStyle.PLAIN
    url: str | None = None
    copy: str | None = None


Rows = tuple[tuple[Button, ...], ...]
SHORT = 16
"""Two buttons share a row when neither label is longer than this many characters."""


def rows_of(buttons: Iterable[Button]) -> Rows:
    """Lay buttons out: two short ones to a row, long ones alone, in the given order."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        pairs = rows and len(rows[-1]) == 1 and len(button.text) <= SHORT and len(rows[-1][0].text) <= SHORT
        if pairs:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is made for a message and kept nowhere. `mime` is a media type without parameters."""

    name: str
    mime: str
    content: bytes


@unique
class Matter(StrEnum):
    """What a message may show beside requests and letters, so that a reply to it finds its way."""

    PLAN = "plan"  # a text of a plan
    UNTEXTED = "untexted"  # a plan that has no text yet
    ITEM = "item"  # an event of an item
    BULLETIN = "bulletin"
    REPLY = "reply"  # an answer to a bulletin
    SHARED = "shared"  # what was shared, and how to share
    EXCHANGE = "exchange"  # an exchange of one document


@dataclass(frozen=True, slots=True)
class Shows:
    """Which one of a matter a message shows."""

    matter: Matter
    ref: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One message of the bot. `menu` is the reply keyboard that comes with it; `request` what it shows.

    `subject` names a mail that belongs to no request; `letter` is the thread that the message shows,
    `answers` the Message-ID of the mail that it answers, `agreement` what a reply to it is about.
    `live`: it is the whole card of the request, or the news of an `event`, and follows it.
    `picture` is a PNG above the words.
    `commands` alone set the command menu of the chat: such a screen is no message (empty: the general menu).
    `documents` are files made for the message.
    `shows` is what else a reply to the message is about; `thread` the one of a forum group that it lies in.
    """

    lines: Lines
    rows: Rows = ()
    menu: tuple[tuple[str, ...], ...] = ()
    files: Sequence[FileView] = field(default=())
    placeholder: str | None = None
    request: int | None = None
    version: int = 0
    silent: bool = False
    subject: str | None = None
    letter: int | None = None
    answers: str | None = None
    live: bool = False
    event: int | None = None
    picture: bytes | None = None
    commands: tuple[tuple[str, str], ...] | None = None
    agreement: int | None = None
    shows: Shows | None = None
    thread: int | None = None
    documents: tuple[Document, ...] = ()


def recorded_for_partner(screen: Screen) -> Screen:
    """The same screen, whose acts are recorded for the other side."""
    return replace(screen, rows=tuple(tuple(map(_for_partner, row)) for row in screen.rows))


def _for_partner(button: Button) -> Button:
    tap = button.tap
    if tap is None or tap.verb not in _ACTING:
        return button
    return replace(button, tap=replace(tap, word=f"{tap.act}{FOR_PARTNER}"))


def marked(button: Button, *, chosen: bool) -> Button:
    """The button of a choice; the one that holds now is ticked."""
    return replace(button, text=f"✓ {button.text}") if chosen else button
