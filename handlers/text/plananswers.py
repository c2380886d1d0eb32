"""How a plan and its items are answered by mail: the words, and the lines that change a version."""

from collections.abc import Iterator

from handlers.text.cooperation import ACTS, FIELDS, KINDS
from handlers.text.plans import may_carry, may_consent
from handlers.text.rich import BLANK, Line, bold, line
from handlers.text.voice import Voice, message
from handlers.text.words import display
from models.queries.plans import ItemView, PlanView
from models.rules.vocabulary import ItemAct, ItemKind

HOW = message("To answer, reply to this mail. Begin with one of these:")
CHANGE = message("To propose a changed version, write what changes, one line each, for example:")
REPORT = message("When it is over, write what came of it; files may be attached:")
PROPOSE = message("To propose a new item, reply with lines such as these:")
OTHER = message("Any other text becomes a comment that the other library can read.")
SAMPLE_DAY = "14.05.2027"

WORDS: dict[ItemAct, str] = {
    ItemAct.ACCEPT: "yes",
    ItemAct.DECLINE: "no",
    ItemAct.POSTPONE: "later",
    ItemAct.CANCEL: "cancel",
    ItemAct.CARRY: "carry",
}
"""The word that people are told to write for an act; what they change and report is written in lines."""
REASONED = frozenset({ItemAct.DECLINE, ItemAct.POSTPONE, ItemAct.CANCEL, ItemAct.OBJECT})


def item_answers(voice: Voice, view: ItemView) -> tuple[Line, ...]:
    """What the reader can say about an item now."""
    return tuple(_item_answers(voice, view))


def _item_answers(voice: Voice, view: ItemView) -> Iterator[Line]:
    offered = [act for act in WORDS if act in view.acts]
    if offered:
        yield line(bold(voice.say(HOW)))
    for act in offered:
        yield _choice(voice, act, WORDS[act])
    if ItemAct.CHANGE in view.acts:
        yield BLANK
        yield line(voice.say(CHANGE))
        yield line(bold(f"{voice.label(FIELDS['when'])}: {SAMPLE_DAY}"))
    if ItemAct.REPORT in view.acts:
        yield BLANK
        yield line(voice.say(REPORT))
        for name, sample in (("result", "…"), ("ours", "12"), ("theirs", "8")):
            yield line(bold(f"{voice.label(FIELDS[name])}: {sample}"))
    if ItemAct.NAME_CONTACT in view.acts:
        yield line(bold(f"{voice.label(FIELDS['contact'])}: …"))
    yield BLANK
    yield line(voice.say(OTHER))


def _choice(voice: Voice, act: ItemAct, word: str) -> Line:
    reason = f" {voice.label(FIELDS['reason'])}" if act in REASONED else ""
    return line("• ", bold(f"{display(word, voice.language)}{reason}"), f" — {voice.label(ACTS[act])}")


def plan_answers(voice: Voice, view: PlanView) -> tuple[Line, ...]:
    """What the reader can say about a plan now."""
    return tuple(_plan_answers(voice, view))


def _plan_answers(voice: Voice, view: PlanView) -> Iterator[Line]:
    if may_consent(view):
        yield line(bold(voice.say(HOW)))
        yield _choice(voice, ItemAct.CONSENT, "yes")
        yield _choice(voice, ItemAct.OBJECT, "no")
    if may_carry(view):
        yield _choice(voice, ItemAct.CARRY, "carry")
    if view.items or may_consent(view):
        yield BLANK
    yield line(voice.say(PROPOSE))
    samples = (
        ("kind", voice.label(KINDS[ItemKind.SEMINAR])),
        ("title", "…"),
        ("when", SAMPLE_DAY),
        ("place", "…"),
        ("lead", "…"),
        ("description", "…"),
        ("contact", "…"),
    )
    for name, sample in samples:
        yield line(bold(f"{voice.label(FIELDS[name])}: {sample}"))
