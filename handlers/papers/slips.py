"""The papers that go with a request: in the languages of both sides, each with a code that opens the card."""

from collections.abc import Callable, Collection, Iterator

from handlers.papers.facts import SlipFacts, in_language
from handlers.papers.sheet import Block, Fields, Format, Gap, Head, Sheet, Text, Weight
from handlers.papers.tongues import Tongues
from handlers.text import details as detail_text
from handlers.text import labels
from handlers.text.cards import REQUESTING, SUPPLYING
from handlers.text.citations import SHOWN, field_value, heading
from handlers.text.papers import PAPERS
from handlers.text.qr import qr
from handlers.text.slip_words import (
    AGREEMENT,
    ASKED_ON,
    BACK_BY,
    DOCUMENT,
    FOUND,
    FROM,
    GOES_BACK,
    HAND,
    LAWS,
    NOT_FOUND,
    PLACE,
    PURPOSE,
    RETURN_TO,
    SCAN_ME,
    SEARCH,
    SENT_FOR_USE,
    SERVICE,
    STATE,
    TO,
    USE,
    VALUE,
)
from models.queries.parties import LibraryView
from models.rules.papers import Paper
from models.rules.vocabulary import Condition, Language, Side

NOT_AT_SHELF = frozenset({"shelf_mark", "purpose", "source", "url", "doi", "also"})
"""What does not help to find the item; the shelf mark stands first."""
NOT_FOR_READER = frozenset(
    {"shelf_mark", "purpose", "source", "also", "needed_by", "quantity", "note", "rest"}
)
"""What the libraries told each other about the document, and its reader need not know."""


def slip(facts: SlipFacts, paper: Paper, language: Language) -> Sheet:
    """The paper, led by this language; the other side's follows it."""
    tongues = _tongues(facts, paper, language)
    blocks, size = _MAKERS[paper](facts, tongues)
    title = f"{facts.card.number} · {tongues.first.named(PAPERS[paper])}"
    foot = f"Abonement · {facts.card.number}"
    return Sheet(title=title, language=language, blocks=tuple(blocks), format=size, foot=foot)


def _tongues(facts: SlipFacts, paper: Paper, language: Language) -> Tongues:
    sides = (facts.card.partner.language, facts.card.own.language)
    if paper is Paper.COVER_SHEET:
        return Tongues.of(language, most=1)  # its reader reads one language
    if paper is Paper.CUSTOMS:
        return Tongues.of(language, *sides, Language.RU, Language.EN, most=3)
    return Tongues.of(language, *sides, most=2)


def leading_language(facts: SlipFacts, paper: Paper, language: Language) -> Language:
    """The language that leads where none was asked for: a cover sheet is the reader's, who is abroad."""
    return facts.requesting.language if paper is Paper.COVER_SHEET else language


def _head(facts: SlipFacts, tongues: Tongues, paper: Paper) -> Head:
    title = "\n".join(dict.fromkeys(voice.named(PAPERS[paper]) for voice in tongues.voices))
    return Head(title, facts.card.number, qr(facts.link), tongues.first.say(SCAN_ME))


def _citation(
    facts: SlipFacts, tongues: Tongues, *, without: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    for name in SHOWN:
        if name not in without and (value := facts.card.values.get(name)):
            said = tongues.each(field_value(voice, name, value) for voice in tongues.voices)
            yield tongues.named(labels.FIELDS[name]), said


def _sides(facts: SlipFacts, tongues: Tongues) -> Iterator[tuple[str, str]]:
    yield tongues.named(REQUESTING), tongues.library(facts.requesting)
    yield tongues.named(SUPPLYING), tongues.library(facts.supplying)


def _service(facts: SlipFacts, tongues: Tongues) -> tuple[str, str]:
    return tongues.named(SERVICE), tongues.label(labels.SERVICES[facts.card.service])


Made = tuple[list[Block], Format]


def _request_form(facts: SlipFacts, tongues: Tongues) -> Made:
    zone, first = facts.card.own.zone, tongues.first
    rows = [
        *_sides(facts, tongues),
        _service(facts, tongues),
        (tongues.named(ASKED_ON), first.local_day(facts.card.created_at, zone)),
        *_citation(facts, tongues),
        (tongues.named(HAND), ""),
    ]
    return [_head(facts, tongues, Paper.REQUEST_FORM), Fields(tuple(rows))], Format.LETTER


def _pull_slip(facts: SlipFacts, tongues: Tongues) -> Made:
    rows = [
        (tongues.named(REQUESTING), tongues.library(facts.requesting)),
        _service(facts, tongues),
        (tongues.named(PLACE), str(facts.card.values.get("shelf_mark") or "")),
        *_citation(facts, tongues, without=NOT_AT_SHELF),
        (tongues.named(SEARCH), f"☐ {tongues.label(FOUND)}\n☐ {tongues.label(NOT_FOUND)}"),
        (tongues.named(HAND), ""),
    ]
    return [_head(facts, tongues, Paper.PULL_SLIP), Fields(tuple(rows))], Format.SLIP


def _dispatch_slip(facts: SlipFacts, tongues: Tongues) -> Made:
    rows = [
        *_sides(facts, tongues),
        *_essentials(facts, tongues),
        *_terms(facts, tongues),
        (tongues.named(detail_text.DUE), _due(facts, tongues)),
        *_worth(facts, tongues),
        (tongues.named(RETURN_TO), address(facts.supplying, facts.requesting)),
        (tongues.named(STATE), ""),
        (tongues.named(HAND), ""),
    ]
    back = [Text(text, Weight.SMALL) for text in tongues.say(BACK_BY)]
    return [_head(facts, tongues, Paper.DISPATCH_SLIP), Fields(tuple(rows)), *back], Format.SLIP


def _return_slip(facts: SlipFacts, tongues: Tongues) -> Made:
    rows = [
        *_sides(facts, tongues),
        *_essentials(facts, tongues),
        (tongues.named(detail_text.DUE), _due(facts, tongues)),
        (tongues.named(detail_text.PARCEL), str(facts.card.dispatch.get("back_parcel") or "")),
        (tongues.named(RETURN_TO), address(facts.supplying, facts.requesting)),
        (tongues.named(STATE), ""),
        (tongues.named(HAND), ""),
    ]
    return [_head(facts, tongues, Paper.RETURN_SLIP), Fields(tuple(rows))], Format.SLIP


def _essentials(facts: SlipFacts, tongues: Tongues) -> Iterator[tuple[str, str]]:
    yield tongues.named(DOCUMENT), heading(facts.card.values)
    for name in ("year", "volume", "shelf_mark"):
        if value := facts.card.values.get(name):
            yield tongues.named(labels.FIELDS[name]), str(value)


def _terms(facts: SlipFacts, tongues: Tongues) -> Iterator[tuple[str, str]]:
    conditions = [labels.CONDITIONS[Condition(one)] for one in facts.card.terms.get("conditions", ())]
    standing = [labels.STANDING_TERMS[one] for one in facts.card.terms_of_all]
    if terms := "\n".join(dict.fromkeys(tongues.label(one) for one in (*conditions, *standing))):
        yield tongues.named(detail_text.CONDITIONS), terms


def _worth(facts: SlipFacts, tongues: Tongues) -> Iterator[tuple[str, str]]:
    """What was stated of the parcel's value; nothing where nobody stated any."""
    for name, term in (("value", detail_text.VALUE), ("insured", detail_text.INSURED)):
        if said := facts.card.dispatch.get(name):
            yield tongues.named(term), str(said)


def _due(facts: SlipFacts, tongues: Tongues) -> str:
    due = facts.card.due
    return tongues.each(voice.day(due) for voice in tongues.voices) if due else ""


def _label(facts: SlipFacts, tongues: Tongues) -> Made:
    out = facts.card.side is Side.SUPPLYING
    sender, receiver = (facts.supplying, facts.requesting) if out else (facts.requesting, facts.supplying)
    back = f"{tongues.named(FROM)}\n{address(sender, receiver)}"
    return [
        Head("", facts.card.number, qr(facts.link), back),
        Gap(2),
        Text(tongues.named(TO), Weight.SMALL),
        Text(address(receiver, sender), Weight.STRONG),
    ], Format.LABEL


def address(library: LibraryView, from_where: LibraryView) -> str:
    """Where mail reaches a library: as its own country's post writes it, with the name that abroad reads.

    The Universal Postal Union asks for the country of destination in a language of the country of posting.
    """
    own = in_language(library.names, library.language)
    lines = [own, in_language(library.addresses, library.language)]
    if from_where.country != library.country:
        lines += [in_language(library.names, Language.EN), in_language(library.addresses, Language.EN)]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _cover_sheet(facts: SlipFacts, tongues: Tongues) -> Made:
    rows = [*_sides(facts, tongues), *_citation(facts, tongues, without=NOT_FOR_READER)]
    terms = list(_terms(facts, tongues))
    blocks: list[Block] = [
        _head(facts, tongues, Paper.COVER_SHEET),
        Fields(tuple(rows)),
        Text(tongues.named(detail_text.CONDITIONS), Weight.STRONG),
        *(Text(text) for sentence in (USE, LAWS) for text in tongues.say(sentence)),
        *(Text(value) for _name, value in terms),
    ]
    return blocks, Format.LETTER


def _customs(facts: SlipFacts, tongues: Tongues) -> Made:
    out = facts.card.side is Side.SUPPLYING
    sender, receiver = (facts.supplying, facts.requesting) if out else (facts.requesting, facts.supplying)
    stated = tongues.say(SENT_FOR_USE if out else GOES_BACK)
    rows = [
        (tongues.named(FROM), address(sender, receiver)),
        (tongues.named(TO), address(receiver, sender)),
        (tongues.named(PURPOSE), "\n".join(stated)),
        *_essentials(facts, tongues),
        (tongues.named(VALUE), facts.value),
    ]
    if out or facts.card.due:
        rows.append((tongues.named(detail_text.DUE), _due(facts, tongues)))
    if facts.signed_on is not None:
        signed = facts.signed_on
        rows.append((tongues.named(AGREEMENT), tongues.each(voice.day(signed) for voice in tongues.voices)))
    rows.append((tongues.named(HAND), ""))
    return [_head(facts, tongues, Paper.CUSTOMS), Fields(tuple(rows))], Format.LETTER


_MAKERS: dict[Paper, Callable[[SlipFacts, Tongues], Made]] = {
    Paper.REQUEST_FORM: _request_form,
    Paper.PULL_SLIP: _pull_slip,
    Paper.DISPATCH_SLIP: _dispatch_slip,
    Paper.RETURN_SLIP: _return_slip,
    Paper.LABEL: _label,
    Paper.COVER_SHEET: _cover_sheet,
    Paper.CUSTOMS: _customs,
}
