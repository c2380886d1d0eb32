"""Papers for a row of the outbox: the facts are loaded as of now, the pages are made in a thread."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.papers.agreement_facts import letter_facts, signatory_of
from handlers.papers.codes import link_to
from handlers.papers.facts import Signatory, SlipFacts
from handlers.papers.letters import letter
from handlers.papers.sheet import DOCX, PDF, PNG, Sheet
from handlers.papers.slips import leading_language, slip
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Document, Screen
from handlers.text.voice import Voice
from handlers.text.wording.gaps import IN_MAIL_ORDER
from models.operations import traces
from models.queries import agreements, gaps, parties, reports, requests
from models.queries import papers as paper_queries
from models.queries.feed import feed
from models.queries.parties import PersonView
from models.queries.reports import ReportView
from models.queries.requests import CardView
from models.rules.papers import LetterKind, Paper
from models.rules.report import Span
from models.rules.vocabulary import Channel, GapList, Language, NoticeKind, ReportForm

NO_HOST = "abonement.invalid"
"""Ends the UIDs of an installation without a mailbox (RFC 2606 §2)."""


async def enclosed(screen: Screen, kind: NoticeKind, facts: Facts, reader: Reader) -> Screen:
    """The screen with the files that are made for it at the moment in which it leaves; most have none."""
    maker = MAKERS.get(kind)
    made = await maker(reader, facts) if maker else ()
    pictures = [one.content for one in made if one.mime == PNG]
    papers = tuple(one for one in made if one.mime != PNG)
    picture = pictures[0] if pictures else screen.picture
    return replace(screen, documents=(*screen.documents, *papers), picture=picture)


async def _papers(reader: Reader, facts: Facts) -> tuple[Document, ...]:
    view = await requests.card(facts["request"], reader.person, reader.now) if reader.person else None
    if view is None:
        return ()
    orders = [Order(Paper(one), reader.voice.language) for one in facts["papers"]]
    return tuple([await printed(view, order, reader.now) for order in orders])


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be printed. The language leads; unless it was `asked` for, a paper may know better.

    `bot` is the name of the bot that the code opens; None: the one that the installation knows.
    """

    paper: Paper
    language: Language
    asked: bool = False
    value: str = ""
    bot: str | None = None


async def printed(view: CardView, order: Order, now: datetime) -> Document:
    """One paper of the request as PDF."""
    facts = SlipFacts(
        card=view,
        link=link_to(view.number, order.bot or await traces.known("bot_name")),
        signed_on=await paper_queries.signed_on(view.id),
        value=order.value or str(view.dispatch.get("back_value") or view.dispatch.get("value") or ""),
    )
    leading = order.language if order.asked else leading_language(facts, order.paper, order.language)
    data = await asyncio.to_thread(_pdf, slip(facts, order.paper, leading), now)
    return Document(f"{view.number}-{order.paper}.pdf", PDF, data)


def _pdf(sheet: Sheet, now: datetime) -> bytes:
    from handlers.papers.pdf import as_pdf  # its libraries are not cheap to import, and few people print

    return as_pdf(sheet, now)


async def _calendar(reader: Reader, _facts: Facts) -> tuple[Document, ...]:
    made = await calendar_for(reader.person, reader.voice.language, reader.now) if reader.person else None
    return (made,) if made else ()


async def calendar_for(person: PersonView, language: Language, now: datetime) -> Document | None:
    """The days of the person's library; None for somebody of none."""
    if person.library is None:
        return None
    from handlers.papers import calendar  # few people ask, and its library is not cheap to import

    library = await parties.library(person.library)
    days = await feed(library, now)
    host = (await traces.known(traces.MAIL) or "").rpartition("@")[2] or NO_HOST
    data = await asyncio.to_thread(calendar.calendar_of, Voice(language), days, host)
    return Document(calendar.FILE, calendar.MIME, data)


async def _letter(reader: Reader, facts: Facts) -> tuple[Document, ...]:
    agreement = await agreements.facts(facts["agreement"], reader.now)
    own = reader.person.library if reader.person else None
    if agreement is None or own is None or own not in agreement.places:
        return ()
    kind, language = LetterKind(facts["letter"]), Language(facts["language_of"])
    made = letter_facts(agreement, kind, sender=own, now=reader.now)
    if made is None:
        return ()
    name = f"{kind}-{'-'.join(one.code for one in agreement.sides)}-{language}.{facts['form']}"
    write = _docx if facts["form"] == "docx" else _pdf
    data = await asyncio.to_thread(write, letter(made, language), reader.now)
    return (Document(name, DOCX if facts["form"] == "docx" else PDF, data),)


def _docx(sheet: Sheet, now: datetime) -> bytes:
    from handlers.papers.docx import as_docx

    return as_docx(sheet, now)


async def _report(reader: Reader, facts: Facts) -> tuple[Document, ...]:
    """By mail the figures come with their workbook and their paper; a chat has buttons for them."""
    if reader.channel is not Channel.MAIL or not facts.get("agreement"):
        return ()
    language = reader.voice.language
    return await _reported(reader, facts, {ReportForm.WORKBOOK: language, ReportForm.PDF: language})


async def _report_file(reader: Reader, facts: Facts) -> tuple[Document, ...]:
    return await _reported(reader, facts, {ReportForm(facts["form"]): Language(facts["in"])})


async def _reported(reader: Reader, facts: Facts, forms: dict[ReportForm, Language]) -> tuple[Document, ...]:
    span = Span.read(facts["span"])
    view = await reports.report(facts["agreement"], span, viewer=reader.person) if reader.person else None
    if view is None:
        return ()
    hands = await _signatories(view, reader.now)
    made = [_report_as(view, form, one, hands, now=reader.now) for form, one in forms.items()]
    return tuple([await one for one in made])


async def _signatories(view: ReportView, now: datetime) -> dict[int, Signatory]:
    """Who signs for either library today."""
    known = await agreements.facts(view.agreement, now)
    if known is None:
        return {}
    found = {one.id: signatory_of(known, one.id, known.today(now, at=one.id)) for one in view.libraries}
    return {library: one for library, one in found.items() if one is not None}


async def _report_as(
    view: ReportView, form: ReportForm, language: Language, hands: dict[int, Signatory], *, now: datetime
) -> Document:
    from handlers.papers import report_files  # its libraries are large, and few people ask

    codes = "-".join(one.code for one in view.libraries)
    name = f"{codes}-{view.span.pack()}-{language}.{form}"
    made = await asyncio.to_thread(report_files.as_bytes, view, form, language, signatories=hands, now=now)
    return Document(name, report_files.MIME[form], made)


async def _gap_lists(reader: Reader, facts: Facts) -> tuple[Document, ...]:
    """A mail about gap lists shows the newest lines; the whole lists come with it."""
    if reader.channel is not Channel.MAIL or facts.get("words") or facts.get("told"):
        return ()
    return await _exported(reader, IN_MAIL_ORDER)


async def _gap_export(reader: Reader, facts: Facts) -> tuple[Document, ...]:
    return await _exported(reader, [GapList(facts["list"])])


async def _exported(reader: Reader, chosen: Sequence[GapList]) -> tuple[Document, ...]:
    if reader.person is None:
        return ()
    from handlers.papers import gap_tables

    lists = [(one, await gaps.every_line(reader.person, one)) for one in chosen]
    return (await asyncio.to_thread(gap_tables.exported, reader.voice, lists),)


async def _wrong_rows(reader: Reader, facts: Facts) -> tuple[Document, ...]:
    """What of a list could not be stored comes back with the reasons."""
    view = await gaps.import_view(facts["import"], reader.person) if reader.person else None
    header, rows = await gaps.wrong_rows(view.id) if view and view.wrong else ((), ())
    if view is None or not rows:
        return ()
    from handlers.papers import gap_tables

    return (await asyncio.to_thread(gap_tables.wrong_rows, reader.voice, view.name, header, rows),)


MAKERS: dict[NoticeKind, Callable[[Reader, Facts], Awaitable[tuple[Document, ...]]]] = {
    NoticeKind.PAPER: _papers,
    NoticeKind.CALENDAR: _calendar,
    NoticeKind.AGREEMENT_LETTER: _letter,
    NoticeKind.REPORT: _report,
    NoticeKind.REPORT_FILE: _report_file,
    NoticeKind.GAPS: _gap_lists,
    NoticeKind.GAP_NEWS: _gap_lists,
    NoticeKind.GAP_EXPORT: _gap_export,
    NoticeKind.GAP_STORED: _wrong_rows,
}
