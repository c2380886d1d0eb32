"""The report as a paper: for both signatories, in each of the agreement's languages."""

from dataclasses import dataclass

from handlers.papers.sheet import Block, Fields, Gap, Sheet, Signature, Text, Weight
from handlers.text import report_clauses, report_words, reports
from handlers.text.cards import library_name
from handlers.text.voice import Voice
from models.queries.parties import LibraryView
from models.queries.reports import ReportView
from models.rules.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a library today."""

    library: int
    name: str
    post: str


def report_sheet(view: ReportView, language: Language, signatories: tuple[Signatory, ...] = ()) -> Sheet:
    """The figures clause by clause, what could not be found, and a place for each signature."""
    voice = Voice(language)
    head = [Text(line, weight) for line, weight in _head(voice, view)]
    return Sheet(
        title=f"{voice.named(report_words.REPORT)} {reports.span_text(voice, view.span)}",
        language=language,
        blocks=(*head, *_sections(voice, view), *_unfound(voice, view), *_hands(voice, view, signatories)),
    )


def _head(voice: Voice, view: ReportView) -> list[tuple[str, Weight]]:
    title, agreement = reports.heads(voice, view)
    names = " — ".join(library_name(voice, one) for one in view.libraries)
    return [(title, Weight.TITLE), (names, Weight.STRONG), (agreement, Weight.PLAIN)]


def _sections(voice: Voice, view: ReportView) -> list[Block]:
    blocks: list[Block] = []
    for section in reports.sections(voice, view):
        blocks.append(Text(report_clauses.section_title(voice, section), Weight.STRONG))
        blocks.append(Fields(section.rows) if section.rows else Text(voice.say(section.nothing)))
    return blocks


def _unfound(voice: Voice, view: ReportView) -> list[Block]:
    if not view.unfound:
        return []
    lines = [f"{one.number} · {one.title}" for one in view.unfound]
    return [Text(voice.named(report_words.UNFOUND), Weight.STRONG), *(Text(one) for one in lines), Gap()]


def _hands(voice: Voice, view: ReportView, signatories: tuple[Signatory, ...]) -> list[Block]:
    return [_hand(voice, one, signatories) for one in view.libraries]


def _hand(voice: Voice, library: LibraryView, signatories: tuple[Signatory, ...]) -> Signature:
    known = next((one for one in signatories if one.library == library.id), None)
    name = library_name(voice, library)
    return Signature(f"{known.post}, {name}" if known else name, known.name if known else "")
