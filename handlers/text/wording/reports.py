"""Reports: the figures are counted when the words are made."""

from handlers.text import reports
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import reports as report_queries
from models.queries.lines import lines_of
from models.queries.reports import ReportView
from models.rules.permissions import Right, Standpoint, may
from models.rules.report import Span
from models.rules.vocabulary import NoticeKind

OF = "of."


async def report(reader: Reader, facts: Facts) -> Screen | None:
    """The report, a library's figures, or what stands behind one; without an agreement, which partner?"""
    if reader.person is None:
        return None
    if not facts.get("agreement"):
        return reports.which_screen(reader.voice, await report_queries.agreements_of(reader.person))
    view = await report_queries.report(facts["agreement"], Span.read(facts["span"]), viewer=reader.person)
    if view is None:
        return None
    part = facts.get("part", "")
    page = facts.get("page", 0)
    if part == f"{OF}{reports.NOBODY}":
        return reports.things_screen(reader.voice, view, page=page)
    if part.startswith(OF) and part.removeprefix(OF).isdecimal():
        return reports.figures_screen(reader.voice, view, int(part.removeprefix(OF)))
    return await _behind(reader, view, part, page=page) or await _whole(reader, view)


async def _whole(reader: Reader, view: ReportView) -> Screen:
    confirmed = await report_queries.confirmations(view)
    person = reader.person
    is_party = person is not None and person.library in {one.id for one in view.libraries}
    known = any(one.library == (person and person.library) and one.digest == view.digest for one in confirmed)
    may_confirm = is_party and person is not None and may(Right.CONFIRM_REPORT, Standpoint(person.role))
    return reports.report_screen(
        reader.voice, view, confirmed=confirmed, may_confirm=may_confirm and not known
    )


async def _behind(reader: Reader, view: ReportView, key: str, *, page: int) -> Screen | None:
    entry = view.entry(key)
    if entry is None or reader.person is None:
        return None
    size = reports.BEHIND_PAGE
    page = min(page, max(0, (entry.count - 1) // size))
    shown = entry.requests[page * size : (page + 1) * size]
    lines = await lines_of(list(shown), reader.person.library or entry.library, reader.today())
    return reports.behind_screen(reader.voice, view, entry, lines=lines, page=page)


async def _file(reader: Reader, facts: Facts) -> Screen | None:
    view = await report_queries.report(facts["agreement"], Span.read(facts["span"]), viewer=reader.person)
    return reports.file_screen(reader.voice, view) if reader.person and view else None


WORDINGS: Wordings = {NoticeKind.REPORT: report, NoticeKind.REPORT_FILE: _file}
