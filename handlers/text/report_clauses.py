"""The report beside loans and copies: acquisition, gaps, the plan, information shared, clause by clause."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from handlers.text.cards import library_name
from handlers.text.cooperation import KINDS, STAGES
from handlers.text.exchanges import WAYS
from handlers.text.gaps import tap
from handlers.text.report_words import CLAUSE, CLAUSES, GAVE, NOTHING, NOTHING_ASKED, OUTCOMES, PLAN
from handlers.text.screens import Tap, Verb
from handlers.text.voice import Voice
from models.queries.reports import ReportView
from models.rules import planning
from models.rules.report import Figure, Outcome
from models.rules.vocabulary import Service

ACQUISITIONS, GAPS, SHARED = "2.1", "2.2", "4.1"
PLAN_CLAUSES = tuple(dict.fromkeys(sorted(planning.CLAUSES.values())))


@dataclass(frozen=True, slots=True)
class Section:
    """What was done under a clause, by whom; without rows nothing was, and that is said."""

    clause: str
    title: str
    rows: tuple[tuple[str, str], ...]
    nothing: str = NOTHING_ASKED


def section_title(voice: Voice, section: Section) -> str:
    """Whose part, and of which clause."""
    return f"{section.title} ({voice.label(CLAUSE)} {section.clause})"


def sections(voice: Voice, view: ReportView) -> tuple[Section, ...]:
    """One for each further clause, in their order."""
    parts = {
        ACQUISITIONS: tuple(_acquired(voice, view)),
        GAPS: tuple(_filled(voice, view)),
        SHARED: tuple(_shared(voice, view)),
    }
    named = [Section(clause, voice.named(CLAUSES[clause]), rows, NOTHING) for clause, rows in parts.items()]
    planned = [
        Section(clause, voice.named(PLAN), tuple(_planned(voice, view, clause)), NOTHING)
        for clause in PLAN_CLAUSES
    ]
    return tuple(sorted([*named, *planned], key=lambda one: one.clause))


def things(voice: Voice, view: ReportView) -> tuple[tuple[str, Tap], ...]:
    """What stands behind the numbers of these clauses, each with the button that opens it."""
    gifts = ((GAPS, one.title, tap("ex", number=one.exchange)) for one in view.gifts)
    told = ((SHARED, one.title, Tap(Verb.BULLETIN, one.bulletin, 0, "read")) for one in view.shared)
    planned = (
        (one.clause, f"{voice.named(KINDS[one.kind])}: {voice.label(STAGES[one.stage])}", _item(number))
        for one in view.items
        for number in one.items
    )
    found = sorted([*gifts, *told, *planned], key=itemgetter(0))
    return tuple((f"{clause} · {title}", opens) for clause, title, opens in found)


def _item(number: int) -> Tap:
    return Tap(Verb.ITEM, number, 0, "open")


def _acquired(voice: Voice, view: ReportView) -> Iterator[tuple[str, str]]:
    for library in view.libraries:
        own = [
            one
            for one in view.entries
            if (one.library, one.service, one.figure) == (library.id, Service.ACQUISITION, Figure.OUTCOME)
        ]
        if own:
            counts = (f"{voice.label(OUTCOMES[Outcome(one.value)])} {voice.number(one.count)}" for one in own)
            yield library_name(voice, library), ", ".join(counts)


def _filled(voice: Voice, view: ReportView) -> Iterator[tuple[str, str]]:
    """The balance: what each library gave to the other."""
    for library in view.libraries:
        given = Counter(one.way for one in view.gifts if one.giver == library.id)
        if given:
            ways = (f"{voice.label(WAYS[way])} {voice.number(count)}" for way, count in given.items())
            yield f"{library_name(voice, library)}: {voice.label(GAVE)}", ", ".join(ways)


def _shared(voice: Voice, view: ReportView) -> Iterator[tuple[str, str]]:
    for library in view.libraries:
        count = sum(one.library == library.id for one in view.shared)
        if count:
            yield library_name(voice, library), voice.number(count)


def _planned(voice: Voice, view: ReportView, clause: str) -> Iterator[tuple[str, str]]:
    own = [one for one in view.items if one.clause == clause]
    for kind in dict.fromkeys(one.kind for one in own):
        counts = (
            f"{voice.label(STAGES[one.stage])} {voice.number(one.count)}" for one in own if one.kind is kind
        )
        yield voice.named(KINDS[kind]), ", ".join(counts)
    for result in view.results:
        if planning.CLAUSES[result.kind] == clause:
            yield result.title, f"{result.result}{_participants(voice, view, result.participants)}"


def _participants(voice: Voice, view: ReportView, counts: dict[int, int]) -> str:
    told = [f"{_code(view, library)} {voice.number(count)}" for library, count in counts.items()]
    return f" ({', '.join(told)})" if told else ""


def _code(view: ReportView, library: int) -> str:
    return next((one.code for one in view.libraries if one.id == library), "")
