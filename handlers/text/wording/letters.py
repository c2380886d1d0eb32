"""Letters between colleagues."""

from handlers.text import (
    letters,
)
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import letters as letter_queries
from models.queries import parties
from models.rules.vocabulary import Channel, NoticeKind


async def _letter(reader: Reader, facts: Facts) -> Screen | None:
    view = await letter_queries.letter(facts["letter"], reader.person) if reader.person else None
    by_mail = reader.channel is Channel.MAIL
    return letters.letter_screen(reader.voice, view, by_mail=by_mail) if view else None


async def _letter_sent(reader: Reader, facts: Facts) -> Screen | None:
    view = await letter_queries.letter(facts["letter"], reader.person) if reader.person else None
    return letters.sent_screen(reader.voice, view) if view else None


async def _letter_asked(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    partners = await parties.partners_of(reader.person.library or 0)
    chosen = facts.get("partner")
    return letters.asked_screen(reader.voice, partners, thread=bool(facts.get("thread")), chosen=chosen)


WORDINGS: Wordings = {
    NoticeKind.LETTER: _letter,
    NoticeKind.LETTER_SENT: _letter_sent,
    NoticeKind.LETTER_ASKED: _letter_asked,
}
