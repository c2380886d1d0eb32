"""What can be printed, and the words beside what was."""

from handlers.text.agreement.drafts import draft_screen
from handlers.text.calendar_feed import calendar_screen
from handlers.text.papers import paper_screen, papers_screen
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings, card_view
from models.rules.papers import LetterKind, Paper
from models.rules.vocabulary import NoticeKind


async def _papers(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    return papers_screen(reader.voice, view) if view else None


async def _paper(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    return paper_screen(reader.voice, view, [Paper(one) for one in facts["papers"]]) if view else None


async def _calendar(reader: Reader, _facts: Facts) -> Screen | None:
    if reader.person is None or reader.person.library is None:
        return None
    return calendar_screen(reader.voice, reader.links.calendar(reader.person) if reader.links else None)


async def _letter(reader: Reader, facts: Facts) -> Screen | None:
    return draft_screen(reader.voice, LetterKind(facts["letter"]))


WORDINGS: Wordings = {
    NoticeKind.PAPERS: _papers,
    NoticeKind.PAPER: _paper,
    NoticeKind.CALENDAR: _calendar,
    NoticeKind.AGREEMENT_LETTER: _letter,
}
