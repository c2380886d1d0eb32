"""The report as a paper: for both signatories, in each of the agreement's languages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from handlers.papers.facts import Signatory
from handlers.papers.letters import signature
from handlers.papers.sheet import Blanks, Block, Fields, Gap, Sheet, Text, Weight
from handlers.text import report_clauses, report_words, reports
from handlers.text.agreement_letters import DATE
from handlers.text.cards import library_name
from handlers.text.voice import Voice
from models.queries.reports import ReportView
from models.rules.vocabulary import Language

Signatories = Mapping[int, Signatory]
"""Who signs for each library; one without is signed by whoever writes post and name by hand."""


def report_sheet(view: ReportView, language: Language, signatories: Signatories) -> Sheet:
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


def _hands(voice: Voice, view: ReportView, signatories: Signatories) -> Iterator[Block]:
    """For each library a day, a post, a line for the hand, a name."""
    for one in view.libraries:
        hand = signature(voice, signatories.get(one.id))
        yield Gap()
        yield replace(hand, post=f"{library_name(voice, one)}\n{hand.post}")
        yield Blanks((voice.named(DATE),))
